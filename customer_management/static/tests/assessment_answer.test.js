import { expect, test } from "@odoo/hoot";
import { click, edit, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

import { AssessmentAnswer } from "@customer_management/assessment/assessment_answer";

defineMailModels();

async function mountAnswer(props) {
    await mountWithCleanup(AssessmentAnswer, {
        props: {
            name: "Payment",
            value: 0,
            known: false,
            onAnswer: (value, known) => expect.step(`${value} ${known}`),
            ...props,
        },
    });
}

async function type(text) {
    await click("input");
    await edit(text, { confirm: "blur" });
    await animationFrame();
}

test("yes and no are buttons, and none is pressed without an answer", async () => {
    await mountAnswer({ kind: "yes_no" });
    expect(queryAllTexts("button")).toEqual(["Yes", "No"]);
    expect("button[aria-pressed=true]").toHaveCount(0);
    await click("button:contains(No)");
    expect.verifySteps(["0 true"]);
});

test("the pressed button takes the answer back", async () => {
    await mountAnswer({ kind: "yes_no", value: 0, known: true });
    expect("button[aria-pressed=true]").toHaveText("No");
    await click("button:contains(No)");
    expect.verifySteps(["0 false"]);
});

test("a few options are buttons, many are a list", async () => {
    const options = ["a", "b", "c"].map((label) => ({ label }));
    await mountAnswer({ kind: "choice", options, value: 2, known: true });
    expect("button[aria-pressed=true]").toHaveText("b");
    await click("button:contains(c)");
    expect.verifySteps(["3 true"]);
});

test("more options are a list that begins with nothing", async () => {
    const options = ["a", "b", "c", "d", "e"].map((label) => ({ label }));
    await mountAnswer({ kind: "choice", options });
    expect("option").toHaveCount(6);
    expect(queryOne("select").value).toBe("0");
});

test("zero is an answer, an empty field is none", async () => {
    await mountAnswer({ kind: "points", most: 10, value: 4, known: true });
    expect("input").toHaveValue("4");
    await type("0");
    await type("");
    expect.verifySteps(["0 true", "0 false"]);
});

test("what is no number or too much is marked and not taken", async () => {
    await mountAnswer({ kind: "points", most: 10 });
    for (const text of ["many", "11", "-1"]) {
        await type(text);
        expect("input").toHaveClass("is-invalid");
    }
    await type("10");
    expect("input").not.toHaveClass("is-invalid");
    expect.verifySteps(["10 true"]);
});

test("an answer that is read only is text", async () => {
    await mountAnswer({ kind: "number", value: 5, known: true, text: "5 days", readonly: true });
    expect("input").toHaveCount(0);
    expect("span").toHaveText("5 days");
});
