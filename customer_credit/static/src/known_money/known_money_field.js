import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatMonetary } from "@web/views/fields/formatters";
import { parseFloat } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** An amount that may be missing: an empty box is not zero. Which amounts are given stands in another field. */
export class KnownMoneyField extends Component {
    static template = "customer_credit.KnownMoneyField";
    static props = { ...standardFieldProps, knownField: { type: String, optional: true } };
    static defaultProps = { knownField: "known" };

    get known() {
        return this.props.record.data[this.props.knownField] || [];
    }

    get isKnown() {
        return this.known.includes(this.props.name);
    }

    get text() {
        if (!this.isKnown) {
            return "";
        }
        return formatMonetary(this.props.record.data[this.props.name], {
            currencyId: this.props.record.data.currency_id?.id,
            noSymbol: !this.props.readonly,
        });
    }

    get missing() {
        return _t("not known");
    }

    /** Take what was typed; an emptied box takes the amount away. */
    async onChange(ev) {
        const { name, record, knownField } = this.props;
        const others = this.known.filter((item) => item !== name);
        const typed = ev.target.value.trim();
        if (!typed) {
            await record.update({ [name]: 0, [knownField]: others });
            return;
        }
        try {
            const amount = parseFloat(typed);
            await record.update({ [name]: amount, [knownField]: [...others, name] });
            ev.target.value = this.text;
        } catch {
            await record.setInvalidField(name);
        }
    }
}

registry.category("fields").add("customer_known_money", {
    component: KnownMoneyField,
    displayName: _t("Amount That May Be Missing"),
    supportedTypes: ["monetary", "float"],
    extractProps: ({ options }) => ({ knownField: options.known_field }),
    isEmpty: () => false,
});
