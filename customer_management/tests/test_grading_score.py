from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TODAY, CustomerCase


@tagged("post_install", "-at_install")
class TestScore(CustomerCase):
    """Grades by a score of weighted criteria."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steady, cls.fading = (cls._make_customer(name) for name in ("steady", "fading"))
        cls._invoice(cls.steady, 500, "2024-11-11")
        cls._invoice(cls.fading, 1000, "2024-01-01")
        cls.unknown = cls._make_customer("unknown")

    def _criterion(self, code, weight, floor=0.0, ceiling=0.0, **values):
        values = {
            "metric_id": self._metric(code).id,
            "weight": weight,
            "floor": floor,
            "ceiling": ceiling,
            **values,
        }
        return Command.create(values)

    def _scores(self, *criteria, **values):
        """Return the scores of a run by customer; a customer without a score is left out."""
        template = self.env["customer.assessment.template"].create(
            {"name": "Value", "criterion_ids": list(criteria), **values}
        )
        run = self._make_scheme(80, 60, method="score", template_id=template.id).action_run(TODAY)
        return {result.partner_id: round(result.value, 4) for result in run.result_ids if result.has_value}

    def test_a_score_is_the_weighted_part_of_the_points(self):
        # steady: half of the revenue, 50 of 100 days ago; fading: all of the revenue, a year ago.
        scores = self._scores(
            self._criterion("revenue", 60, 0, 1000),
            self._criterion("recency_days", 40, 100, 0),
        )
        self.assertEqual(scores, {self.steady: 50, self.fading: 60})

    def test_weights_need_not_add_up_to_a_hundred(self):
        scores = self._scores(
            self._criterion("revenue", 3, 0, 1000), self._criterion("recency_days", 2, 100, 0)
        )
        self.assertEqual(scores, {self.steady: 50, self.fading: 60})

    def test_beyond_floor_and_ceiling_there_is_nothing_more_to_lose_or_to_win(self):
        scores = self._scores(self._criterion("revenue", 1, 600, 900))
        self.assertEqual(scores, {self.steady: 0, self.fading: 100})

    def test_grades_follow_from_the_score_and_nobody_without_one_is_better_than_last(self):
        template = self.env["customer.assessment.template"].create(
            {"name": "Value", "criterion_ids": [self._criterion("revenue", 1, 0, 1000)]}
        )
        run = self._make_scheme(80, 50, method="score", template_id=template.id).action_run(TODAY)
        self.assertEqual(self._grades(run), {"fading": "A", "steady": "B", "unknown": "C"})

    def test_a_percentile_looks_at_the_place_among_all_customers(self):
        best = self._make_customer("best")
        self._invoice(best, 100000)
        scores = self._scores(self._criterion("revenue", 1, 0, 100, percentile=True))
        self.assertEqual(scores, {self.steady: 0, self.fading: 50, best: 100})

    def test_the_only_customer_with_a_value_is_at_the_lowest_percentile(self):
        self._invoice(self.steady, 10, "2023-05-05")
        scores = self._scores(self._criterion("revenue_previous", 1, 0, 100, percentile=True))
        self.assertEqual(scores, {self.steady: 0})

    def _bands(self, *bands):
        return [
            Command.create({"limit": limit, "points": points, "is_rest": limit is None})
            for limit, points in bands
        ]

    def test_bands_give_the_points_of_the_first_limit_reached(self):
        bands = self._bands((500, 6), (1000, 10), (None, 1))
        scores = self._scores(self._criterion("revenue", 1, scoring="bands", band_ids=bands))
        self.assertEqual(scores, {self.steady: 60, self.fading: 100})

    def test_bands_of_a_metric_where_less_is_better_are_limits_not_to_be_passed(self):
        bands = self._bands((100, 8), (10, 10), (None, 2))
        scores = self._scores(self._criterion("recency_days", 1, scoring="bands", band_ids=bands))
        self.assertEqual(scores, {self.steady: 80, self.fading: 20})

    def test_what_reaches_no_band_has_no_points(self):
        bands = self._bands((600, 10))
        scores = self._scores(self._criterion("revenue", 1, scoring="bands", band_ids=bands))
        self.assertEqual(scores, {self.steady: 0, self.fading: 100})
        self.assertEqual(set(self._scores(self._criterion("revenue", 1, scoring="bands")).values()), {0})

    def test_what_is_not_known_counts_zero_or_spreads_its_weight(self):
        revenue = ("revenue", 1, 0, 1000)
        growth = ("growth", 1, 0, 1)
        spread = self._scores(self._criterion(*revenue), self._criterion(*growth, missing="spread"))
        self.assertEqual(spread, {self.steady: 50, self.fading: 100})
        zero = self._scores(self._criterion(*revenue), self._criterion(*growth, missing="zero"))
        self.assertEqual(zero, {self.steady: 25, self.fading: 50})

    def test_a_customer_of_whom_too_little_is_known_has_no_score(self):
        self._invoice(self.fading, 500, "2023-05-05")
        criteria = (self._criterion("revenue", 40, 0, 1000), self._criterion("growth", 60, 0, 1))
        self.assertEqual(self._scores(*criteria, coverage_min=50), {self.fading: 100})
        self.assertEqual(self._scores(*criteria, coverage_min=40), {self.fading: 100, self.steady: 50})

    def test_an_assessment_without_criteria_scores_nobody(self):
        self.assertEqual(self._scores(), {})

    def test_an_assessment_of_no_weight_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "add up to zero"):
            self._scores(self._criterion("revenue", 0, 0, 1000))

    def test_a_linear_criterion_needs_a_span(self):
        with self.assertRaisesRegex(ValidationError, "must differ"):
            self._scores(self._criterion("revenue", 1, 500, 500))

    def test_no_band_gives_more_points_than_there_are(self):
        bands = self._bands((500, 11))
        with self.assertRaisesRegex(ValidationError, "between 0 and 10"):
            self._scores(self._criterion("revenue", 1, scoring="bands", band_ids=bands))

    def test_the_most_points_cannot_be_less_than_those_of_a_band(self):
        values = [self._criterion("revenue", 1, scoring="bands", band_ids=self._bands((500, 10)))]
        template = self.env["customer.assessment.template"].create({"name": "Value", "criterion_ids": values})
        with self.assertRaisesRegex(ValidationError, "between 0 and 5"):
            template.criterion_ids.points_max = 5

    def test_weights_points_and_limits_are_numbers(self):
        nothing = float("nan")
        for values in (
            {"floor": nothing},
            {"ceiling": float("inf")},
            {"weight": nothing},
            {"points_max": nothing},
        ):
            criterion = self._criterion("revenue", 1, 0, 1000)
            criterion[2].update(values)
            with self.subTest(values), self.assertRaisesRegex(ValidationError, "must all be numbers"):
                self._scores(criterion)
        with self.assertRaisesRegex(ValidationError, "not a number"):
            self._scores(self._criterion("revenue", 1, scoring="bands", band_ids=self._bands((nothing, 1))))
