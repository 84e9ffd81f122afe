"""What an assessment comes to: answers, points, score, coverage, vetoes, conclusion."""

from odoo.tests import Form, tagged

from ..exceptions import AssessmentAnswerError, AssessmentIncompleteError, AssessmentTemplateError
from .assessment_common import AssessmentCase
from .common import TODAY

CLASSES = (("Good", 75), ("Fair", 60), ("Poor", 0))


@tagged("post_install", "-at_install")
class TestAssessment(AssessmentCase):
    def test_an_assessment_asks_what_the_template_asks_and_has_a_number(self):
        assessment = self._assess(self._template(self._judged("will"), self._judged("means", 30)))
        self.assertEqual(assessment.line_ids.mapped("name"), ["will", "means"])
        self.assertEqual(assessment.line_ids.mapped("weight"), [10, 30])
        self.assertRegex(assessment.name, r"^ASM/\d{4}/\d{4}$")
        self.assertFalse(assessment.has_score)
        self.assertEqual(assessment.coverage, 0)

    def test_the_score_is_the_weighted_part_of_the_points(self):
        template = self._template(self._judged("will", 10), self._judged("means", 30))
        assessment = self._assess(template, {"will": 10, "means": 5})
        self.assertEqual((assessment.score, assessment.coverage), (62.5, 100))
        self.assertEqual(assessment.line_ids.mapped("earned"), [10, 15])

    def test_zero_points_are_an_answer_and_no_answer_is_none(self):
        template = self._template(self._judged("will"), self._judged("means"))
        assessment = self._assess(template, {"will": 10, "means": 0})
        self.assertEqual((assessment.score, assessment.coverage), (50, 100))
        self._answer(assessment, means=None)
        self.assertEqual((assessment.score, assessment.coverage), (100, 50))

    def test_a_missing_answer_counts_zero_where_the_criterion_says_so(self):
        template = self._template(self._judged("will"), self._judged("means", missing="zero"))
        assessment = self._assess(template, {"will": 10})
        self.assertEqual((assessment.score, assessment.coverage), (50, 50))

    def test_zero_means_no_information_where_the_criterion_says_so(self):
        unknown = {"zero_unknown": True, "missing": "zero"}
        template = self._template(self._judged("will", **unknown), self._judged("means", **unknown))
        assessment = self._assess(template, {"will": 10, "means": 0})
        self.assertEqual((assessment.score, assessment.coverage), (50, 50))
        self.assertEqual(assessment.line_ids[1].answer, "No information")

    def test_each_kind_of_answer_earns_its_points(self):
        template = self._template(
            self._judged("choice", 25, "choice", band_ids=self._options(("often", 10), ("rarely", 4))),
            self._judged("yes", 25, "yes_no"),
            self._judged("no", 25, "yes_no", good_answer="no"),
            self._judged("number", 25, "number", floor=0, ceiling=200),
        )
        assessment = self._assess(template, {"choice": 2, "yes": 1, "no": 1, "number": 50})
        self.assertEqual(assessment.line_ids.mapped("earned"), [10, 25, 0, 6.25])
        self.assertEqual(assessment.line_ids.mapped("answer"), ["rarely", "Yes", "Yes", "50"])
        self.assertEqual(assessment.score, 41.25)

    def test_an_answer_that_is_none_is_refused(self):
        template = self._template(
            self._judged("points"),
            self._judged("choice", kind="choice", band_ids=self._options(("often", 10))),
            self._judged("yes", kind="yes_no"),
            self._judged("number", kind="number", ceiling=1),
        )
        assessment = self._assess(template)
        for name, value in (
            ("points", 10.5),
            ("points", -1),
            ("choice", 2),
            ("choice", 1.5),
            ("yes", 2),
            ("number", float("nan")),
            ("number", float("inf")),
        ):
            with self.subTest(name, value=value), self.assertRaises(AssessmentAnswerError):
                self._answer(assessment, **{name: value})

    def test_a_score_exactly_on_a_limit_belongs_where_the_template_says(self):
        for rule, expected in (("above", "Good"), ("below", "Fair")):
            template = self._template(self._judged("will"), conclusions=CLASSES, limit_rule=rule)
            with self.subTest(rule):
                self.assertEqual(self._assess(template, {"will": 7.5}).conclusion, expected)
                self.assertEqual(self._assess(template, {"will": 7.51}).conclusion, "Good")
                self.assertEqual(self._assess(template, {"will": 7.49}).conclusion, "Fair")
                self.assertEqual(self._assess(template, {"will": 0}).conclusion, "Poor")

    def test_the_score_that_is_shown_decides(self):
        # A third of 225 of 300 is 75, and two thirds of nearly that are shown as 75.00 as well.
        template = self._template(
            self._judged("will", points_max=3), conclusions=(("Good", 66.67), ("Poor", 0))
        )
        assessment = self._assess(template, {"will": 2})
        self.assertEqual((assessment.score, assessment.conclusion), (66.67, "Good"))

    def test_signals_add_up_to_a_hundred_at_most(self):
        signals = [self._judged(name, 60, "yes_no", missing="zero") for name in ("late", "silent", "sued")]
        template = self._template(*signals, total_rule="sum", conclusions=CLASSES)
        self.assertEqual(self._assess(template, {"late": 1}).score, 60)
        self.assertEqual(self._assess(template, {"late": 1, "sued": 1}).score, 100)
        self.assertEqual(self._assess(template, {"late": 0}).score, 0)

    # Vetoes

    def _vetoed(self, below, **veto):
        criteria = self._judged("honest", 10, veto_below=below, **veto), self._judged("rich", 90)
        return self._template(*criteria, conclusions=CLASSES)

    def test_a_veto_caps_the_score_below_its_share_and_not_on_it(self):
        template = self._vetoed(50, veto_cap=40)
        capped = self._assess(template, {"honest": 4.9, "rich": 10})
        self.assertEqual((capped.score, capped.uncapped, capped.cap_reason), (40, 94.9, "honest"))
        self.assertEqual(capped.conclusion, "Poor")
        free = self._assess(template, {"honest": 5, "rich": 10})
        self.assertEqual((free.score, free.cap_reason), (95, False))

    def test_a_veto_can_cap_at_a_conclusion(self):
        for rule, score in (("above", 74.99), ("below", 75)):
            template = self._vetoed(100)
            template.limit_rule = rule
            template.criterion_ids[0].veto_conclusion_id = template.conclusion_ids.filtered(
                lambda conclusion: conclusion.name == "Fair"
            )
            assessment = self._assess(template, {"honest": 9, "rich": 10})
            with self.subTest(rule):
                self.assertEqual((assessment.score, assessment.conclusion), (score, "Fair"))

    def test_what_is_not_known_vetoes_nothing_and_a_low_score_is_not_lifted(self):
        template = self._vetoed(100, veto_cap=50)
        self.assertEqual(self._assess(template, {"rich": 10}).score, 100)
        low = self._assess(template, {"honest": 1, "rich": 1})
        self.assertEqual((low.score, low.cap_reason), (10, False))

    # Finishing

    def test_finishing_says_all_that_is_missing_at_once(self):
        template = self._template(
            self._judged("will", 48, required=True),
            self._judged("means", 52, evidence=True, required=True),
            figures=[("capital", {})],
            coverage_min=60,
        )
        assessment = self._assess(template, {"will": 5})
        with self.assertRaises(AssessmentIncompleteError) as caught:
            assessment.action_finish()
        message = caught.exception.args[0]
        self.assertIn("Required answers are missing: means.", message)
        self.assertIn("Required figures are missing: capital.", message)
        self.assertIn("Answers without the evidence that they need: means.", message)
        self.assertIn("known 48 of 100, needs 60; missing: means.", message)
        self.assertEqual(assessment.state, "draft")

    def test_exactly_the_least_coverage_is_enough(self):
        template = self._template(self._judged("will", 60), self._judged("means", 40), coverage_min=60)
        assessment = self._assess(template, {"will": 5})
        assessment.action_finish()
        self.assertEqual((assessment.state, assessment.score), ("done", 50))
        self.assertEqual(assessment.finished_by, self.seller)

    def test_below_the_least_coverage_a_template_may_finish_without_a_score(self):
        criteria = self._judged("will", 59), self._judged("means", 41)
        template = self._template(*criteria, coverage_min=60, below_coverage="unrated", unrated_name="N")
        assessment = self._assess(template, {"will": 10})
        assessment.action_finish()
        self.assertEqual((assessment.has_score, assessment.score, assessment.conclusion), (False, 0, "N"))

    def test_an_assessment_of_which_nothing_is_known_is_not_finished(self):
        with self.assertRaisesRegex(AssessmentIncompleteError, "known 0 of 10"):
            self._assess(self._template(self._judged("will"))).action_finish()

    # Drafting

    def test_metrics_are_filled_from_the_documents_of_the_period(self):
        self._invoice(self.customer, 400, "2024-06-01")
        self._invoice(self.customer, 900, "2023-06-01")
        other = self._make_customer("Other")
        self._invoice(other, 1000, "2024-06-01")
        template = self._template(
            self._measured("revenue", 50, 0, 1000),
            self._measured("revenue", 50, 0, 100, percentile=True, name="place"),
        )
        assessment = self._assess(template)
        self.assertEqual(assessment.line_ids.mapped("value"), [400, 0])
        self.assertEqual((assessment.score, assessment.coverage), (20, 100))
        self.assertTrue(all(assessment.line_ids.mapped("filled_on")))
        self._invoice(self.customer, 200, "2024-07-01")
        assessment.action_fill()
        self.assertEqual(assessment.line_ids[0].value, 600)
        assessment.months = 24
        self.assertEqual(assessment.line_ids[0].value, 1500)
        assessment.partner_id = other
        self.assertEqual(assessment.line_ids.mapped("value"), [1000, 0])

    def test_a_metric_without_a_value_is_missing(self):
        template = self._template(self._measured("growth", ceiling=1), self._judged("will"))
        assessment = self._assess(template, {"will": 10})
        self.assertFalse(assessment.line_ids[0].is_known)
        self.assertEqual((assessment.score, assessment.coverage), (100, 50))

    def test_a_contact_stands_for_its_company(self):
        buyer = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        assessment = self._assess(self._template(self._judged("will")), partner_id=buyer.id)
        self.assertEqual(assessment.partner_id, self.customer)

    def test_a_changed_template_is_taken_over_on_demand_and_answers_stay(self):
        template = self._template(self._judged("will"), self._judged("means"))
        assessment = self._assess(template, {"will": 5, "means": 5})
        self.assertFalse(assessment.is_outdated)
        template.criterion_ids[0].weight = 30
        template.criterion_ids[1].unlink()
        template.write({"criterion_ids": [(0, 0, self._judged("luck", sequence=9))]})
        assessment.invalidate_recordset()
        self.assertTrue(assessment.is_outdated)
        self.assertEqual(assessment.score, 50)
        assessment.action_update_rules()
        self.assertEqual(
            assessment.line_ids.mapped(lambda line: (line.name, line.weight, line.is_known)),
            [("will", 30, True), ("luck", 10, False)],
        )
        self.assertFalse(assessment.is_outdated)

    def test_a_template_that_asks_nothing_is_not_used(self):
        empty = self.env["customer.assessment.template"].create({"name": "Empty"})
        with self.assertRaisesRegex(AssessmentTemplateError, "has no criteria"):
            self._assess(empty)
        with self.assertRaisesRegex(AssessmentTemplateError, "choice without options"):
            self._assess(self._template(self._judged("pick", kind="choice")))

    def test_the_form_shows_the_score_while_one_answers(self):
        template = self._template(self._judged("will"), self._judged("means"), conclusions=CLASSES)
        assessment = self._assess(template)
        with Form(assessment.with_user(self.seller)) as form:
            self.assertEqual(form.state, "draft")
            form.opinion = "Sound"
        # The questions are answered in a widget of its own: it sends an onchange of the lines and reads the sheet.
        lines = assessment.line_ids
        values = {"line_ids": [(1, lines[0].id, {"value": 8.0, "is_known": True})]}
        spec = {
            "score": {},
            "conclusion": {},
            "sheet": {},
            "line_ids": {"fields": {"value": {}, "is_known": {}}},
        }
        found = assessment.onchange(values, ["line_ids"], spec)["value"]
        self.assertEqual((found["score"], found["conclusion"]), (80.0, "Good"))
        self.assertEqual(found["sheet"][str(lines[0].id)]["earned"], 8.0)

    def test_promotion_to_key_account_is_observed_from_60_and_blocked_by_a_blocker(self):
        template = self.env.ref("customer_management.assessment_template_key_account")
        names = {
            c.id: name
            for name in ("payment", "cooperation", "potential", "dishonoured", "rating_low", "overdue")
            for c in self.env.ref(f"{template.get_external_id()[template.id]}_{name}")
        }
        self._invoice(self.customer, 500, TODAY)
        self._invoice(self.customer, 500, "2023-06-01")
        self._invoice(self._make_customer("Small"), 10, TODAY)
        assessment = self._assess(template)
        answers = {
            "payment": 20,
            "cooperation": 10,
            "potential": 15,
            "dishonoured": 0,
            "rating_low": 0,
            "overdue": 0,
        }
        for line in assessment.line_ids:
            if line.rule["id"] in names:
                line.value = answers[names[line.rule["id"]]]
        # Sales 25 of 25; growth 0 between -10 % and 20 %: 5 of 15; margin is not known; 45 of 45 judged.
        self.assertEqual(assessment.coverage, 85)
        self.assertEqual(assessment.score, round(100 * (25 + 5 + 45) / 85, 2))
        self.assertEqual(assessment.conclusion, "Promote")
        assessment.line_ids.filtered(lambda line: names.get(line.rule["id"]) == "dishonoured").value = 1
        self.assertEqual((assessment.score, assessment.conclusion), (59.99, "Keep as it is"))
