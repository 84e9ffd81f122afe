"""Reviews take their figures from the payer's statements, by the worked examples. (domain 4.1, 4.3)"""

from dateutil.relativedelta import relativedelta

from odoo.fields import Command
from odoo.tests import tagged

from .review_case import ReviewCase

# 4, 5, 7, 8 and 10 of the examples; 3 with its sales of 5000 and costs of 70 %.
YEAR = {
    "current_assets": 800,
    "inventory": 300,
    "current_liabilities": 500,
    "total_liabilities": 700,
    "equity": 600,
    "sales": 5000,
    "cost_of_sales": 3500,
    "pretax_profit": 50,
}


@tagged("post_install", "-at_install")
class TestReviewStatement(ReviewCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account()
        cls.last_year = cls.today - relativedelta(months=6)

    def _statement(self, date=None, **values):
        values = {"partner_id": self.anna.id, "date": date or self.last_year, **values}
        return self.env["customer.credit.statement"].sudo().create(values)

    def _inputs(self, review):
        return {line.code: line for line in review.input_ids if line.source == "statement"}

    def _known(self, review):
        return {code: line.value for code, line in self._inputs(review).items()}

    def _result(self, review, code):
        line = review.method_ids.filtered(lambda line: line.method_id.code == code)
        return round(line.result, 1) if line.has_result else None

    def test_the_methods_of_the_accounts_work_without_a_word_from_anybody(self):
        statement = self._statement(**YEAR)
        review = self._review(self.account, 75, {"suppliers": 8, "supply_share": 15}, term_days=60)
        expected = {
            "purchases": 86.3,
            "working_capital_share": 37.5,
            "net_assets_share": 75,
            "net_assets": 60,
            "working_asset": 90,
            "quick": 60,
        }
        self.assertEqual({code: self._result(review, code) for code in expected}, expected)
        lines = self._inputs(review)
        self.assertEqual(lines["equity"].statement_id, statement)
        self.assertEqual(lines["equity"].statement_date, self.last_year)
        self.assertEqual(lines["cost_rate"].value, 70)

    def test_what_people_enter_wins_and_says_so(self):
        self._statement(**YEAR)
        review = self._review(self.account, 75, {"equity": 400})
        line = review.input_ids.filtered(lambda line: line.code == "equity")
        self.assertEqual((line.source, line.statement_id.id), ("typed", False))
        self.assertEqual(self._result(review, "net_assets"), 40)
        review.action_fill()
        line = review.input_ids.filtered(lambda line: line.code == "equity")
        self.assertEqual((line.value, line.source, line.statement_id.id), (400, "typed", False))

    def test_a_balance_is_taken_from_one_sheet_and_a_year_from_a_whole_one(self):
        annual = self._statement(**YEAR)
        half = self._statement(
            self.today - relativedelta(months=1),
            kind="interim",
            current_assets=900,
            sales=2,
            pretax_profit=-9,
        )
        lines = self._inputs(self._review(self.account))
        self.assertEqual((lines["current_assets"].value, lines["current_assets"].statement_id), (900, half))
        self.assertNotIn("equity", lines)
        self.assertEqual(
            (lines["customer_sales"].value, lines["customer_sales"].statement_id), (5000, annual)
        )
        self.assertEqual(lines["pretax_profit"].value, 50)

    def test_missing_is_not_zero_and_zero_is_a_figure(self):
        self._statement(current_liabilities=0, total_assets=1300, total_liabilities=700, sales=0)
        known = self._known(self._review(self.account))
        # The equity follows from assets and liabilities; nothing can be divided by sales of nothing.
        self.assertEqual(
            known, {"current_liabilities": 0, "liabilities": 700, "equity": 600, "customer_sales": 0}
        )

    def test_old_statements_and_those_to_come_do_not_count(self):
        self._statement(self.today - relativedelta(months=18, days=1), **YEAR)
        self._statement(self.today + relativedelta(days=1), **YEAR)
        self.assertFalse(self._known(self._review(self.account)))
        self.company.sudo().customer_credit_statement_months = 0
        self.assertEqual(self._known(self._review(self.account))["equity"], 600)

    def test_other_currencies_count_in_ours(self):
        currency = (
            self.env["res.currency"]
            .sudo()
            .create(
                {
                    "name": "XRV",
                    "symbol": "x",
                    "rate_ids": [Command.create({"name": "2000-01-01", "rate": 4})],
                }
            )
        )
        self._statement(currency_id=currency.id, **YEAR)
        known = self._known(self._review(self.account))
        self.assertEqual((known["equity"], known["customer_sales"], known["cost_rate"]), (150, 1250, 70))

    def test_statements_of_other_payers_and_companies_do_not_count(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        self._statement(partner_id=self.boris.id, **YEAR)
        self._statement(company_id=other.id, **YEAR)
        self.assertFalse(self._known(self._review(self.account)))
        self._statement(company_id=False, **YEAR)
        self.assertEqual(self._known(self._review(self.account))["equity"], 600)

    def test_the_search_is_one_for_many_reviews(self):
        self._statement(**YEAR)
        reviews = self._review(self.account) | self._review(self._account(self.boris))
        reviews = reviews.sudo()
        self.env.flush_all()
        reviews.mapped("partner_id.name")
        reviews.company_id.mapped("customer_credit_statement_months")
        with self.assertQueryCount(2):
            found = reviews._review_statement_inputs()
        self.assertEqual([bool(found[review]) for review in reviews], [True, False])
