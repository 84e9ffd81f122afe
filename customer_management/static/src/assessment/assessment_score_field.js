import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The score in large figures, the conclusion, and what holds the score down. */
export class AssessmentScoreField extends Component {
    static template = "customer_management.AssessmentScoreField";
    static props = { ...standardFieldProps };

    get data() {
        return this.props.record.data;
    }

    number(value) {
        return formatFloat(value, { digits: [false, 2], trailingZeros: false });
    }

    get score() {
        return this.data.has_score ? this.number(this.data.score) : "–";
    }

    get coverage() {
        return _t("%s %% known", formatFloat(this.data.coverage, { digits: [false, 0] }));
    }

    get cap() {
        return _t("Capped by a veto: %(reason)s. Without it: %(score)s.", {
            reason: this.data.cap_reason,
            score: this.number(this.data.uncapped),
        });
    }

    get amount() {
        return formatMonetary(this.data.amount, { currencyId: this.data.currency_id?.id });
    }
}

registry.category("fields").add("customer_assessment_score", {
    component: AssessmentScoreField,
    displayName: _t("Assessment Score"),
    supportedTypes: ["float"],
    isEmpty: () => false,
    fieldDependencies: [
        { name: "has_score", type: "boolean" },
        { name: "uncapped", type: "float" },
        { name: "coverage", type: "float" },
        { name: "cap_reason", type: "char" },
        { name: "conclusion", type: "char" },
        { name: "conclusion_color", type: "integer" },
        { name: "advice", type: "text" },
        { name: "amount", type: "monetary" },
        { name: "has_amount", type: "boolean" },
        { name: "currency_id", type: "many2one", relation: "res.currency" },
    ],
});
