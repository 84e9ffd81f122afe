import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryFirst, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, getService, mountWebClient, onRpc } from "@web/../tests/web_test_helpers";

defineMailModels();

const BOX = { y: 10, width: 180, height: 96, note: "", alarm: "" };
const FLOW = {
    width: 620,
    height: 120,
    steps: [
        { ...BOX, code: "apply", name: "Application", kind: "entry", x: 10, count: 3, opens: true },
        {
            ...BOX,
            code: "decide",
            name: "Decision",
            kind: "decision",
            x: 220,
            count: 0,
            opens: true,
            note: "by the manager",
            alarm: "2 are late",
        },
        { ...BOX, code: "leave", name: "Exit", kind: "leaving", x: 430, count: null, opens: false },
    ],
    arrows: [
        { line: "M 190 58 L 215 58", head: "M 215 54 L 220 58 L 215 62 Z" },
        { line: "M 400 58 L 425 58", head: "M 425 54 L 430 58 L 425 62 Z" },
    ],
};

/** Show the drawing of a flow; what is opened from it becomes a step of the test. */
async function showFlow() {
    onRpc("customer.approval", "get_waiting_count", () => 0);
    onRpc("some.flow", "get_flow", () => FLOW);
    onRpc("some.flow", "action_open_flow", ({ args }) => {
        expect.step(`open ${args[0]}`);
        return { type: "ir.actions.act_window_close" };
    });
    await mountWebClient();
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "customer_flow",
        name: "Dealers",
        params: { model: "some.flow" },
    });
    await animationFrame();
}

const step = (code) => `svg [data-step=${code}]`;

test("each step is a box with its number, joined by arrows", async () => {
    await showFlow();
    expect("svg.o_customer_flow_drawing").toHaveAttribute("viewBox", "0 0 620 120");
    expect("svg.o_customer_flow_drawing").toHaveAttribute("aria-label", "Dealers");
    expect("svg .o_customer_flow_step rect").toHaveCount(3);
    expect("svg .o_customer_flow_line").toHaveCount(2);
    expect(`${step("apply")} .o_customer_flow_count`).toHaveText("3");
    expect(step("apply")).toHaveClass("o_customer_flow_entry");
});

test("none is a number too, and a step that is not counted has none", async () => {
    await showFlow();
    expect(`${step("decide")} .o_customer_flow_count`).toHaveText("0");
    expect(`${step("decide")} .o_customer_flow_count`).toHaveClass("o_customer_flow_none");
    expect(`${step("decide")} .o_customer_flow_note`).toHaveText("by the manager");
    expect(`${step("decide")} .o_customer_flow_alarm`).toHaveText("2 are late");
    expect(`${step("leave")} .o_customer_flow_count`).toHaveCount(0);
});

test("a step opens its list by mouse and by keyboard", async () => {
    await showFlow();
    await contains(step("apply")).click();
    queryFirst(step("decide")).focus();
    await press("Enter");
    await press("Space");
    await animationFrame();
    expect.verifySteps(["open apply", "open decide", "open decide"]);
});

test("a step without a list opens nothing and takes no focus", async () => {
    await showFlow();
    expect(step("apply")).toHaveAttribute("role", "button");
    expect(step("leave")).not.toHaveAttribute("role");
    expect(step("leave")).not.toHaveAttribute("tabindex");
    await contains(step("leave")).click();
    expect.verifySteps([]);
});

test("for a phone the steps are rows as well", async () => {
    await showFlow();
    expect(".o_customer_flow .d-md-none .o_customer_flow_row").toHaveCount(3);
    expect(queryAllTexts(".o_customer_flow_row > .fw-bold")).toEqual(["3", "0"]);
    expect(queryOne(".o_customer_flow_row:eq(1)").textContent).toMatch(/Decision.*2 are late/s);
    expect(queryOne(".o_customer_flow_row:eq(2)").disabled).toBe(true);
    // They are hidden at the width of a desk, where the tests run.
    queryOne(".o_customer_flow_row:eq(0)").click();
    await animationFrame();
    expect.verifySteps(["open apply"]);
});
