import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const TONES = { good: "text-success", warning: "text-warning-emphasis", danger: "text-danger" };

/** What we know of a customer: a tile for each figure, and behind each its documents. */
export class KnownPanelField extends Component {
    static template = "customer_management.KnownPanelField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
    }

    get tiles() {
        const value = this.props.record.data[this.props.name];
        return ((value && value.tiles) || []).map((tile) => ({
            ...tile,
            look: TONES[tile.tone] || "text-muted",
            bars: this.bars(tile.months),
        }));
    }

    /** @returns {Object[]} the height of each month in percent of the largest; less than nothing hangs down */
    bars(months) {
        if (!months || !months.length) {
            return [];
        }
        const most = Math.max(...months.map(Math.abs)) || 1;
        return months.map((amount, key) => ({
            key,
            height: Math.max((Math.abs(amount) / most) * 100, 3),
            below: amount < 0,
        }));
    }

    async open(key) {
        const ids = [this.props.record.resId];
        const action = await this.orm.call("res.partner", "action_open_known", [ids, key]);
        if (action) {
            await this.actionService.doAction(action);
        }
    }
}

export const knownPanelField = {
    component: KnownPanelField,
    supportedTypes: ["json"],
};

registry.category("fields").add("customer_known", knownPanelField);
