"""The figures of satisfaction: worked examples, and what holds for any answers."""

import random

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .satisfaction_case import AREAS, SatisfactionCase


@tagged("post_install", "-at_install")
class TestSatisfactionIndex(SatisfactionCase):
    def _measure(self, marks, measure, **options):
        return self._index(self._answers(marks), **options)[measure]

    def test_acsi_as_in_the_published_example(self):
        # Means 7.8, 7.2 and 6.9 of ten answers: (6.8 x .3885 + 6.2 x .3190 + 5.9 x .2925) / 9 x 100.
        columns = ([8] * 8 + [7] * 2, [7] * 8 + [8] * 2, [7] * 9 + [6])
        marks = [
            dict(zip(("overall", "expected", "ideal"), row, strict=True))
            for row in zip(*columns, strict=True)
        ]
        wave = self._answers(marks)
        self.assertAlmostEqual(self._index(wave)["acsi"]["score"], 70.5, 1)
        self.company.customer_satisfaction_acsi = "equal"
        self.assertAlmostEqual(self._index(wave)["acsi"]["score"], 70.0, 1)

    def test_own_index_weighs_the_areas(self):
        # 35 % of 100, 15 % of 0, 20 % of 5/9, and 30 % of 100.
        marks = {"product": 10, "delivery": 1, "service": 6, "price": 10, "handling": 10}
        expected = 35 + 0 + 20 * 500 / 900 + 15 + 15
        self.assertAlmostEqual(self._measure([marks] * 5, "index")["score"], expected, 4)

    def test_what_is_left_out_does_not_count_as_zero(self):
        # Products and service alone: 35 and 20 of 55.
        marks = {"product": 10, "service": 1}
        self.assertAlmostEqual(self._measure([marks] * 5, "index")["score"], 100 * 35 / 55, 4)

    def test_nps_of_the_example(self):
        # 9 promoters, 4 detractors among 20: 45 % less 20 %.
        marks = [{"nps": 10}] * 5 + [{"nps": 9}] * 4 + [{"nps": 7}] * 4 + [{"nps": 8}] * 3 + [{"nps": 0}] * 4
        self.assertAlmostEqual(self._measure(marks, "nps")["score"], 45 - 20)

    def test_csat_is_the_share_of_the_two_best_marks(self):
        marks = [{"csat": mark} for mark in (5, 4, 3, 2, 1)]
        self.assertAlmostEqual(self._measure(marks, "csat")["score"], 40)

    def test_fewer_than_five_answers_are_few(self):
        wave = self._answers([{"overall": 8}] * 4)
        self.assertEqual(self._index(wave)["acsi"], {"score": None, "count": 4, "few": True})
        rows = self.scores._read_group([("wave_id", "=", wave.id)], ["measure"], ["score:avg"])
        self.assertFalse([score for _measure, score in rows if score])

    def test_nobody_answered_is_no_zero(self):
        wave = self._wave()
        self.assertEqual(self._index(wave), {})

    def test_the_pivot_shows_the_same_as_the_index(self):
        wave = self._answers([{"overall": mark, "product": mark} for mark in (2, 4, 6, 8, 9)])
        rows = dict(self.scores._read_group([("wave_id", "=", wave.id)], ["measure"], ["score:avg"]))
        for measure, result in self._index(wave).items():
            self.assertAlmostEqual(rows[measure], result["score"])
        [(mixed,)] = self.scores._read_group([("wave_id", "=", wave.id)], [], ["score:avg"])
        self.assertFalse(mixed, "A mean of different measures says nothing")

    def test_by_sales_large_customers_weigh_more(self):
        customers = self._customers(5)
        self._invoice(900, self._today(), customers[0])
        self._invoice(100, self._today(), customers[1])
        marks = [{"overall": 10}, {"overall": 1}, {"overall": 1}, {"overall": 1}, {"overall": 1}]
        wave = self._answers(marks, customers)
        self.assertAlmostEqual(self._index(wave)["acsi"]["score"], 20)
        # Who bought nothing has no weight.
        self.assertAlmostEqual(self._index(wave, by_sales=True)["acsi"]["score"], 90)

    def test_competitors_are_measured_by_the_same_questions(self):
        names = ("East Lake", "east lake ", "EAST LAKE", "East Lake", "East  lake", "Sail")
        wave = self._answers([{"overall": 10, "rival_name": name, "rival": 1} for name in names])
        domain = [("wave_id", "=", wave.id)]
        rival = self.scores._index([*domain, ("about", "=", "rival")])[False]["acsi"]
        self.assertEqual((rival["score"], rival["count"]), (0, 6))
        self.assertEqual(self._index(wave)["acsi"]["score"], 100)
        lake, sail = self.scores._rivals(domain)
        self.assertEqual((lake[1]["count"], lake[1]["score"], sail[1]["few"]), (5, 0, True))

    def test_by_grade_and_by_category(self):
        scheme = self._make_scheme(50)
        good = self._customers(5, scheme.grade_ids[0])
        other = self._customers(5, scheme.grade_ids[1])
        wave = self._answers([{"overall": 10}] * 5 + [{"overall": 1}] * 5, good | other)
        domain = [("wave_id", "=", wave.id), ("about", "=", "own")]
        found = self.scores._index(domain, "grade_id")
        scores = {grade.name: result["acsi"]["score"] for grade, result in found.items()}
        self.assertEqual(scores, {"A": 100, "B": 0})
        self.assertEqual(self.scores._index(domain, "category"), {}, "Nobody bought anything")

    def test_properties_of_any_answers(self):
        chance = random.Random(4)
        marks = [
            {
                code: chance.randint(1, 10)
                for code in ("overall", "expected", "ideal", *AREAS)
                if chance.random() < 0.7
            }
            for _person in range(12)
        ]
        wave = self._answers(marks)
        before = self._index(wave)
        for measure, result in before.items():
            if result["score"] is not None:
                self.assertTrue(0 <= result["score"] <= 100, measure)
        # Weights ten times as large are the same weights.
        for area in AREAS:
            self.company[f"customer_satisfaction_{area}"] *= 10
        for question in self.questions.values():
            question.sudo().satisfaction_weight *= 3
        self.assertAlmostEqual(self._index(wave)["index"]["score"], before["index"]["score"])
        # An index lies between its worst and its best area.
        areas = [before[area]["score"] for area in AREAS if before[area]["score"] is not None]
        self.assertTrue(min(areas) - 20 <= before["index"]["score"] <= max(areas) + 20)

    def test_a_choice_is_a_scale_from_worst_to_best(self):
        self._question(
            "choice",
            question_type="simple_choice",
            satisfaction_part="expectation",
            suggested_answer_ids=[(0, 0, {"value": text}) for text in ("bad", "fair", "good")],
        )
        answers = self.questions["choice"].suggested_answer_ids
        wave = self._answers([{"choice": answers[i].id} for i in (0, 1, 2, 2, 2)])
        self.assertAlmostEqual(self._index(wave)["expectation"]["score"], (0 + 50 + 100 * 3) / 5)

    def test_five_seven_and_ten_point_scales_are_one(self):
        for k in (5, 7, 10):
            with self.subTest(k=k):
                self._question(f"k{k}", scale_max=k, satisfaction_part="value")
        low = self._answers([{"k5": 1, "k7": 1, "k10": 1}] * 5)
        self.assertEqual(self._index(low)["value"]["score"], 0)
        high = self._answers(
            [{"k5": 5, "k7": 7, "k10": 10}] * 5, low.invitation_ids.commercial_partner_id, gap_days=0
        )
        self.assertEqual(self._index(high)["value"]["score"], 100)

    def test_importance_finds_what_to_fix(self):
        # Delivery goes along with satisfaction and is poor; price is good and goes along with nothing.
        marks = [
            {"overall": mark, "delivery": mark - 1, "price": price}
            for mark, price in ((3, 9), (5, 10), (6, 9), (8, 10), (4, 10), (7, 9))
        ]
        wave = self._answers(marks)
        found = self.env["customer.satisfaction.answer"]._quadrant([("wave_id", "=", wave.id)])
        places = {row["question"]: row["place"] for row in found}
        self.assertEqual(places[self.questions["delivery"]], "fix")
        self.assertEqual(places[self.questions["price"]], "overdone")

    def test_the_metric_is_of_the_customer(self):
        customers = self._customers(2)
        self._answers([{"product": 10}], customers)
        values = self.env["customer.metric"]._evaluate(["satisfaction"], self._today(1), partners=customers)
        self.assertEqual(values[customers[0].id]["satisfaction"], 100)
        self.assertNotIn(customers[1].id, values)

    def test_words_do_not_count(self):
        with self.assertRaisesRegex(ValidationError, "cannot count"):
            self.questions["words"].sudo().satisfaction_part = "value"
        with self.assertRaisesRegex(ValidationError, "0 to 10"):
            self.questions["overall"].sudo().satisfaction_figure = "nps"

    def test_many_answers_take_no_more_queries(self):
        def queries(wave):
            self._index(wave)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._index(wave, groupby="grade_id", by_sales=True)
            return self.env.cr.sql_log_count - before

        few = self._answers([{"overall": 5, "product": 6}] * 5)
        small = queries(few)
        many = self._answers([{"overall": 5, "product": 6}] * 50, gap_days=0)
        self.assertLessEqual(queries(many), small)
