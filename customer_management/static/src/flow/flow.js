import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/**
 * A drawn flow: how many stand at each step, and behind each step its list.
 *
 * The action says by `params.model` which model draws it (see `customer.flow.mixin`).
 */
export class CustomerFlow extends Component {
    static template = "customer_management.CustomerFlow";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.actionService = useService("action");
        this.model = this.props.action.params.model;
        this.display = { controlPanel: {} };
        this.flow = useState({ width: 1, height: 1, steps: [], arrows: [] });
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.flow, await this.orm.call(this.model, "get_flow", []));
    }

    /** @returns {boolean} whether the step has a number */
    isCounted(step) {
        return Number.isInteger(step.count);
    }

    async open(step) {
        if (!step.opens) {
            return;
        }
        const action = await this.orm.call(this.model, "action_open_flow", [step.code]);
        await this.actionService.doAction(action);
    }

    onKeydown(ev, step) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            return this.open(step);
        }
    }
}

registry.category("actions").add("customer_flow", CustomerFlow);
