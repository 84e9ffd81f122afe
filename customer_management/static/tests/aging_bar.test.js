import { expect, test } from "@odoo/hoot";
import { queryAllAttributes } from "@odoo/hoot-dom";
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

const CHART = {
    buckets: [
        { name: "Unapplied credits", kind: "credit", amount: -50, index: -1 },
        { name: "Not due", kind: "current", amount: 200, index: 0 },
        { name: "1–30 days", kind: "aged", amount: 0, index: 1 },
        { name: "Over 30 days", kind: "aged", amount: 250, index: 2 },
    ],
    total: 400,
    overdue: 250,
    currency_id: 1,
};

class Report extends models.Model {
    _name = "customer.aging.report";
    chart = fields.Json({ readonly: true });
    _records = [
        { id: 1, chart: CHART },
        { id: 2, chart: false },
    ];
}

defineMailModels();
defineModels([Report]);

function mountReport(options = "{}", resId = 1) {
    return mountView({
        resModel: Report._name,
        type: "form",
        resId,
        arch: `<form><field name="chart" widget="customer_aging_bar" options="${options}" /></form>`,
    });
}

test("a segment for each amount, credits first, the same colour for the same age", async () => {
    await mountReport();
    expect(queryAllAttributes(".o_aging_segment", "data-bucket")).toEqual(["-1", "0", "2"]);
    expect(".o_aging_segment:eq(0)").toHaveClass("o_aging_credit");
    expect(".o_aging_segment:eq(1)").toHaveClass("o_aging_current");
    expect(".o_aging_segment:eq(2)").toHaveClass("o_aging_2");
    expect(".o_aging_segment:eq(2)").toHaveAttribute(
        "aria-label",
        /Over 30 days: .*250\.00.*\(50%\)/
    );
    expect(".o_aging_legend li").toHaveCount(4);
    expect(".o_aging [name=total]").toHaveText(/400\.00/);
    expect(".o_aging_overdue").toHaveText(/250\.00 past due/);
});

test("a click opens what is behind the segment", async () => {
    onRpc("action_open_lines", ({ args, kwargs }) => {
        expect.step([args, kwargs.context.aging_bucket_index]);
        return { type: "ir.actions.act_window_close" };
    });
    mockService("action", { doAction: (action) => expect.step(action.type) });
    await mountReport("{'action': 'action_open_lines'}");
    await contains("button.o_aging_segment[data-bucket='2']").click();
    expect.verifySteps([[[[1]], 2], "ir.actions.act_window_close"]);
});

test("compact: without the legend; without an action: no buttons", async () => {
    await mountReport("{'compact': True}");
    expect(".o_aging_legend").toHaveCount(0);
    expect("button.o_aging_segment").toHaveCount(0);
});

test("nothing owed", async () => {
    await mountReport("{}", 2);
    expect(".o_aging").toHaveText("Nothing is owed.");
});
