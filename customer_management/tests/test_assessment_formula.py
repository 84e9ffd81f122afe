"""Formulas of templates: arithmetic with known numbers, and nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from ..exceptions import AssessmentFormulaError
from ..tools import FormulaError, compile_formula, evaluate_formula
from .assessment_common import AssessmentCase

ATTACKS = (
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "a.__class__",
    "open('/etc/passwd')",
    "exec('1')",
    "(lambda: 1)()",
    "[x for x in (1, 2)]",
    "'text'",
    "a['b']",
    "a if True else {}",
    "max(*[1, 2])",
    "max(a, key=abs)",
    "a := 3",
    "f'{a}'",
    "min",
    "max = 3",
    "a; a",
    "sum(1, 2)",
    "len(a)",
    "None",
    "True",
    "nan",
    "inf",
    "1e999",
    "1j",
    "a @ a",
    "a << 9",
    "await a",
    "",
    " ",
    "((((",
    "(" * 300 + "1" + ")" * 300,
    "1+" * 400 + "1",
    "a\x00",
)


@tagged("post_install", "-at_install")
class TestFormula(BaseCase):
    def test_arithmetic_is_done_as_people_do_it(self):
        values = {"a": 8, "b": 2, "gone": None}
        for text, expected in (
            ("a + b * 3", 14),
            ("(a - b) / 4", 1.5),
            ("-a ** 2", -64),
            ("min(a, b, 5) + max(a, 10) + abs(-1)", 13),
            ("round(a / 3, 2)", 2.67),
            ("round(0.125, 2)", 0.13),
            ("round(2.5)", 3),
            ("1 if a > b and not b > a else 0", 1),
            ("a / b if b else 0", 4),
            ("a > b", 1),
        ):
            with self.subTest(text):
                self.assertAlmostEqual(evaluate_formula(text, values), expected, 9)

    def test_what_needs_a_missing_number_or_divides_by_zero_is_missing(self):
        values = {"a": 8, "zero": 0, "gone": None}
        for text in (
            "a + gone",
            "a / zero",
            "zero ** -1",
            "a ** 999 ** 9",
            "1e308 * 10",
            "1e308 * 10 - 1e308 * 10",
        ):
            with self.subTest(text):
                self.assertIsNone(evaluate_formula(text, values))

    def test_what_is_not_needed_may_be_missing(self):
        self.assertEqual(evaluate_formula("a if a > 0 else gone", {"a": 8, "gone": None}), 8)
        self.assertEqual(evaluate_formula("min(a / zero, 10) if zero else 10", {"a": 8, "zero": 0}), 10)

    def test_huge_powers_end_at_once(self):
        for text in ("9 ** 9 ** 9 ** 9", "10 ** 10 ** 10", "(9 ** 999) ** 999"):
            with self.subTest(text):
                self.assertIsNone(evaluate_formula(text, {}))

    def test_whatever_is_no_arithmetic_is_refused(self):
        for text in ATTACKS:
            with self.subTest(text), self.assertRaises(FormulaError):
                evaluate_formula(text, {"a": 1})

    def test_a_result_that_is_no_number_is_refused(self):
        with self.assertRaises(FormulaError):
            evaluate_formula("(0 - 8) ** 0.5", {})

    @settings(max_examples=300, derandomize=True, deadline=None, database=None)
    @given(st.text(alphabet="ab019.+-*/()<>=,! ifelsnotmxround_'[]{}:\\\"", max_size=40))
    def test_anything_typed_gives_a_number_nothing_or_a_clear_refusal(self, text):
        try:
            found = evaluate_formula(text, {"a": 2.0, "b": None})
        except FormulaError as error:
            self.assertIn(error.reason, ("syntax", "part", "name", "number"))
        else:
            self.assertTrue(found is None or isinstance(found, float))

    def test_a_formula_stays_the_same_when_compiled_again(self):
        text = compile_formula("round(a / 3, 2) if a > 1 else 0", {"a"})
        self.assertEqual(compile_formula(text, {"a"}), text)


@tagged("post_install", "-at_install")
class TestFormulaOfTemplate(AssessmentCase):
    def test_a_formula_knows_figures_and_the_criteria_before_it(self):
        template = self._template(
            self._judged("will", 0, code="will"),
            self._judged("pick", 0, "choice", code="pick", band_ids=self._options(("good", 9), ("bad", 2))),
            self._formula("sum", "capital + will + pick + points_pick", 10, ceiling=100),
            figures=[("capital", {})],
        )
        assessment = self._assess(template, {"will": 4, "pick": 2}, {"capital": 10})
        # A choice counts with the points of its option, 2, and not with its number.
        self.assertEqual(assessment.line_ids[2].result, 10 + 4 + 2 + 2)
        self.assertEqual(assessment.score, 18)
        self.assertFalse(self._assess(template, {"will": 4}, {"capital": 10}).line_ids[2].has_result)

    def test_a_proposed_amount_comes_from_a_formula_and_is_never_negative(self):
        template = self._template(
            self._judged("will", code="will"),
            figures=[("capital", {})],
            amount_formula="capital * points_will / 100 - 1",
        )
        assessment = self._assess(template, {"will": 5}, {"capital": 1000})
        self.assertEqual((assessment.has_amount, assessment.amount), (True, 49))
        assessment.figure_ids.value = 0
        self.assertEqual((assessment.has_amount, assessment.amount), (True, 0))
        assessment.figure_ids.is_known = False
        self.assertFalse(assessment.has_amount)

    def test_wrong_formulas_are_refused_with_what_is_wrong_and_where(self):
        for text, message in (
            ("1 +", "is not a formula"),
            ("captial * 2", "“captial” is not known there"),
            ("later + 1", "“later” is not known there"),
            ("().__class__", "only arithmetic"),
            ("1 / 0", "does not give a number"),
            ("1e308 * 10", "does not give a number"),
            ("(0 - 8) ** 0.5", "does not give a number"),
            ("nan", "“nan” is not known"),
        ):
            with (
                self.subTest(text),
                self.assertRaisesRegex(AssessmentFormulaError, f"Ratio of “Check”.*{message}"),
            ):
                self._template(
                    self._formula("Ratio", text),
                    self._judged("after", code="later"),
                    figures=[("capital", {})],
                )

    def test_a_division_that_only_fails_for_some_numbers_is_accepted(self):
        self._template(self._formula("Ratio", "a / (b - c)"), figures=[(code, {}) for code in "abc"])

    def test_a_figure_or_criterion_in_use_does_not_go(self):
        template = self._template(
            self._judged("will", code="will"),
            self._formula("Ratio", "capital / will"),
            figures=[("capital", {})],
        )
        for part in (template.figure_ids, template.criterion_ids[0]):
            with self.subTest(part._name), self.assertRaisesRegex(AssessmentFormulaError, "not known there"):
                part.unlink()
        with self.assertRaisesRegex(AssessmentFormulaError, "not known there"):
            template.figure_ids.code = "assets"
        template.write(
            {
                "figure_ids": [Command.update(template.figure_ids.id, {"code": "assets"})],
                "criterion_ids": [Command.update(template.criterion_ids[1].id, {"formula": "assets / will"})],
            }
        )

    def test_codes_are_names_of_their_own(self):
        for code in ("min", "if", "Capital", "2nd", "a b", "points_x", "été", "__import__"):
            with self.subTest(code), self.assertRaises(AssessmentFormulaError):
                self._template(self._judged("will"), figures=[(code, {})])
        with self.assertRaisesRegex(AssessmentFormulaError, "used twice"):
            self._template(self._judged("will", code="capital"), figures=[("capital", {})])
