import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatMonetary, formatPercentage } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

// There are so many colours for buckets by age; what is older still has the last one.
const AGES = 8;

/** What is owed by age: the older, the darker, and each bucket of the same colour everywhere. */
export class AgingBarField extends Component {
    static template = "customer_management.AgingBarField";
    static props = {
        ...standardFieldProps,
        action: { type: String, optional: true },
        compact: { type: Boolean, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isEmpty() {
        return !this.value || !this.value.buckets.some(({ amount }) => amount);
    }

    /** @returns {Object[]} the buckets with what the template shows of them */
    get buckets() {
        const { buckets } = this.value;
        const scale = buckets.reduce((sum, { amount }) => sum + Math.abs(amount), 0) || 1;
        const aged = buckets.filter(({ kind }) => kind === "aged");
        return buckets.map((bucket, position) => {
            const part = Math.abs(bucket.amount) / scale;
            const amount = this.format(bucket.amount);
            const share = formatPercentage(part, { digits: [false, 1] });
            return {
                ...bucket,
                key: position,
                index: bucket.index ?? position,
                width: part * 100,
                text: amount,
                share,
                look: this.look(bucket, aged.indexOf(bucket)),
                hint: _t("%(bucket)s: %(amount)s (%(share)s)", {
                    bucket: bucket.name,
                    amount,
                    share,
                }),
            };
        });
    }

    /** What customers have paid too much lies apart from what they owe. */
    get credits() {
        return this.segments.filter((bucket) => this.isCredit(bucket));
    }

    get debts() {
        return this.segments.filter((bucket) => !this.isCredit(bucket));
    }

    get segments() {
        return this.buckets.filter(({ amount }) => amount);
    }

    isCredit({ kind, amount }) {
        return kind === "credit" || amount < 0;
    }

    look(bucket, age) {
        if (this.isCredit(bucket)) {
            return "o_aging_credit";
        }
        return age < 0 ? "o_aging_current" : `o_aging_${Math.min(age + 1, AGES)}`;
    }

    format(amount) {
        return formatMonetary(amount, { currencyId: this.value.currency_id });
    }

    get total() {
        return this.format(this.value.total);
    }

    get overdue() {
        return this.value.overdue ? _t("%s past due", this.format(this.value.overdue)) : "";
    }

    get emptyText() {
        return _t("Nothing is owed.");
    }

    /** Open what is behind a bucket, in the way that the record knows. */
    async open(ev, bucket) {
        if (!this.props.action) {
            return;
        }
        ev.stopPropagation();
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        const context = { ...record.context, aging_bucket_index: bucket.index };
        const action = await this.orm.call(record.resModel, this.props.action, [[record.resId]], {
            context,
        });
        if (action) {
            await this.actionService.doAction(action);
        }
    }
}

export const agingBarField = {
    component: AgingBarField,
    displayName: _t("Aging Bar"),
    supportedTypes: ["json"],
    supportedOptions: [
        {
            label: _t("Method to open a bucket"),
            name: "action",
            type: "string",
            help: _t("It finds the number of the bucket in the context as aging_bucket_index."),
        },
        { label: _t("Compact"), name: "compact", type: "boolean", help: _t("Without the legend.") },
    ],
    extractProps: ({ options }) => ({
        action: options.action,
        compact: Boolean(options.compact),
    }),
    isEmpty: () => false,
};

registry.category("fields").add("customer_aging_bar", agingBarField);
