import { Component, onWillDestroy, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const CHANGED = "customer.approval/changed";

/** How many approvals wait for the user; a click opens them. Read again when the server rings. */
export class ApprovalSystray extends Component {
    static template = "customer_management.ApprovalSystray";
    static props = {};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ shown: false, count: 0 });
        const bus = useService("bus_service");
        // Many steps decided at once ring many times.
        const refresh = useDebounced(() => this.refresh(), 300);
        bus.subscribe(CHANGED, refresh);
        onWillDestroy(() => bus.unsubscribe(CHANGED, refresh));
        this.start();
    }

    /** Not awaited by the page: the bar at the top does not wait for a number. */
    async start() {
        this.state.shown = await user.hasGroup("customer_management.group_customer_user");
        await this.refresh();
    }

    async refresh() {
        if (this.state.shown) {
            this.state.count = await this.orm.silent.call(
                "customer.approval",
                "get_waiting_count",
                []
            );
        }
    }

    open() {
        this.action.doAction("customer_management.approval_action_inbox", {
            clearBreadcrumbs: true,
        });
    }
}

registry
    .category("systray")
    .add("customer_management.approvals", { Component: ApprovalSystray }, { sequence: 21 });
