import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/views/fields/formatters";
import { parseFloat } from "@web/views/fields/parsers";

// Up to so many options are buttons, more are a list.
const MOST_BUTTONS = 4;

/** One answer, to be given in the way that fits its kind; an empty field is no answer, which is not zero. */
export class AssessmentAnswer extends Component {
    static template = "customer_management.AssessmentAnswer";
    static props = {
        name: String,
        kind: String,
        value: Number,
        known: Boolean,
        text: { type: String, optional: true },
        options: { type: Array, optional: true },
        most: { type: Number, optional: true },
        readonly: { type: Boolean, optional: true },
        onAnswer: Function,
    };

    get options() {
        if (this.props.kind === "yes_no") {
            return [
                { value: 1, label: _t("Yes") },
                { value: 0, label: _t("No") },
            ];
        }
        return (this.props.options || []).map((band, i) => ({ value: i + 1, label: band.label }));
    }

    get asButtons() {
        const { kind } = this.props;
        return kind === "yes_no" || (kind === "choice" && this.options.length <= MOST_BUTTONS);
    }

    get asList() {
        return this.props.kind === "choice" && !this.asButtons;
    }

    get isTyped() {
        return ["points", "number", "figure"].includes(this.props.kind);
    }

    get typed() {
        return this.props.known
            ? formatFloat(this.props.value, { digits: [false, 6], trailingZeros: false })
            : "";
    }

    isChosen(option) {
        return this.props.known && this.props.value === option.value;
    }

    /** Choose an option; the chosen one again takes the answer back. */
    onChoose(option) {
        if (this.isChosen(option)) {
            this.props.onAnswer(0, false);
        } else {
            this.props.onAnswer(option.value, true);
        }
    }

    onSelect(ev) {
        const value = Number(ev.target.value);
        this.props.onAnswer(value, Boolean(value));
    }

    /** Take over what was typed; what is no number, or too much, is marked and not taken. */
    onType(ev) {
        const text = ev.target.value.trim();
        ev.target.classList.remove("is-invalid");
        if (!text) {
            this.props.onAnswer(0, false);
            return;
        }
        let value;
        try {
            value = parseFloat(text);
        } catch {
            value = NaN;
        }
        const { kind, most } = this.props;
        if (!Number.isFinite(value) || (kind === "points" && (value < 0 || value > most))) {
            ev.target.classList.add("is-invalid");
            return;
        }
        this.props.onAnswer(value, true);
    }
}
