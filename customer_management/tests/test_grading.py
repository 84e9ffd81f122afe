from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MANAGER, TODAY, CustomerCase

# The worked example of the practice guide: what eleven customers bought in a year.
EXAMPLE = {
    "c01": 400,
    "c02": 200,
    "c03": 120,
    "c04": 80,
    "c05": 60,
    "c06": 50,
    "c07": 40,
    "c08": 25,
    "c09": 15,
    "c10": 10,
    "c11": -5,
}


class GradingCase(CustomerCase):
    def _graded(self, amounts, *cuts, **values):
        """Post an amount for each customer and return their grades by name."""
        self._invoice_all(amounts)
        return self._grades(self._make_scheme(*cuts, **values).action_run(TODAY))


@tagged("post_install", "-at_install")
class TestWorkedExample(CustomerCase):
    """Eleven customers, 1000 in all, graded by what they bought."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._invoice_all(EXAMPLE)

    def _letters(self, *cuts, **values):
        run = self._make_scheme(*cuts, **values).action_run(TODAY)
        return "".join(self._grades(run)[name] for name in EXAMPLE)

    def test_the_customers_that_make_seventy_percent_are_a(self):
        self.assertEqual(self._letters(70, 90), "AAABBBCCCCC")

    def test_with_narrower_cuts_fewer_customers_are_a(self):
        self.assertEqual(self._letters(55, 85), "AABBBCCCCCC")

    def test_by_share_of_the_customers_the_first_tenth_are_a(self):
        self.assertEqual(self._letters(10, 30, method="rank"), "ABBCCCCCCCC")

    def test_by_thresholds_the_value_alone_decides(self):
        self.assertEqual(self._letters(200, 50, method="threshold"), "AABBBBCCCCC")

    def test_a_scheme_with_one_grade_gives_it_to_everybody(self):
        for method in ("pareto", "rank", "threshold"):
            self.assertEqual(self._letters(method=method), "A" * 11, method)

    def test_five_grades_work_like_three(self):
        self.assertEqual(self._letters(40, 70, 85, 95, method="pareto"), "ABBCCDDEEEE")

    def test_results_say_what_part_of_the_total_each_customer_is(self):
        run = self._make_scheme(70, 90).action_run(TODAY)
        expected = [
            ("c01", 1, 400, 0.4, 0.4),
            ("c02", 2, 200, 0.2, 0.6),
            ("c03", 3, 120, 0.12, 0.72),
            ("c04", 4, 80, 0.08, 0.8),
            ("c05", 5, 60, 0.06, 0.86),
            ("c06", 6, 50, 0.05, 0.91),
            ("c07", 7, 40, 0.04, 0.95),
            ("c08", 8, 25, 0.025, 0.975),
            ("c09", 9, 15, 0.015, 0.99),
            ("c10", 10, 10, 0.01, 1.0),
            ("c11", 11, -5, 0.0, 1.0),
        ]
        found = [
            (r.partner_id.name, r.rank, r.value, r.share, r.cumulative_share)
            for r in run.result_ids.sorted("position")
        ]
        self.assertEqual(found, expected)

    def test_the_chart_tells_the_same_as_the_results(self):
        run = self._make_scheme(70, 90).action_run(TODAY)
        chart = run.chart
        self.assertEqual([row["customers"] for row in chart["grades"]], [3, 3, 5])
        self.assertEqual([row["amount"] for row in chart["grades"]], [720, 190, 90])
        self.assertEqual([bar["label"] for bar in chart["bars"]], list(EXAMPLE))
        self.assertEqual([bar["grade"] for bar in chart["bars"]], [0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2])
        self.assertEqual((chart["total"], chart["customers"], chart["ranked"]), (1000, 11, 10))
        cumulative = [round(bar["cumulative"], 6) for bar in chart["bars"]]
        self.assertEqual(cumulative, [round(result.cumulative_share, 6) for result in run.result_ids])

    def test_the_chart_of_a_run_keeps_the_cuts_it_was_made_with(self):
        scheme = self._make_scheme(70, 90)
        run = scheme.action_run(TODAY)
        scheme.grade_ids[0].cut = 55
        run.invalidate_recordset(["chart"])
        self.assertEqual([row["cut"] for row in run.chart["grades"]][:2], [70, 90])

    def test_only_the_customers_the_scheme_is_for_are_graded_and_counted(self):
        chosen = self.customers["c02"] | self.customers["c03"] | self.customers["c11"]
        run = self._make_scheme(50, 80, domain=repr([("id", "in", chosen.ids)])).action_run(TODAY)
        self.assertEqual(self._grades(run), {"c02": "A", "c03": "B", "c11": "C"})
        self.assertEqual(sum(run.result_ids.mapped("share")), 1)

    def test_a_filter_that_makes_no_sense_is_refused_when_it_is_saved(self):
        for domain in (
            "[('luck', '=', 1)]",
            "[(",
            "7",
            "[('id', 'about', 3)]",
            "[('create_date', '>', 'soon')]",
        ):
            with self.subTest(domain=domain), self.assertRaisesRegex(UserError, "not a valid filter"):
                self._make_scheme(70, 90, domain=domain)

    def test_a_filter_by_what_one_may_not_read_is_refused(self):
        manager = self._make_user("manager", MANAGER)
        scheme = self._make_scheme(70, 90).with_user(manager)
        with self.assertRaisesRegex(UserError, "not a valid filter"):
            scheme.domain = "[('signup_type', '=', 'reset')]"

    def test_more_customers_than_bars_share_the_bars_of_the_chart(self):
        self._invoice_all({f"small {i:02}": 1 for i in range(60)})
        chart = self._make_scheme(70, 90).action_run(TODAY).chart
        self.assertLessEqual(len(chart["bars"]), 50)
        self.assertEqual(sum(bar["customers"] for bar in chart["bars"]), 71)
        self.assertAlmostEqual(chart["bars"][-1]["cumulative"], 1)


@tagged("post_install", "-at_install")
class TestEdgesOfGrading(GradingCase):
    """Ties, borders, nothing at all."""

    def test_the_customer_that_crosses_a_cut_belongs_to_the_better_grade(self):
        grades = self._graded({"big": 69, "crossing": 30, "last": 1}, 70, 90)
        self.assertEqual(grades, {"big": "A", "crossing": "A", "last": "C"})

    def test_a_cut_that_is_reached_exactly_ends_the_grade(self):
        grades = self._graded({"big": 70, "middle": 20, "small": 10}, 70, 90)
        self.assertEqual(grades, {"big": "A", "middle": "B", "small": "C"})

    def test_customers_that_bought_the_same_get_the_same_grade(self):
        run = self._make_scheme(70, 90)
        self._invoice_all({"big": 55, "twin": 20, "other twin": 20, "small": 5})
        run = run.action_run(TODAY)
        self.assertEqual(self._grades(run), {"big": "A", "twin": "A", "other twin": "A", "small": "C"})
        self.assertEqual(run.result_ids.sorted("position").mapped("rank"), [1, 2, 2, 4])

    def test_equal_customers_share_a_place_by_number_too(self):
        amounts = {**{f"twin {i}": 50 for i in range(4)}, **{f"small {i}": 10 + i for i in range(6)}}
        grades = self._graded(amounts, 10, 45, method="rank")
        self.assertEqual("".join(grades.values()), "AAAA" + "B" + "CCCCC")

    def test_who_bought_nothing_or_gave_back_more_gets_the_last_grade_and_counts_for_nothing(self):
        self._make_customer("never bought")
        grades = self._graded({"buyer": 100, "returner": -1000}, 70, 90)
        self.assertEqual(grades, {"buyer": "A", "returner": "C", "never bought": "C"})

    def test_nothing_at_all_is_not_the_same_as_zero(self):
        customers = self._invoice_all({"buyer": 100, "never": 0, "undone": 10})
        self._invoice(customers["undone"], -10)
        run = self._make_scheme(70, 90).action_run(TODAY)
        known = {result.partner_id.name: result.has_value for result in run.result_ids}
        self.assertEqual(known, {"buyer": True, "never": False, "undone": True})

    def test_the_only_customer_is_the_best_one(self):
        self.assertEqual(self._graded({"only": 0.01}, 70, 90), {"only": "A"})

    def test_where_all_gave_everything_back_nobody_is_better_than_the_last_grade(self):
        customers = self._invoice_all({"one": 10, "two": 20})
        self._invoice(customers["one"], -10)
        self._invoice(customers["two"], -20)
        for method in ("pareto", "rank"):
            run = self._make_scheme(70, 90, method=method).action_run(TODAY)
            self.assertEqual(self._grades(run), {"one": "C", "two": "C"}, method)
            self.assertEqual(set(run.result_ids.mapped("share")), {0.0})

    def test_a_company_without_customers_can_be_graded_and_applied(self):
        for method in ("pareto", "rank", "threshold"):
            cuts = (9, 5) if method == "threshold" else (70, 90)
            run = self._make_scheme(*cuts, method=method).action_run(TODAY)
            self.assertFalse(run.result_ids)
            self.assertEqual((run.chart["customers"], run.chart["bars"]), (0, []))
            run.action_apply()
            self.assertEqual(run.state, "applied")

    def test_a_threshold_is_reached_by_exactly_its_value(self):
        grades = self._graded({"more": 100.01, "just": 100, "less": 99.99}, 100, 50, method="threshold")
        self.assertEqual(grades, {"more": "A", "just": "A", "less": "B"})

    def test_thresholds_may_lie_below_zero(self):
        grades = self._graded({"none": 0, "loss": -5, "ruin": -50}, 10, -10, method="threshold")
        self.assertEqual(grades, {"loss": "B", "ruin": "C", "none": "C"})

    def test_where_less_is_better_the_smallest_value_gets_the_best_grade(self):
        days = {"yesterday": "2024-12-30", "a month ago": "2024-11-30", "in spring": "2024-04-01"}
        for name, day in days.items():
            self._invoice(self._make_customer(name), 10, day)
        self._make_customer("never")
        metric = self._metric("recency_days").id
        run = self._make_scheme(7, 31, method="threshold", metric_id=metric).action_run(TODAY)
        expected = {"yesterday": "A", "a month ago": "B", "in spring": "C", "never": "C"}
        self.assertEqual(self._grades(run), expected)
        run = self._make_scheme(30, 60, method="rank", metric_id=metric).action_run(TODAY)
        self.assertEqual(self._grades(run), expected)

    def test_a_metric_that_cannot_be_added_up_is_no_base_for_shares_of_the_amount(self):
        with self.assertRaisesRegex(UserError, "cannot be added up"):
            self._make_scheme(70, 90, metric_id=self._metric("recency_days").id)

    def test_a_scheme_says_by_what_it_grades(self):
        with self.assertRaisesRegex(UserError, "Choose the metric"):
            self._make_scheme(70, 90, metric_id=False)
        with self.assertRaisesRegex(UserError, "Choose the assessment"):
            self._make_scheme(70, 60, method="score")

    def test_what_an_archived_customer_bought_still_counts(self):
        customers = self._invoice_all({"gone": 60, "here": 40})
        customers["gone"].active = False
        self._make_customer("gone before it bought").active = False
        run = self._make_scheme(50, 90).action_run(TODAY)
        self.assertEqual(self._grades(run), {"gone": "A", "here": "B"})
        self.assertEqual(run.chart["total"], 100)

    def test_people_of_a_customer_and_customers_of_other_companies_are_not_graded(self):
        customers = self._invoice_all({"ours": 10})
        self._make_customer("a contact", parent_id=customers["ours"].id, is_company=False)
        self._make_customer("theirs", company_id=self._make_company("Sister Company", books=False).id)
        self._make_customer("a supplier", customer_rank=0)
        branch = self._make_company("Lantern Suzhou", books=False, parent_id=self.company.id)
        self._make_customer("the branch's", company_id=branch.id)
        run = self._make_scheme(70, 90).action_run(TODAY)
        self.assertEqual(self._grades(run), {"ours": "A", "the branch's": "C"})

    def test_a_scheme_that_lost_all_its_grades_cannot_be_saved(self):
        scheme = self._make_scheme(70, 90)
        with self.assertRaisesRegex(UserError, "has no grades"):
            scheme.grade_ids = [Command.clear()]
