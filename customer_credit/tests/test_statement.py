"""Financial statements and their ratios, against the worked examples. (domain 4.1)"""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.customer_credit.tools import compute_ratios, judge

from .credit_case import CreditCase

BALANCE = ("current_assets", "inventory", "current_liabilities", "total_liabilities", "equity")
# TA 1000, WC 200, RE 150, EBIT 100, MVE 600, BVE 500, TL 500, S 1200
ALTMAN = {
    "total_assets": 1000,
    "current_assets": 500,
    "current_liabilities": 300,
    "retained_earnings": 150,
    "ebit": 100,
    "market_value": 600,
    "equity": 500,
    "total_liabilities": 500,
    "sales": 1200,
}


@tagged("post_install", "-at_install")
class TestStatement(CreditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.statements = cls.env["customer.credit.statement"]

    def _statement(self, date="2024-12-31", **values):
        return self.statements.create({"partner_id": self.anna.id, "date": date, **values})

    def _ratios(self, statement):
        return {ratio.code: ratio.value for ratio in statement.ratio_ids}

    def test_working_asset_and_evaluation_are_those_of_the_examples(self):
        for figures, working_asset, evaluation in (
            ((800, 300, 500, 700, 600), 450, 0.60),
            ((1200, 200, 400, 500, 1000), 900, 4.6),
            ((300, 150, 400, 900, 100), 0, -11.88),
        ):
            with self.subTest(figures):
                found = compute_ratios(dict(zip(BALANCE, figures, strict=True)))
                self.assertAlmostEqual(found["working_asset"], working_asset)
                self.assertAlmostEqual(found["evaluation"], evaluation, 1)

    def test_altmans_three_scores_are_those_of_the_example(self):
        found = self._ratios(self._statement(**ALTMAN))
        self.assertEqual(
            [round(found[code], 2) for code in ("z", "z_private", "z_other")], [2.70, 2.20, 3.52]
        )

    def test_ratios_of_a_year(self):
        statement = self._statement(
            current_assets=600,
            inventory=200,
            receivables=150,
            total_assets=1000,
            current_liabilities=400,
            total_liabilities=600,
            equity=400,
            sales=1200,
            cost_of_sales=900,
            net_profit=60,
        )
        found = self._ratios(statement)
        expected = {"current": 1.5, "quick": 1, "debt": 0.6, "receivable_turnover": 8, "stock_turnover": 4.5}
        expected |= {"gross_margin": 0.25, "net_margin": 0.05, "return_on_equity": 0.15, "working_asset": 300}
        for code, value in expected.items():
            self.assertAlmostEqual(found[code], value, msg=code)
        self.assertFalse(statement.doubts)

    def test_without_debts_a_ratio_counts_as_ten(self):
        found = compute_ratios({**ALTMAN, "current_liabilities": 0, "total_liabilities": 0, "inventory": 0})
        self.assertEqual((found["current"], found["quick"]), (10, 10))
        self.assertAlmostEqual(found["z_private"], 0.717 * 0.5 + 0.847 * 0.15 + 0.3107 + 4.2 + 0.998 * 1.2)
        tiny = compute_ratios({"current_assets": 1000, "current_liabilities": 0.01})
        self.assertEqual(tiny["current"], 10)

    def test_missing_is_not_zero(self):
        statement = self._statement(current_assets=800, current_liabilities=500)
        self.assertEqual(self._ratios(statement), {"current": 1.6})
        self.assertIsNone(statement._figures()["inventory"])
        statement.inventory = 0
        self.assertEqual(statement._figures()["inventory"], 0)
        self.assertEqual(self._ratios(statement), {"current": 1.6, "quick": 1.6})
        statement.inventory = False
        self.assertIsNone(statement._figures()["inventory"])
        self.assertEqual(self._ratios(statement), {"current": 1.6})

    def test_negative_equity_and_no_sales_give_no_nonsense(self):
        found = self._ratios(self._statement(**{**ALTMAN, "equity": -100, "sales": 0, "net_profit": -50}))
        self.assertNotIn("return_on_equity", found)
        self.assertNotIn("evaluation", found)
        self.assertNotIn("net_margin", found)
        self.assertLess(found["z_other"], 3.52)

    def test_no_amount_is_endless_and_no_asset_negative(self):
        for value in (float("inf"), float("nan"), 1e15, -1e300):
            with self.subTest(value), self.assertRaises(ValidationError), self.cr.savepoint():
                self._statement(equity=value)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._statement(inventory=-1)

    def test_only_items_of_a_statement_can_be_known(self):
        for known in (["write_uid"], "sales", {"sales": 1}, [["sales"]], [None]):
            with self.subTest(known), self.assertRaises(ValidationError), self.cr.savepoint():
                self._statement(known=known)

    def test_what_does_not_fit_together_is_said_and_not_refused(self):
        statement = self._statement(total_assets=1000, total_liabilities=600, equity=300)
        self.assertIn("not the liabilities and the equity", statement.doubts)
        statement.equity = 400.004
        self.assertFalse(statement.doubts)
        statement.current_assets = 1200
        self.assertIn("more than all assets", statement.doubts)

    def test_a_contact_has_the_statements_of_its_company(self):
        statement = self._statement(sales=1)
        other = self.statements.create({"partner_id": self.anna_buyer.id, "date": "2023-12-31"})
        self.assertEqual(other.partner_id, self.anna)
        self.assertEqual(
            self.statements.search([("is_latest", "=", True), ("partner_id", "=", self.anna.id)]), statement
        )
        self.assertTrue(statement.is_latest and not other.is_latest)

    def test_a_verdict_compares_with_the_norm_of_the_trade_before_that_of_all(self):
        self.assertEqual([judge(value, 1.5, 1) for value in (1.5, 1.2, 1)], ["good", "normal", "bad"])
        self.assertEqual([judge(value, 0.5, 0.7) for value in (0.5, 0.6, 0.7)], ["good", "normal", "bad"])
        statement = self._statement(current_assets=120, current_liabilities=100)
        self.assertEqual(statement.ratio_ids.verdict, "normal")
        trade = self.env["res.partner.industry"].create({"name": "Fish"})
        self.env["customer.credit.norm"].create(
            {"code": "current", "industry_id": trade.id, "good": 1.2, "bad": 0.8}
        )
        self.anna.industry_id = trade
        statement.ratio_ids.invalidate_recordset()
        self.assertEqual(statement.ratio_ids.verdict, "good")

    def test_three_years_stand_side_by_side_with_our_own_experience(self):
        for year, assets in ((2021, 90), (2022, 100), (2023, 110), (2024, 120)):
            last = self._statement(f"{year}-12-31", current_assets=assets, current_liabilities=100)
        invoice = self._invoice(100, "2024-01-10", invoice_date_due="2024-02-10")
        self._pay(invoice, 100, "2024-02-20")
        analysis = last._analysis()
        self.assertEqual(analysis["years"], ["2022", "2023", "2024"])
        rows = {row["code"]: row for row in analysis["rows"]}
        self.assertEqual(rows["current"]["values"], [1.0, 1.1, 1.2])
        self.assertEqual(rows["current"]["verdict"], "normal")
        self.assertEqual(rows["days_late_average"]["values"], [None, None, 10])
        self.assertEqual(rows["z"]["texts"], ["–", "–", "–"])
        self.assertIn("Current Ratio", last.analysis_table)

    def test_statements_and_ratios_are_for_the_credit_department(self):
        statement = self._statement(current_assets=120, current_liabilities=100)
        company = {"company_id": self.env.company.id, "company_ids": self.env.company.ids}
        seller = new_test_user(
            self.env,
            "survey_seller",
            "sales_team.group_sale_salesman_all_leads,customer_management.group_customer_user",
            **company,
        )
        clerk = new_test_user(self.env, "survey_clerk", "customer_credit.group_credit_user", **company)
        for records in (statement, statement.ratio_ids):
            with self.assertRaises(AccessError):
                records.with_user(seller).read(["partner_id"])
        self.assertEqual(statement.with_user(clerk).current_assets, 120)
        statement.with_user(clerk).current_assets = 130
        self.assertAlmostEqual(statement.ratio_ids.value, 1.3)
        with self.assertRaises(AccessError):
            statement.ratio_ids.with_user(clerk).write({"value": 9})

    def test_companies_see_their_own_statements_and_those_for_all(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        mine = self._statement(sales=1, company_id=self.env.company.id)
        shared = self._statement("2023-12-31", sales=1, company_id=False)
        stranger = new_test_user(
            self.env,
            "survey_stranger",
            "customer_credit.group_credit_user",
            company_id=other.id,
            company_ids=other.ids,
        )
        seen = self.statements.with_user(stranger).search([("partner_id", "=", self.anna.id)])
        self.assertEqual(seen, shared)
        with self.assertRaises(AccessError):
            mine.with_user(stranger).read(["sales"])
