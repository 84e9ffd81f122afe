from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from ..exceptions import CreditReviewError, CreditWriteError
from .review_case import ReviewCase

BALANCE = {
    "current_assets": 800,
    "inventory": 300,
    "current_liabilities": 500,
    "liabilities": 700,
    "equity": 600,
    "pretax_profit": 50,
}


@tagged("post_install", "-at_install")
class TestReviewRating(ReviewCase):
    """From a score to a rating: bands, caps, and an override for a while. (domain 4.2)"""

    def test_each_score_has_its_rating(self):
        account = self._account()
        expected = {90: "AA", 90.01: "AAA", 70: "BBB", 70.5: "A", 41: "B", 10: "D"}
        found = {score: self._review(account, score).final_rating_id.name for score in expected}
        self.assertEqual(found, expected)

    def test_the_worst_cap_counts_and_says_why(self):
        review = self._review(self._account(), 95)
        self.assertEqual(review.final_rating_id.name, "AAA")
        by_code = {line.veto_id.code: line for line in review.veto_ids}
        by_code["papers_missing"].write({"applies": True, "remark": "No licence on file"})
        self.assertEqual((review.final_rating_id.name, review.cap_rating_id.name), ("A", "A"))
        by_code["sued"].write({"applies": True, "remark": "By its steel supplier"})
        self.assertEqual((review.final_rating_id.name, review.cap_reason), ("C", by_code["sued"].name))
        self.assertEqual(review.score_rating_id.name, "AAA")

    def test_a_cap_does_not_lift_a_bad_score(self):
        review = self._review(self._account(), 15)
        review.veto_ids.filtered(lambda line: line.veto_id.code == "papers_missing").write({"applies": True})
        self.assertEqual(review.final_rating_id.name, "C")

    def test_figures_decide_what_they_can(self):
        self._invoice(100, self.today - relativedelta(days=100))
        reviews = self.env["customer.credit.review"].with_user(self.controller)
        review = reviews.create({"account_id": self._account().id})
        lines = {line.veto_id.code: line for line in review.veto_ids}
        # Three months of dealings, and a hundred days overdue.
        self.assertEqual((lines["new_customer"].applies, lines["overdue"].applies), (True, True))
        self.assertFalse(lines["sued"].applies)
        self.assertTrue(lines["sued"].is_manual)
        self.assertIn("100", lines["overdue"].figure)
        with self._refused(CreditReviewError, "follows from a figure"):
            lines["overdue"].write({"applies": False})
        with self._refused(CreditReviewError):
            lines["overdue"].write({"rating_id": self.ratings["AAA"].id})

    def test_a_tick_needs_a_remark(self):
        review = self._review(self._account(), 95, limit_choice="cash")
        review.veto_ids.filtered(lambda line: line.veto_id.code == "sued").write({"applies": True})
        with self._refused(CreditReviewError, "say in the remark"):
            review.action_submit()

    def test_an_override_has_a_reason_and_an_end_within_six_months(self):
        account = self._account()
        values = {"override_rating_id": self.ratings["A"].id, "limit_choice": "keep"}
        review = self._review(account, 45, **values)
        self.assertEqual((review.final_rating_id.name, review.capped_rating_id.name), ("A", "B"))
        review.override_until = self.today + relativedelta(months=3)
        with self._refused(CreditReviewError, "Say why"):
            review.action_submit()
        review.override_reason = "Its parent company signs for it"
        for until in (
            False,
            self.today + relativedelta(months=6, days=1),
            self.today - relativedelta(days=1),
        ):
            review.override_until = until
            with self._refused(CreditReviewError, "within 6 months"):
                review.action_submit()
        review.override_until = self.today + relativedelta(months=3)
        self._approve(review)
        self.assertEqual(account.rating_id.name, "A")
        self.assertEqual(account.next_review, review.override_until)

    def test_without_a_score_there_is_no_rating(self):
        review = self._review(self._account(), None, limit_choice="cash")
        self.assertFalse(review.final_rating_id)
        with self._refused(CreditReviewError, "has no rating yet"):
            review.action_submit()

    def test_an_assessment_of_somebody_else_is_no_scorecard(self):
        other = self._scorecard(90, self.boris)
        with self._refused(CreditReviewError, "no credit assessment of Anna"):
            self._review(self._account(), None, assessment_id=other.id)

    def test_nobody_writes_what_is_worked_out(self):
        account = self._account()
        review = self._review(account, 45)
        best = self.ratings["AAA"].id
        for name, value in (
            ("final_rating_id", best),
            ("proposed_amount", 9),
            ("single_cap", 9),
            ("score", 99),
        ):
            with self._refused(CreditWriteError):
                review.write({name: value})
        with self._refused(CreditWriteError):
            review.create({"account_id": account.id, "final_rating_id": best})
        made = review.with_context(default_final_rating_id=best, default_single_cap=7).create(
            {"account_id": account.id}
        )
        self.assertFalse(made.final_rating_id)
        self.assertFalse(made.single_cap)
        with self._refused(CreditReviewError):
            review.method_ids[:1].write({"result": 9})
        with self._refused(CreditReviewError):
            review.input_ids[:1].write({"source": "metric"})


@tagged("post_install", "-at_install")
class TestReviewLimit(ReviewCase):
    """From figures to a limit: methods, combination, caps and steps. (domain 4.3)"""

    def _result(self, review, code):
        line = review.method_ids.filtered(lambda line: line.method_id.code == code)
        return round(line.result, 1) if line.has_result else None

    def _weigh(self, review, **weights):
        for line in review.method_ids:
            line.weight = weights.get(line.method_id.code, 0)

    def test_methods_follow_the_figures_and_say_what_they_lack(self):
        review = self._review(self._account(), 75, {**BALANCE, "monthly_sales": 100}, term_days=60)
        self.assertEqual(self._result(review, "sales"), 160)
        self.assertEqual(self._result(review, "working_asset"), 90)
        self.assertEqual(self._result(review, "net_assets"), 60)
        self.assertIsNone(self._result(review, "net_assets_share"))
        lacking = review.method_ids.filtered(lambda line: line.method_id.code == "net_assets_share")
        self.assertEqual(lacking.missing, "Number of its suppliers")
        self._enter(review, suppliers=8)
        self.assertEqual(self._result(review, "net_assets_share"), 75)

    def test_the_limit_is_the_smaller_of_need_and_capacity(self):
        review = self._review(self._account(), 95, {**BALANCE, "monthly_sales": 100}, term_days=60)
        self._weigh(review, sales=1, net_assets=1, working_asset=1)
        # AAA counts the need twice: 100 x 2 x 2 = 400; the accounts bear (60 + 90) / 2 = 75.
        self.assertEqual((review.need_amount, review.capacity_amount), (400, 75))
        self.assertEqual(review.proposed_amount, 75)
        self._weigh(review, sales=1, net_assets=3, working_asset=1)
        self.assertEqual(review.proposed_amount, 67.5)

    def test_average_and_chosen_are_other_ways(self):
        review = self._review(self._account(), 95, {**BALANCE, "monthly_sales": 100}, term_days=60)
        self._weigh(review, sales=1, net_assets=1)
        review.combination = "average"
        self.assertEqual(review.proposed_amount, 230)
        review.combination = "chosen"
        self.assertFalse(review.has_proposal)
        lines = {line.method_id.code: line for line in review.method_ids}
        lines["working_asset"].is_chosen = True
        self.assertEqual(review.proposed_amount, 90)
        lines["net_assets"].is_chosen = True
        self.assertEqual((review.proposed_amount, lines["working_asset"].is_chosen), (60, False))

    def test_the_rating_caps_the_need_and_below_b_there_is_nothing(self):
        figures = {"peak_month": 100, "equity": 100000, "pretax_profit": 1}
        for score, share in ((95, 1), (85, 1), (75, 0.8), (65, 0.6), (45, 0.3), (35, 0), (5, 0)):
            review = self._review(self._account_once(), score, figures)
            self._weigh(review, need=1, net_assets=1)
            review.term_days = 30
            with self.subTest(score=score):
                self.assertEqual(review.proposed_amount, 100 * share)

    def _account_once(self):
        return (
            self.env["customer.credit.account"]._of(self.anna, self.company).get(self.anna.id)
            or self._account()
        )

    def test_one_payer_gets_a_part_of_our_sales_in_whole_steps(self):
        self._invoice(9990, self.today, self.boris)
        self.company.sudo().write({"customer_credit_single_percent": 10, "customer_credit_step": 100})
        review = self._review(self._account(), 95, {"equity": 100000, "pretax_profit": 1})
        self._weigh(review, net_assets=1)
        self.assertEqual((review.single_cap, review.proposed_amount), (999, 900))

    def test_without_results_there_is_no_proposal_and_not_zero(self):
        review = self._review(self._account(), 75)
        self.assertFalse(review.has_proposal)
        with self._refused(CreditReviewError, "has no proposal and no limit"):
            review.action_submit()
        review.amount = 500
        with self._refused(CreditReviewError, "more than the proposal"):
            review.action_submit()
        review.amount_reason = "Its owner deposits cash"
        review.action_submit()

    def test_our_books_fill_what_they_know(self):
        day = self.today - relativedelta(days=40)
        first = self._invoice(1200, day)
        self._invoice(600, self.today)
        self._pay(first, 1200, self.today - relativedelta(days=1))
        review = self._review(self._account(), 75)
        known = review._known_inputs()
        self.assertEqual((known["monthly_sales"], known["peak_month"]), (900, 1200))
        self.assertEqual((known["annual_credit_sales"], known["last_year_monthly_sales"]), (1800, 150))
        self.assertEqual(known["receipts"], [1200, 0, 0, 0, 0, 0])
        self.assertAlmostEqual(known["days_late"], 39)
        self.assertNotIn("equity", known)

    def test_filling_anew_keeps_what_people_entered(self):
        review = self._review(self._account(), 75, {"suppliers": 8})
        review.veto_ids.filtered(lambda line: line.veto_id.code == "sued").write(
            {"applies": True, "remark": "By a bank"}
        )
        self._invoice(600, self.today)
        review.action_fill()
        known = review._known_inputs()
        self.assertEqual((known["suppliers"], known["monthly_sales"]), (8, 600))
        self.assertEqual(review.veto_ids.filtered("remark").mapped("remark"), ["By a bank"])
