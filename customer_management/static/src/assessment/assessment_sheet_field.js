import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { AssessmentAnswer } from "./assessment_answer";

function plain(value) {
    return formatFloat(value, { digits: [false, 1], trailingZeros: false });
}

/** Everything is answered in place: a row need not be opened first. */
function answer(row, value, known) {
    return row.update({ value, is_known: known });
}

/** The questions of an assessment by section, each with its answer and the points that it earns. */
export class AssessmentSheetField extends Component {
    static template = "customer_management.AssessmentSheetField";
    static components = { AssessmentAnswer };
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.answer = answer;
    }

    get rows() {
        return this.props.record.data[this.props.name].records;
    }

    /** @returns {Object} what a row earns as the form stands now, also when it hangs on another row */
    result(row) {
        const found = this.props.record.data.sheet?.[row.resId];
        return found || { known: false, earned: 0, share: 0, answer: "" };
    }

    get sections() {
        const sections = [];
        for (const row of this.rows) {
            const name = row.data.section || "";
            if (!sections.length || sections.at(-1).name !== name) {
                sections.push({ name, rows: [], earned: 0, weight: 0 });
            }
            const section = sections.at(-1);
            section.rows.push(row);
            section.earned += this.result(row).earned;
            section.weight += row.data.weight;
        }
        return sections;
    }

    sectionName(section) {
        return section.name || (this.sections.length > 1 ? _t("Other") : _t("Questions"));
    }

    get answered() {
        const asked = this.rows.filter((row) => row.data.rule?.source === "judged");
        const done = asked.filter((row) => row.data.is_known);
        return asked.length
            ? _t("%(done)s of %(asked)s questions answered", {
                  done: done.length,
                  asked: asked.length,
              })
            : "";
    }

    isReadonly(row) {
        return this.props.readonly || row.data.rule?.source !== "judged";
    }

    /** @returns {string} where the answer comes from, when nobody types it */
    source(row) {
        return { metric: _t("From data"), formula: _t("Computed") }[row.data.rule?.source] || "";
    }

    icon(row) {
        return (
            { metric: "fa-database", formula: "fa-calculator" }[row.data.rule?.source] || "fa-bolt"
        );
    }

    earned(row) {
        const { known, earned } = this.result(row);
        return known ? plain(earned) : "–";
    }

    isVeto(row) {
        const { known, share } = this.result(row);
        return Boolean(known && share < row.data.rule.veto_below);
    }

    plain(value) {
        return plain(value);
    }

    async setNote(row, ev) {
        await row.update({ note: ev.target.value.trim() || false });
    }

    /** Open an answer with its evidence; what was typed so far is saved first. */
    async open(row) {
        if (!(await this.props.record.save())) {
            return;
        }
        this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: row.data.name,
                res_model: "customer.assessment.line",
                res_id: row.resId,
                views: [[false, "form"]],
                target: "new",
            },
            { onClose: () => this.props.record.load() }
        );
    }
}

/** The figures that formulas need. */
export class AssessmentFiguresField extends Component {
    static template = "customer_management.AssessmentFiguresField";
    static components = { AssessmentAnswer };
    static props = { ...standardFieldProps };

    setup() {
        this.answer = answer;
    }

    get rows() {
        return this.props.record.data[this.props.name].records;
    }

    isReadonly(row) {
        return this.props.readonly || Boolean(row.data.metric);
    }
}

registry.category("fields").add("customer_assessment_sheet", {
    component: AssessmentSheetField,
    displayName: _t("Questions of an Assessment"),
    supportedTypes: ["one2many"],
    isEmpty: () => false,
    relatedFields: [
        { name: "section", type: "char" },
        { name: "name", type: "char" },
        { name: "guide", type: "text" },
        { name: "weight", type: "float" },
        { name: "rule", type: "json" },
        { name: "kind", type: "char" },
        { name: "value", type: "float", readonly: false },
        { name: "is_known", type: "boolean", readonly: false },
        { name: "note", type: "char", readonly: false },
        { name: "attachment_ids", type: "many2many", relation: "ir.attachment" },
        { name: "points_max", type: "float" },
    ],
    fieldDependencies: [{ name: "sheet", type: "json" }],
});

registry.category("fields").add("customer_assessment_figures", {
    component: AssessmentFiguresField,
    displayName: _t("Figures of an Assessment"),
    supportedTypes: ["one2many"],
    isEmpty: () => false,
    relatedFields: [
        { name: "name", type: "char" },
        { name: "unit", type: "selection" },
        { name: "required", type: "boolean" },
        { name: "metric", type: "char" },
        { name: "value", type: "float", readonly: false },
        { name: "is_known", type: "boolean", readonly: false },
        { name: "answer", type: "char" },
    ],
});
