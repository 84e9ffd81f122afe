import { filterWords, formOf } from "@customer_management/form_print/form_print";
import { openPaths, shownInList } from "@customer_management/form_print/shown_as_sheet";
import { describe, expect, test } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { session } from "@web/session";

describe.current.tags("headless");

test("a window is printed as the form that it was opened as", () => {
    patchWithCleanup(session, { customer_forms: { 7: [3, 4] } });
    const env = (actionId, opened) => ({
        config: { actionId },
        searchModel: { globalContext: { customer_form_id: opened } },
    });
    expect(formOf(env(7))).toBe(3);
    expect(formOf(env(7, 4))).toBe(4);
    expect(formOf(env(7, 99))).toBe(3);
    expect(formOf(env(8, 4))).toBe(undefined);
});

test("filters are told in words, groups are not", () => {
    const facets = [
        { type: "filter", values: ["Past Due", "Held"], separator: "or" },
        { type: "field", title: "Customer", values: ["Anna"], separator: "or" },
        { type: "groupBy", values: ["Team"], separator: ">" },
    ];
    expect(filterWords(facets)).toEqual(["Past Due or Held", "Customer: Anna"]);
});

test("only the unfolded groups of a pivot are open", () => {
    const leaf = (...values) => ({ root: { values }, directSubTrees: new Map() });
    const open = { root: { values: [2] }, directSubTrees: new Map([[5, leaf(2, 5)]]) };
    const tree = {
        root: { values: [] },
        directSubTrees: new Map([
            [1, leaf(1)],
            [2, open],
        ]),
    };
    expect(openPaths(tree)).toEqual([[], [2]]);
    expect(openPaths(leaf())).toEqual([]);
});

test("a list tells its filter, groups, order and the columns that are on", () => {
    const column = (name, optional) => ({ type: "field", name, optional });
    const shown = shownInList({
        archInfo: {
            columns: [
                column("name"),
                column("city", "show"),
                column("ref", "hide"),
                { type: "button_group" },
            ],
        },
        optionalActiveFields: { city: false, ref: true },
        model: {
            root: {
                context: { lang: "en_US" },
                domain: [["a", "=", 1]],
                groupBy: ["date:month"],
                orderBy: [{ name: "name", asc: false }],
            },
        },
    });
    expect(shown).toEqual({
        view_type: "list",
        domain: [["a", "=", 1]],
        context: { lang: "en_US" },
        group_by: ["date:month"],
        order: "name DESC",
        columns: ["name", "ref"],
    });
});
