import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** The life of dealers, drawn: how many stand at each step, and behind each step its list. */
export class DealerFlow extends Component {
    static template = "customer_channels.DealerFlow";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
        this.display = { controlPanel: {} };
        this.flow = useState({ width: 1, height: 1, steps: [], arrows: [] });
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.flow, await this.orm.call("customer.dealer", "get_flow", []));
    }

    /** @returns {boolean} whether the step has a number */
    isCounted(step) {
        return Number.isInteger(step.count);
    }

    async open(step) {
        if (!step.opens) {
            return;
        }
        const action = await this.orm.call("customer.dealer", "action_open_flow", [step.code]);
        await this.actionService.doAction(action);
    }

    onKeydown(ev, step) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            return this.open(step);
        }
    }
}

registry.category("actions").add("customer_dealer_flow", DealerFlow);
