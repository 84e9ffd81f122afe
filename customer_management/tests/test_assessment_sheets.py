"""Comparison, print, the button on the customer, and what all of it costs."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .assessment_common import AssessmentCase
from .common import TODAY


@tagged("post_install", "-at_install")
class TestAssessmentSheets(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._template(
            cls._judged("will"),
            cls._judged("means", 30),
            cls._judged("luck", kind="choice", band_ids=cls._options(("good", 10), ("bad", 0))),
            cls._measured("revenue", ceiling=1000),
            conclusions=(("Good", 50), ("Poor", 0)),
        )
        cls._invoice(cls.customer, 500)
        cls.first = cls._assess(cls.template, {"will": 8, "means": 5, "luck": 1})
        cls.second = cls._assess(cls.template, {"will": 8, "means": 2}, user=cls.manager)

    # Comparison

    def _compare(self, assessments, user=None):
        action = assessments.with_user(user or self.manager).action_compare()
        return self.env[action["res_model"]].with_user(user or self.manager).browse(action["res_id"])

    def test_assessments_stand_side_by_side_and_differences_show(self):
        table = self._compare(self.first + self.second).table
        self.assertEqual(
            [column["score"] for column in table["columns"]], [self.first.score, self.second.score]
        )
        rows = {row["name"]: row for row in table["rows"]}
        self.assertEqual([cell["answer"] for cell in rows["will"]["cells"]], ["8 / 10", "8 / 10"])
        self.assertEqual([cell["answer"] for cell in rows["luck"]["cells"]], ["good", ""])
        self.assertEqual([row["name"] for row in table["rows"] if row["differs"]], ["means", "luck"])
        self.assertEqual(table["chart"]["series"][1]["values"], [80, 20, None, 50])

    def test_a_criterion_that_came_later_was_not_asked_before(self):
        self.first.action_finish()
        self.template.write({"criterion_ids": [(0, 0, self._judged("new", sequence=99))]})
        third = self._assess(self.template, {"new": 3})
        row = self._compare(self.first + third).table["rows"][-1]
        self.assertEqual((row["name"], row["cells"][0], row["cells"][1]["answer"]), ("new", None, "3 / 10"))

    def test_only_two_to_six_of_the_same_template_are_compared(self):
        with self.assertRaisesRegex(UserError, "between 2 and 6 .* you chose 1"):
            self._compare(self.first)
        more = self.first.browse().union(*(self._assess(self.template) for _i in range(6)))
        with self.assertRaisesRegex(UserError, "you chose 7"):
            self._compare(more + self.first)
        other = self._assess(self._template(self._judged("x"), name="Other one"))
        with self.assertRaisesRegex(UserError, "by the same template .* Check, Other one"):
            self._compare(self.first + other)

    def test_nobody_compares_what_he_may_not_see(self):
        rival = self._make_user("rival", "customer_management.group_customer_user")
        with self.assertRaises(AccessError):
            self._compare(self.first + self.second, rival)
        sneaked = self.env["customer.assessment.comparison"].with_user(rival)
        with self.assertRaises(AccessError):
            sneaked.create({"assessment_ids": (self.first + self.second).ids}).read(["table"])

    # Print

    def _print(self, assessment, user, **context):
        report = self.env["ir.actions.report"].with_user(user).with_context(**context)
        html, _kind = report._render_qweb_html("customer_management.assessment_print", assessment.ids)
        return html.decode()

    def test_the_print_shows_answers_points_and_conclusion_to_a_plain_user(self):
        self.first.opinion = "A <b>sound</b> firm"
        self.first.action_finish()
        page = self._print(self.first, self.seller)
        for text in (
            "Lotus Stores",
            self.first.name,
            "will",
            "8 / 10",
            "good",
            "Good",
            "&lt;b&gt;sound",
            "Manager:",
        ):
            self.assertIn(text, page)
        self.assertNotIn("Draft", page)

    def test_a_print_in_chinese_takes_chinese_letters(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertIn("Noto Sans CJK SC", self._print(self.first, self.seller, lang="zh_CN"))
        self.assertNotIn("CJK", self._print(self.first, self.seller, lang="en_US"))

    def test_a_print_shows_the_template_of_its_day(self):
        self.first.action_finish()
        self.template.name = "Another name"
        self.template.criterion_ids[0].name = "another criterion"
        page = self._print(self.first, self.seller)
        self.assertIn("Check", page)
        self.assertNotIn("nother", page)

    # The customer

    def test_the_customer_shows_how_often_and_how_it_was_assessed(self):
        customer = self.customer.with_user(self.seller)
        self.assertEqual((customer.customer_assessment_count, customer.customer_assessment_last), (2, False))
        self.first.action_finish()
        customer.invalidate_recordset()
        self.assertEqual(customer.customer_assessment_last, f"{self.first.score:g} · Good")
        action = customer.action_open_customer_assessments()
        self.assertEqual(self.env["customer.assessment"].search(action["domain"]), self.first + self.second)

    def test_what_has_no_score_does_not_lower_an_average(self):
        self._assess(self.template, date="2024-01-01")
        unrated = self._template(self._judged("will"), name="Unrated")
        self._assess(unrated)
        assessments = self.env["customer.assessment"]
        domain = [("template_id", "in", (self.template + unrated).ids)]
        [(average,)] = assessments._read_group(domain, [], ["score:avg"])
        self.assertAlmostEqual(average, self._average(self.template))
        for template, average in assessments._read_group(domain, ["template_id"], ["score:avg"]):
            self.assertEqual(bool(average), template == self.template)

    def _average(self, template):
        scores = [
            a.score
            for a in self.env["customer.assessment"].search([("template_id", "=", template.id)])
            if a.has_score
        ]
        return sum(scores) / len(scores)

    # Cost

    def _cost(self, count):
        """Return the queries of drafting, filling and finishing so many assessments."""
        customers = [
            self._make_customer(f"Customer {count} {i}", user_id=self.seller.id) for i in range(count)
        ]
        template = self._template(
            self._measured("revenue", ceiling=1000, missing="zero"),
            self._measured("revenue", ceiling=100, percentile=True, name="place", missing="zero"),
            self._judged("will", missing="zero"),
            self._formula("ratio", "capital / 10", missing="zero"),
            figures=[("capital", {"required": False})],
        )
        self.env.flush_all()
        costs = []

        def measure(step):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            step()
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)

        assessments = self.env["customer.assessment"].with_user(self.seller)
        vals = [{"template_id": template.id, "partner_id": c.id, "date": TODAY} for c in customers]
        measure(lambda: assessments.create(vals))
        drafts = assessments.search([("template_id", "=", template.id)])
        measure(drafts.action_fill)
        for line in drafts.line_ids.filtered(lambda line: line.name == "will"):
            line.value = 5
        self.env.flush_all()
        measure(drafts.action_finish)
        return costs

    def test_drafting_filling_and_finishing_do_not_cost_more_queries_for_more_customers(self):
        self._cost(2)
        few, many = self._cost(3), self._cost(24)
        for step, low, high in zip(("draft", "fill", "finish"), few, many, strict=True):
            # The host hands out one number at a time.
            numbers = 24 - 3 if step == "draft" else 0
            with self.subTest(step, few=low, many=high):
                self.assertLessEqual(high, low + numbers + 8)
