import { Component, toRaw } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatInteger } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { ParetoCanvas } from "./pareto_canvas";
import { formatShare, formatValue, isAdditive } from "./pareto_figures";

/** How the amount is spread over the customers, and what each grade gets of it. */
export class ParetoChartField extends Component {
    static template = "customer_management.ParetoChartField";
    static components = { ParetoCanvas };
    static props = { ...standardFieldProps, editable: { type: Boolean, optional: true } };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get error() {
        return this.value?.error;
    }

    /** @returns {Object|null} the figures; while there is an error, the last good ones */
    get data() {
        const { record } = this.props;
        if (this.owner !== record.id) {
            this.owner = record.id;
            this.last = null;
        }
        if (this.value && !this.error) {
            // Chart.js works on plain objects.
            this.last = toRaw(this.value);
        }
        return this.last;
    }

    get isEmpty() {
        return !this.data?.bars.some((bar) => bar.value);
    }

    get emptyText() {
        if (this.data?.customers) {
            return _t("None of the customers has a figure to be graded by in this period.");
        }
        return _t(
            "As soon as there are customers with figures in this period, you see here who makes how much."
        );
    }

    get emptyTitle() {
        return this.data?.customers ? _t("Nothing to grade by yet") : _t("No customers yet");
    }

    /**
     * The chart itself is computed, hence readonly: what counts is whether the form can be edited.
     * With an error after the method was changed, the chart is still that of the method before.
     */
    get isEditable() {
        const { record, editable } = this.props;
        return editable && record.isInEdition && this.data.method === record.data.method;
    }

    get showsAmounts() {
        return isAdditive(this.data.unit);
    }

    /** @returns {string} by what the customers are graded */
    get measure() {
        const { metric_id: metric } = this.props.record.data;
        if (this.data.unit === "score") {
            return _t("Score");
        }
        return metric?.display_name || _t("Value");
    }

    /** Where the grades end: while editing as the form has it, else as it was computed. */
    get cuts() {
        const cuts = this.isEditable
            ? this.gradeRecords.map(({ id, data }) => ({ key: id, ...data, value: data.cut }))
            : this.data.grades.map((grade, i) => ({ key: `${i}`, ...grade, value: grade.cut }));
        return cuts.slice(0, -1).map(({ key, name, color, value }) => ({
            key,
            name: name || "",
            color: color || 0,
            value: value || 0,
        }));
    }

    get gradeRecords() {
        // In the order of the server: of two with the same sequence, the one that was stored first.
        const records = [...this.props.record.data.grade_ids.records];
        const stored = ({ resId }) => resId || Number.MAX_SAFE_INTEGER;
        return records.sort((a, b) => a.data.sequence - b.data.sequence || stored(a) - stored(b));
    }

    async setCut(key, cut) {
        const grade = this.gradeRecords.find(({ id }) => id === key);
        await grade?.update({ cut });
    }

    /** @returns {string} what the curve says, in one sentence */
    get insight() {
        const { grades, customers, total } = this.data;
        if (!total || !this.showsAmounts || grades.length < 2) {
            return "";
        }
        return _t(
            "%(number)s of %(customers)s customers (%(grade)s) bring %(share)s of the total.",
            {
                number: formatInteger(grades[0].customers),
                customers: formatInteger(customers),
                grade: grades[0].name,
                share: formatShare(grades[0].share),
            }
        );
    }

    get rows() {
        const { grades, customers, total } = this.data;
        const row = (grade) => ({
            ...grade,
            customers: formatInteger(grade.customers),
            customersShare: formatShare(grade.customers_share),
            amount: formatValue(grade.amount, this.data),
            amountShare: formatShare(grade.share),
        });
        const all = { customers, customers_share: 1, amount: total, share: total ? 1 : 0 };
        return { grades: grades.map((grade, key) => ({ ...row(grade), key })), all: row(all) };
    }
}

export const paretoChartField = {
    component: ParetoChartField,
    displayName: _t("Pareto Chart"),
    supportedTypes: ["json"],
    supportedOptions: [
        {
            label: _t("Cuts can be moved"),
            name: "editable",
            type: "boolean",
            help: _t(
                "The form needs the grades (grade_ids) with their sequence, name, color and cut."
            ),
        },
    ],
    extractProps: ({ options }) => ({ editable: Boolean(options.editable) }),
    isEmpty: () => false,
};

registry.category("fields").add("customer_pareto_chart", paretoChartField);
