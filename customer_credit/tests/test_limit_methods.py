from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from ..exceptions import CreditInputError

BALANCE = {
    "current_assets": 800,
    "inventory": 300,
    "current_liabilities": 500,
    "liabilities": 700,
    "equity": 600,
}


@tagged("post_install", "-at_install")
class TestLimitMethods(TransactionCase):
    """The fifteen methods of the handbook, against its worked examples. (domain 4.1, 4.3)"""

    def _work_out(self, code, **inputs):
        method = self.env["customer.credit.limit.method"].search([("code", "=", code)])
        found = method._work_out(inputs)
        return None if found is None else round(found, 1)

    def test_there_are_fifteen(self):
        methods = self.env["customer.credit.limit.method"].search([("number", "<", 100)])
        self.assertEqual(methods.mapped("number"), list(range(1, 16)))

    def test_1_sales_by_term_and_factor(self):
        self.assertEqual(self._work_out("sales", monthly_sales=100, term_days=60, rating_factor=0.8), 160)

    def test_2_turnover_period(self):
        year = {"annual_credit_sales": 1200, "peak_percent": 20}
        self.assertEqual(self._work_out("turnover", **year, term_days=45, days_late=0), 177.5)
        self.assertEqual(self._work_out("turnover", **year, term_days=30, days_late=15), 177.5)
        # Who pays early needs no less than the term.
        self.assertEqual(self._work_out("turnover", **year, term_days=45, days_late=-10), 177.5)

    def test_3_measured_by_its_sales(self):
        inputs = {"customer_sales": 5000, "cost_rate": 70, "supply_share": 15, "term_days": 60}
        self.assertEqual(self._work_out("purchases", **inputs), 86.3)

    def test_4_and_5_shared_among_suppliers(self):
        self.assertEqual(self._work_out("working_capital_share", **BALANCE, suppliers=8), 37.5)
        self.assertEqual(self._work_out("net_assets_share", **BALANCE, suppliers=8), 75)
        self.assertIsNone(self._work_out("net_assets_share", **BALANCE, suppliers=0))

    def test_6_current_ratio_against_the_trade(self):
        def limit(assets, trade):
            balance = {"current_assets": assets, "current_liabilities": 100}
            return self._work_out("current_ratio", **balance, base_limit=1000, trade_current_ratio=trade)

        self.assertEqual(limit(120, 1.6), 750)
        self.assertEqual(limit(300, 1.0), 1500)
        self.assertEqual(limit(99, 1.0), 0)
        self.assertIsNone(limit(120, 0))

    def test_7_net_assets_need_a_profit(self):
        self.assertEqual(self._work_out("net_assets", equity=600, pretax_profit=50), 60)
        self.assertEqual(self._work_out("net_assets", equity=600, pretax_profit=-1), 0)
        self.assertEqual(self._work_out("net_assets", equity=-600, pretax_profit=50), 0)

    def test_8_working_assets(self):
        def limit(*figures):
            return self._work_out("working_asset", **dict(zip(BALANCE, figures, strict=True)))

        self.assertEqual(limit(800, 300, 500, 700, 600), 90)
        self.assertEqual(limit(1200, 200, 400, 500, 1000), 225)
        self.assertEqual(limit(300, 150, 400, 900, 100), 0)
        self.assertEqual(limit(800, 300, 500, 700, -5), 0)
        # Without current debts both ratios count 10: E = 20 - 0 - 1, the best class.
        self.assertEqual(limit(100, 0, 0, 100, 100), 25)

    def test_9_receipts_the_latest_counted_most(self):
        receipts = [120, 100, 90, 80, 110, 100]
        self.assertEqual(self._work_out("receipts", receipts=receipts, term_days=30), 101.9)
        self.assertEqual(self._work_out("receipts", receipts=receipts, term_days=45), 152.9)
        self.assertIsNone(self._work_out("receipts", receipts=receipts[:5], term_days=45))

    def test_10_quick_estimate_and_starters(self):
        self.assertEqual(self._work_out("quick", **BALANCE), 60)
        self.assertEqual(self._work_out("quick", first_order=80, starter_cap=50), 50)
        self.assertIsNone(self._work_out("quick", first_order=80))

    def test_11_monthly_average_by_season(self):
        def limit(season):
            return self._work_out("monthly", last_year_monthly_sales=100, season_percent=season)

        self.assertEqual([limit(season) for season in (0, 20, 90, -90)], [100, 120, 150, 50])

    def test_12_what_others_give(self):
        self.assertEqual(self._work_out("peers", peer_limits=[50, 200, 100]), 100)
        self.assertEqual(self._work_out("peers", peer_limits=[50, 100]), 75)
        self.assertIsNone(self._work_out("peers", peer_limits=[]))

    def test_13_to_15_need_security_and_judgement(self):
        self.assertEqual(self._work_out("need", peak_month=90, term_days=60), 180)
        self.assertEqual(self._work_out("collateral", security_value=70), 70)
        self.assertEqual(self._work_out("judgement", judged_amount=0), 0)

    def test_a_missing_figure_is_not_zero_and_is_named(self):
        method = self.env.ref("customer_credit.credit_limit_method_net_assets")
        self.assertIsNone(method._work_out({"equity": 600}))
        self.assertEqual(method._missing({"equity": 600}), ["pretax_profit"])

    def test_a_limit_is_never_negative(self):
        self.assertEqual(
            self._work_out("working_capital_share", **{**BALANCE, "current_assets": 1}, suppliers=2), 0
        )

    def test_a_list_says_which_word_is_no_number(self):
        peers = self.env.ref("customer_credit.credit_limit_input_peer_limits")
        self.assertEqual(peers._read_list("1,200; 80.5  40"), [1200, 80.5, 40])
        with self.assertRaisesRegex(CreditInputError, "“abc” is no number"):
            peers._read_list("10; abc")
        with self.assertRaises(CreditInputError):
            peers._read_list("nan")

    def test_a_method_without_code_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "No installed addon works out limits by “magic”"):
            self.env["customer.credit.limit.method"].create({"number": 16, "code": "magic", "name": "Magic"})
