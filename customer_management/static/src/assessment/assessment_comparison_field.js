import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { AssessmentRadar, COLORS } from "./assessment_radar";

/** Assessments side by side: criteria as rows, assessments as columns. */
export class AssessmentComparisonField extends Component {
    static template = "customer_management.AssessmentComparisonField";
    static components = { AssessmentRadar };
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get table() {
        return this.props.record.data[this.props.name];
    }

    get sections() {
        const sections = [];
        for (const row of this.table.rows) {
            if (!sections.length || sections.at(-1).name !== row.section) {
                sections.push({ name: row.section, rows: [] });
            }
            sections.at(-1).rows.push(row);
        }
        return sections;
    }

    get differences() {
        const count = this.table.rows.filter((row) => row.differs).length;
        return count
            ? _t("%(count)s of %(all)s answers differ", { count, all: this.table.rows.length })
            : _t("All answers are the same");
    }

    color(index) {
        return COLORS[index % COLORS.length];
    }

    number(value) {
        return value === null || value === undefined
            ? "–"
            : formatFloat(value, { digits: [false, 1], trailingZeros: false });
    }

    open(column) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "customer.assessment",
            res_id: column.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("customer_assessment_comparison", {
    component: AssessmentComparisonField,
    displayName: _t("Comparison of Assessments"),
    supportedTypes: ["json"],
    isEmpty: () => false,
});
