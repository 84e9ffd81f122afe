import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, drag, press, queryFirst, queryOne, runAllTimers } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    makeMockEnv,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { setupChartJsForTests } from "@web/../tests/views/graph/graph_test_helpers";

import {
    customersToPlace,
    cutBounds,
    formatValue,
    gradeBands,
    placeToCustomers,
    roundUp,
    valueScale,
} from "@customer_management/pareto_chart/pareto_figures";

const VALUES = [600, 250, 100, 50];

/** The figures of four customers, graded in Python's stead by their place before these cuts. */
function figures(cuts, values = VALUES) {
    const total = values.reduce((sum, value) => sum + value, 0);
    let sum = 0;
    const bars = values.map((value, i) => {
        const grade = cuts.filter((cut) => (100 * sum) / total >= cut).length;
        sum += value;
        return { label: `Customer ${i}`, customers: 1, value, cumulative: sum / total, grade };
    });
    const grades = ["A", "B", "C"].map((name, i) => {
        const mine = bars.filter((bar) => bar.grade === i);
        const amount = mine.reduce((all, bar) => all + bar.value, 0);
        return {
            name,
            color: [4, 10, 3][i],
            cut: cuts[i] ?? 0,
            customers: mine.length,
            customers_share: mine.length / bars.length,
            amount,
            share: amount / total,
        };
    });
    const more = { customers: bars.length, total, method: "pareto", unit: "money", currency_id: 1 };
    return { grades, bars, ...more };
}

class Grade extends models.Model {
    _name = "customer.grade";
    name = fields.Char();
    sequence = fields.Integer();
    color = fields.Integer();
    cut = fields.Float();
    _records = [
        { id: 1, name: "A", sequence: 10, color: 4, cut: 70 },
        { id: 2, name: "B", sequence: 20, color: 10, cut: 90 },
        { id: 3, name: "C", sequence: 30, color: 3, cut: 0 },
    ];
}

class Scheme extends models.Model {
    _name = "customer.grade.scheme";
    method = fields.Selection({ selection: [["pareto", "Share of the Amount"]] });
    preview = fields.Json({ readonly: true });
    grade_ids = fields.One2many({
        relation: "customer.grade",
        onChange(scheme) {
            const cuts = [70, 90];
            for (const [command, id, values] of scheme.grade_ids) {
                if (command === 1 && "cut" in values) {
                    cuts[id - 1] = values.cut;
                }
            }
            scheme.preview =
                cuts[0] < cuts[1] ? figures(cuts) : { error: "The cuts are out of order." };
        },
    });
    _records = [
        { id: 1, method: "pareto", preview: figures([70, 90]), grade_ids: [1, 2, 3] },
        { id: 2, method: "pareto", preview: figures([70, 90], []), grade_ids: [] },
    ];
}

defineMailModels();
defineModels([Grade, Scheme]);
setupChartJsForTests();

const ARCH = (options) => /* xml */ `
    <form>
        <field name="method" />
        <field name="preview" widget="customer_pareto_chart" options="${options}" />
        <field name="grade_ids">
            <list editable="bottom">
                <field name="sequence" />
                <field name="name" />
                <field name="color" />
                <field name="cut" />
            </list>
        </field>
    </form>`;

function mountScheme(options = "{'editable': True}", resId = 1) {
    return mountView({ resModel: Scheme._name, type: "form", resId, arch: ARCH(options) });
}

/** Wait for the delay of the handles, and for the server's answer to be drawn. */
async function shown() {
    await runAllTimers();
    await animationFrame();
    await animationFrame();
}

describe("field", () => {
    test("the table says what each grade gets", async () => {
        await mountScheme("{}");
        expect(".o_pareto_canvas canvas").toHaveCount(1);
        expect("tr[data-grade=A] td[name=customers]").toHaveText("2");
        expect("tr[data-grade=A] td[name=share]").toHaveText("85.0%");
        expect("tr[data-grade=A] .badge").toHaveClass("o_badge_color_4");
        expect("tfoot td[name=amount]").toHaveText(/1,000\.00/);
        expect(".o_pareto_insight").toHaveText("2 of 4 customers (A) bring 85.0% of the total.");
        expect("[role=slider]").toHaveCount(0);
        expect(".o_pareto_handle").toHaveCount(2);
    });

    test("arrow keys move a cut, in the list of the grades as well", async () => {
        await mountScheme();
        queryFirst(".o_pareto_cut[data-grade=A] [role=slider]").focus();
        await press("PageDown");
        await press("PageDown");
        await press("ArrowDown");
        await shown();
        expect(".o_pareto_cut[data-grade=A] [role=slider]").toHaveAttribute("aria-valuenow", "59");
        expect(".o_data_row:eq(0) [name=cut]").toHaveText("59.00");
        expect("tr[data-grade=A] td[name=customers]").toHaveText("1");
    });

    test("a key that is not sent yet is saved with the form", async () => {
        onRpc("web_save", ({ args }) => {
            expect.step(args[1].grade_ids);
        });
        await mountScheme();
        queryFirst(".o_pareto_cut[data-grade=B] [role=slider]").focus();
        await press("ArrowUp");
        await press(["alt", "s"]);
        await shown();
        expect.verifySteps([[[1, 2, { cut: 91 }]]]);
        expect(".o_data_row:eq(1) [name=cut]").toHaveText("91.00");
    });

    test("a cut is dragged, but not past the next one", async () => {
        await mountScheme();
        const area = queryOne(".o_pareto_cuts").getBoundingClientRect();
        const at = (percent) => ({
            x: area.right - 20,
            y: area.bottom - (area.height * percent) / 100,
        });
        const grip = await drag(".o_pareto_cut[data-grade=A] .o_pareto_handle", {
            position: at(70),
        });
        await grip.moveTo(".o_pareto_cuts", { position: at(50) });
        await grip.drop();
        await shown();
        expect(".o_data_row:eq(0) [name=cut]").toHaveText("50.00");
        const again = await drag(".o_pareto_cut[data-grade=A] .o_pareto_handle", {
            position: at(50),
        });
        await again.moveTo(".o_pareto_cuts", { position: at(97) });
        await again.drop();
        await shown();
        expect(".o_data_row:eq(0) [name=cut]").toHaveText("89.00");
    });

    test("an error lies above the last good figures", async () => {
        await mountScheme();
        await contains(".o_data_row:eq(0) [name=cut]").click();
        await contains(".o_data_row:eq(0) [name=cut] input").edit("95");
        await shown();
        expect(".o_pareto_error").toHaveText("The cuts are out of order.");
        expect("tr[data-grade=A] td[name=customers]").toHaveText("2");
    });

    test("without customers it says so", async () => {
        await mountScheme("{}", 2);
        expect(".o_pareto_empty").toHaveText(/No customers yet/);
        expect("canvas").toHaveCount(0);
    });
});

describe("figures", () => {
    test("round numbers on the axis, also below zero", () => {
        expect([1, 3, 7, 0.4, 120].map(roundUp)).toEqual([1, 5, 10, 0.5, 200]);
        const scale = valueScale(figures([70, 90], [950, -120]), []);
        expect([scale.min, scale.max, scale.step]).toEqual([-500, 1000, 500]);
    });

    test("a threshold far beyond the customers does not flatten the bars", () => {
        const data = { ...figures([], [100, 50]), method: "threshold" };
        expect(valueScale(data, [150]).max).toBe(150);
        expect(valueScale(data, [100000]).max).toBe(100);
    });

    test("a cut stays between its neighbours", () => {
        const data = figures([70, 90]);
        expect(cutBounds(data, [70, 90], 0, 1)).toEqual([1, 89]);
        expect(cutBounds(data, [70, 90], 1, 1)).toEqual([71, 99]);
        const thresholds = { ...data, method: "threshold" };
        expect(cutBounds(thresholds, [500, 100], 0, 5)).toEqual([105, Infinity]);
        expect(cutBounds(thresholds, [10, 30], 1, 5)).toEqual([15, Infinity]);
    });

    test("customers and places along the bars, also with several customers a bar", () => {
        const data = { bars: [{ customers: 3 }, { customers: 2 }, { customers: 5 }] };
        expect(customersToPlace(data, 4)).toBeCloseTo(0.5);
        expect(placeToCustomers(data, 0.5)).toBeCloseTo(4);
        expect(customersToPlace(data, 10)).toBe(1);
    });

    test("neighbours of one grade make a band", () => {
        expect(gradeBands(figures([70, 90])).map((band) => [band.grade, band.bars])).toEqual([
            [0, 2],
            [1, 1],
            [2, 1],
        ]);
    });

    test("values in their unit", async () => {
        await makeMockEnv();
        expect(formatValue(0.256, { unit: "ratio" })).toBe("25.6%");
        expect(formatValue(12, { unit: "days" })).toBe("12 days");
        expect(formatValue(20000, { unit: "count" }, true)).toBe("20k");
        expect(formatValue(7.25, { unit: "score" })).toBe("7.3");
    });
});
