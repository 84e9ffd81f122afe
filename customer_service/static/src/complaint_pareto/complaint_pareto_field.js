import { ParetoCanvas } from "@customer_management/pareto_chart/pareto_canvas";
import { formatShare } from "@customer_management/pareto_chart/pareto_figures";
import { Component, toRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatInteger } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The Pareto chart of grading, in the words of complaints: its bars are causes, products, departments ... */
export class ComplaintParetoCanvas extends ParetoCanvas {
    get caption() {
        const { bars, customers } = this.props.data;
        return bars.length < customers
            ? _t("The first %(shown)s of %(all)s, most first", {
                  shown: formatInteger(bars.length),
                  all: formatInteger(customers),
              })
            : _t("Most first");
    }

    get description() {
        return _t("%s by cause, most first, and their share added up", this.props.measure);
    }
}

/** Which few make most of the complaints, or of the loss. */
export class ComplaintParetoField extends Component {
    static template = "customer_service.ComplaintParetoField";
    static components = { ComplaintParetoCanvas };
    static props = { ...standardFieldProps };

    /** @returns {Object|null} the figures, as plain objects for Chart.js */
    get data() {
        const value = toRaw(this.props.record.data[this.props.name]);
        return value?.bars.some((bar) => bar.value) ? { ...value, plainClasses: true } : null;
    }

    get measure() {
        return this.data.unit === "money" ? _t("Loss") : _t("Complaints");
    }

    /** Up to 80 % of the total are the vital few. */
    get cuts() {
        return [{ key: "vital", name: _t("Few"), color: this.data.grades[0].color, value: 80 }];
    }

    get insight() {
        const { vital, customers, vital_share: share } = this.data;
        return _t("%(few)s of %(all)s make %(share)s of the total: begin there.", {
            few: formatInteger(vital),
            all: formatInteger(customers),
            share: formatShare(share),
        });
    }
}

export const complaintParetoField = {
    component: ComplaintParetoField,
    displayName: _t("Pareto of Complaints"),
    supportedTypes: ["json"],
    isEmpty: () => false,
};

registry.category("fields").add("complaint_pareto_chart", complaintParetoField);
