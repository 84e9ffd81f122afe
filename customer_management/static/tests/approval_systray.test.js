import { expect, test } from "@odoo/hoot";
import { animationFrame, advanceTime } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    makeMockEnv,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { user } from "@web/core/user";
import { ApprovalSystray } from "@customer_management/approval_systray/approval_systray";

defineMailModels();

async function mountSystray(counts, inGroup = true) {
    patchWithCleanup(user, { hasGroup: async () => inGroup });
    onRpc("customer.approval", "get_waiting_count", () => {
        expect.step("count");
        return counts.shift();
    });
    const listeners = {};
    const env = await makeMockEnv();
    patchWithCleanup(env.services.bus_service, {
        subscribe: (name, callback) => (listeners[name] = callback),
        unsubscribe: () => {},
    });
    await mountWithCleanup(ApprovalSystray);
    await animationFrame();
    await animationFrame();
    return listeners;
}

test("it shows how many approvals wait, and opens them", async () => {
    mockService("action", { doAction: (action) => expect.step(action) });
    await mountSystray([3]);
    expect(".o_approval_count").toHaveText("3");
    await contains(".o_approval_systray button").click();
    expect.verifySteps(["count", "customer_management.approval_action_inbox"]);
});

test("it counts again once when the server rings many times", async () => {
    const listeners = await mountSystray([0, 2]);
    expect(".o_approval_systray").toHaveCount(1);
    expect(".o_approval_count").toHaveCount(0);
    listeners["customer.approval/changed"]();
    listeners["customer.approval/changed"]();
    await advanceTime(400);
    await animationFrame();
    expect(".o_approval_count").toHaveText("2");
    expect.verifySteps(["count", "count"]);
});

test("who has nothing to do with customers does not see it", async () => {
    await mountSystray([3], false);
    expect(".o_approval_systray").toHaveCount(0);
    expect.verifySteps([]);
});
