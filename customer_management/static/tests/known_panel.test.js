import { expect, test } from "@odoo/hoot";
import { queryAll, queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

const KNOWN = {
    tiles: [
        { key: "grade", title: "Grade", value: "A", note: "up from B", tone: "good" },
        { key: "revenue", title: "Revenue", value: "1,200", note: "", months: [100, 0, -50, 200] },
        { key: "alerts", title: "Alerts", value: "2", note: "in danger", tone: "danger" },
    ],
};

class Customer extends models.Model {
    _name = "known.customer";
    customer_known = fields.Json({ readonly: true });
    _records = [
        { id: 1, customer_known: KNOWN },
        { id: 2, customer_known: false },
    ];
}

defineMailModels();
defineModels([Customer]);

function mountPanel(resId = 1) {
    return mountView({
        resModel: Customer._name,
        type: "form",
        resId,
        arch: `<form><field name="customer_known" widget="customer_known" /></form>`,
    });
}

test("a tile for each figure, with what it means in the tone of how it stands", async () => {
    await mountPanel();
    expect(queryAllTexts(".o_customer_tile_value")).toEqual(["A", "1,200", "2"]);
    expect(".o_customer_tile[data-key=grade]").toHaveAttribute("title", "up from B");
    expect(".o_customer_tile[data-key=grade] .text-success").toHaveText("up from B");
    expect(".o_customer_tile[data-key=alerts] .text-danger").toHaveText("in danger");
});

test("a course over time is drawn to scale, what was credited in another colour", async () => {
    await mountPanel();
    expect(".o_customer_spark").toHaveCount(1);
    const heights = queryAll(".o_customer_spark span").map((bar) => bar.style.height);
    expect(heights).toEqual(["50%", "3%", "25%", "100%"]);
    expect(".o_customer_spark span:eq(2)").toHaveClass("o_customer_spark_below");
    expect(".o_customer_spark_below").toHaveCount(1);
});

test("a tile opens the documents behind it", async () => {
    mockService("action", { doAction: (action) => expect.step(action.name) });
    onRpc("res.partner", "action_open_known", ({ args }) => {
        expect.step(args);
        return args[1] === "alerts" ? { type: "ir.actions.act_window", name: "Alerts" } : false;
    });
    await mountPanel();
    await contains(".o_customer_tile[data-key=alerts]").click();
    expect.verifySteps([[[1], "alerts"], "Alerts"]);
    // A figure without documents opens nothing.
    await contains(".o_customer_tile[data-key=grade]").click();
    expect.verifySteps([[[1], "grade"]]);
});

test("of whom nothing is known, nothing is shown", async () => {
    await mountPanel(2);
    expect(".o_customer_known").toHaveCount(1);
    expect(".o_customer_tile").toHaveCount(0);
});
