from odoo.tests import tagged

from .test_grading_run import RunCase


@tagged("post_install", "-at_install")
class TestHysteresis(RunCase):
    """Grades that do not jump at every run."""

    def _year(self, day, scheme, **amounts):
        """Return the run of a day with exactly these amounts in the month that ends on it."""
        for name, amount in amounts.items():
            self._invoice(self.customers[name], amount, day)
        run = self._run(day, scheme=scheme)
        run.action_apply()
        return run

    def _kept(self, run):
        return {result.partner_id.name: result.kept for result in run.result_ids if result.kept}

    def test_a_share_past_the_cut_by_less_than_the_margin_keeps_the_grade(self):
        scheme = self._make_scheme(70, 90, months=1, margin=5)
        self._year("2025-01-31", scheme, anna=600, boris=300, carla=100)
        self.assertEqual(self._letters(), "AAC")
        # Boris is beyond the cut of A now, but at 72 %, not at 75 %.
        run = self._year("2025-02-28", scheme, anna=720, boris=180, carla=100)
        self.assertEqual(self._letters(), "AAC")
        self.assertEqual(self._grades(run, "proposed_grade_id"), {"anna": "A", "boris": "B", "carla": "C"})
        self.assertEqual(self._kept(run), {"boris": "margin"})
        self._year("2025-03-31", scheme, anna=760, boris=140, carla=100)
        self.assertEqual(self._letters(), "ABC")

    def test_a_share_inside_the_cut_by_less_than_the_margin_does_not_promote(self):
        scheme = self._make_scheme(70, 90, months=1, margin=5)
        self._year("2025-01-31", scheme, anna=760, boris=140, carla=100)
        self.assertEqual(self._letters(), "ABC")
        run = self._year("2025-02-28", scheme, anna=680, boris=220, carla=100)
        self.assertEqual(self._letters(), "ABC")
        self.assertEqual(self._kept(run), {"boris": "margin"})
        run = self._year("2025-03-31", scheme, anna=640, boris=260, carla=100)
        self.assertEqual(self._letters(), "AAC")
        self.assertFalse(self._kept(run))

    def test_a_jump_over_two_cuts_goes_as_far_as_the_margin_lets_it(self):
        scheme = self._make_scheme(70, 90, months=1, margin=5)
        self._year("2025-01-31", scheme, anna=700, boris=200, carla=100)
        self.assertEqual(self._letters(), "ABC")
        # Carla is first at 0 %, anna falls to 92 %: past the cut of B, but only by 2 points.
        run = self._year("2025-02-28", scheme, anna=80, boris=10, carla=920)
        self.assertEqual(self._letters(), "BCA")
        self.assertEqual(self._kept(run), {"anna": "margin"})

    def test_without_a_margin_the_cuts_alone_decide(self):
        scheme = self._make_scheme(70, 90, months=1)
        self._year("2025-01-31", scheme, anna=600, boris=300, carla=100)
        self._year("2025-02-28", scheme, anna=701, boris=199, carla=100)
        self.assertEqual(self._letters(), "ABC")

    def test_a_threshold_has_to_be_passed_by_a_part_of_itself(self):
        scheme = self._make_scheme(1000, 100, method="threshold", months=1, margin=10)
        self._year("2025-01-31", scheme, anna=1000, boris=999, carla=99)
        self.assertEqual(self._letters(), "ABC")
        run = self._year("2025-02-28", scheme, anna=900, boris=1099, carla=109)
        self.assertEqual(self._letters(), "ABC")
        self.assertEqual(self._kept(run), dict.fromkeys(("anna", "boris", "carla"), "margin"))
        self._year("2025-03-31", scheme, anna=899.99, boris=1100, carla=110)
        self.assertEqual(self._letters(), "BAB")

    def test_where_less_is_better_the_margin_works_the_other_way_round(self):
        metric = self._metric("recency_days").id
        scheme = self._make_scheme(10, 100, method="threshold", metric_id=metric, margin=50)
        self._run("2025-01-10", scheme=scheme).action_apply()
        self.assertEqual(self._letters(), "AAA")
        self._run("2025-01-15", scheme=scheme).action_apply()
        self.assertEqual(self._letters(), "AAA")
        self._run("2025-01-16", scheme=scheme).action_apply()
        self.assertEqual(self._letters(), "BBB")
        self._invoice(self.anna, 10, "2025-01-15")
        self._invoice(self.boris, 10, "2025-01-25")
        self._run("2025-01-25", scheme=scheme).action_apply()
        self.assertEqual(self._letters(), "BAB")

    def test_a_grade_is_kept_for_the_minimum_stay(self):
        scheme = self._make_scheme(70, 90, months=1, minimum_stay=31)
        self._year("2025-01-31", scheme, anna=700, boris=200, carla=100)
        run = self._year("2025-02-28", scheme, anna=100, boris=200, carla=700)
        self.assertEqual(self._letters(), "ABC")
        self.assertEqual(self._kept(run), {"anna": "stay", "carla": "stay"})
        self._invoice(self.carla, 0.01, "2025-03-03")
        run = self._run("2025-03-02", scheme=scheme)
        self.assertEqual(set(self._kept(run).values()), {"stay"})
        run = self._run("2025-03-03", scheme=scheme)
        self.assertFalse(self._kept(run))
        run.action_apply()
        self.assertEqual(self._letters(), "CBA")

    def test_a_customer_of_another_scheme_or_of_none_has_no_grade_to_keep(self):
        self._year("2025-01-31", self._make_scheme(70, 90, months=1), anna=600, boris=300, carla=100)
        scheme = self._make_scheme(70, 90, months=1, margin=50, name="Another")
        run = self._year("2025-02-28", scheme, anna=720, boris=180, carla=100)
        self.assertEqual(self._letters(), "ABC")
        self.assertFalse(self._kept(run))

    def test_an_override_is_stronger_than_margin_and_stay(self):
        scheme = self._make_scheme(70, 90, months=1, margin=50, minimum_stay=365)
        self._year("2025-01-31", scheme, anna=700, boris=200, carla=100)
        run = self._run("2025-02-28", scheme=scheme)
        self._result(run, self.carla).write(
            {"override_grade_id": scheme.grade_ids[0].id, "override_reason": "Key"}
        )
        run.action_apply()
        self.assertEqual(self._letters(), "ABA")
