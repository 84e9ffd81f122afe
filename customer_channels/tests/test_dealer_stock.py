from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .conduct_case import ConductCase


@tagged("post_install", "-at_install")
class TestDealerStock(ConductCase):
    def _report(self, month, closing, opening=None, dealer=None, file=True):
        line = {"product_id": self.pot.id, "closing": closing}
        if opening is not None:
            line["opening"] = opening
        report = self.env["customer.dealer.stock.report"].create(
            {"dealer_id": (dealer or self.dealer).id, "month": month, "line_ids": [Command.create(line)]}
        )
        if file:
            report.action_file()
        return report

    def test_what_was_sold_on_is_opening_plus_bought_less_closing(self):
        self._sell(1000, "2025-01-10", quantity=10)
        self._sell(100, "2025-01-20", quantity=1, kind="out_refund")
        report = self._report("2025-01-15", closing=8, opening=4)
        self.assertEqual(str(report.month), "2025-01-01")
        self.assertEqual((report.line_ids.bought, report.line_ids.sold), (9, 5))
        self.assertEqual((report.bought_value, report.sold_value, report.stock_value), (900, 500, 800))

    def test_a_month_opens_with_the_stock_that_closed_the_one_before(self):
        self._report("2025-01-01", closing=8, opening=10)
        report = self._report("2025-02-01", closing=3)
        self.assertEqual((report.line_ids.opening, report.line_ids.sold), (8, 5))

    def test_more_than_two_months_of_stock_are_too_much(self):
        self._report("2025-01-01", closing=16, opening=20)
        report = self._report("2025-02-01", closing=8)
        self.assertEqual((report.stock_months, report.is_stuffed), (8 / 6, False))
        self._sell(2400, "2025-03-10", quantity=24)
        report = self._report("2025-03-01", closing=26)
        self.assertEqual((report.stock_months, report.is_stuffed), (26 / 6, True))
        known = self.env["customer.metric"]._evaluate(
            ["stock_months", "stock_months_limit", "sell_through"], "2025-03-31", 3
        )[self.anna.id]
        self.assertAlmostEqual(float(known["stock_months"]), 26 / 6)
        self.assertEqual(known["stock_months_limit"], 2)
        self.assertEqual(known["sell_through"], 18 / 24)
        rule = self.env.ref("customer_channels.alert_rule_channel_stuffing")
        self.assertIn(self.anna.id, rule._try(self.company, "2025-03-31").get(rule.id, []))

    def test_products_are_filled_in_from_stock_and_purchases(self):
        self._report("2025-01-01", closing=8, opening=10)
        self._sell(50, "2025-02-10", product=self.spade)
        report = self.env["customer.dealer.stock.report"].create(
            {"dealer_id": self.dealer.id, "month": "2025-02-01"}
        )
        report.action_fill()
        self.assertEqual(report.line_ids.product_id, self.pot + self.spade)

    def test_a_dealer_reports_a_month_once(self):
        self._report("2025-01-01", closing=8)
        with mute_logger("odoo.sql_db"), self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
            self._report("2025-01-20", closing=8)

    def test_what_is_filed_stays_until_a_manager_takes_it_back(self):
        report = self._report("2025-01-01", closing=8)
        self.anna.user_id = self.seller
        own = report.with_user(self.seller)
        for change in (
            lambda: own.line_ids.write({"closing": 1}),
            lambda: own.write({"note": "x"}),
            lambda: own.write({"state": "draft"}),
            lambda: own.line_ids.unlink(),
            lambda: own.action_take_back(),
            lambda: self.env["customer.dealer.stock.line"]
            .with_user(self.seller)
            .create({"report_id": report.id, "product_id": self.spade.id}),
        ):
            with self.assertRaises(UserError):
                change()
        report.with_user(self.boss).action_take_back()
        own.line_ids.closing = 1

    def test_dealers_that_have_not_reported_are_listed(self):
        self._contract()
        action = self.env.ref("customer_channels.dealer_stock_missing_action")
        domain = action._get_action_dict()["domain"]
        missing = self.env["customer.dealer"].search(safe_eval(domain))
        self.assertIn(self.dealer, missing)
        self._report(self.today.replace(day=1), closing=1)
        self.assertNotIn(self.dealer, self.env["customer.dealer"].search(safe_eval(domain)))

    def test_months_without_a_filed_report_are_counted(self):
        self._report("2025-01-01", closing=8)
        self._report("2025-02-01", closing=8, file=False)
        both = self.dealer + self.other_dealer
        self.assertEqual(
            both._reports_missing("2025-01-01", "2025-03-31"), {self.dealer.id: 2, self.other_dealer.id: 3}
        )
        self.assertEqual(both._reports_missing(self.today.replace(day=1), self.today), {})

    def test_reports_filed_are_counted_by_whole_months(self):
        self._contract(date_from="2025-01-01", date_to=f"{self.today.year + 1}-12-31")
        self._report("2025-01-01", closing=8)
        self._report("2025-03-01", closing=8)
        for day in ("2025-03-31", "2025-04-15"):
            known = self.env["customer.metric"]._evaluate(["stock_report_rate"], day, 3)
            with self.subTest(day):
                self.assertAlmostEqual(float(known[self.anna.id]["stock_report_rate"]), 2 / 3)


@tagged("post_install", "-at_install")
class TestChannelMetrics(ConductCase):
    def test_one_dealer_above_a_fifth_and_three_above_two_fifths_are_too_large(self):
        shares = (22, 12, 9, *[57 / 14] * 14)
        for number, share in enumerate(shares):
            partner = (
                self.anna if not number else self._create_partner(name=f"Dealer {number}", is_company=True)
            )
            if number:
                self._dealer(partner)
            self._sell(share * 100, "2025-03-10", partner=partner)
        names = ["channel_share", "channel_share_limit", "channel_top_share", "channel_top_limit"]
        known = self.env["customer.metric"]._evaluate(names, "2025-12-31", partners=self.anna)[self.anna.id]
        self.assertAlmostEqual(float(known["channel_share"]), 0.22, 4)
        self.assertAlmostEqual(float(known["channel_top_share"]), 0.43, 4)
        self.assertEqual((float(known["channel_share_limit"]), float(known["channel_top_limit"])), (0.2, 0.4))
        one = self.env.ref("customer_channels.alert_rule_channel_concentration")
        three = self.env.ref("customer_channels.alert_rule_channel_top_three")
        found = (one + three)._try(self.company, "2025-12-31")
        self.assertEqual(found[one.id], [self.anna.id])
        self.assertEqual(len(found[three.id]), 3)

    def test_funds_are_the_own_ones_and_the_limit(self):
        self._sell(36500, "2025-03-10")
        self.company.customer_dealer_store_days = 75
        metrics = self.env["customer.metric"]
        names = ["funding_need", "funding_capacity"]
        known = metrics._evaluate(names, self.today.replace(year=2025, month=12, day=31), partners=self.anna)
        self.assertEqual(known[self.anna.id], {"funding_need": 7500, "funding_capacity": None})
        self.dealer.write({"has_own_funds": True, "own_funds": 0})
        self._account(self.anna, 5000)
        known = metrics._evaluate(names, "2025-12-31", partners=self.anna)
        self.assertEqual(known[self.anna.id]["funding_capacity"], 5000)

    def test_settings_of_policies_say_what_is_set(self):
        settings = self.env["customer.policy.setting"].search([("code", "in", self._codes())])
        self.assertEqual(len(settings), len(self._codes()))
        values = settings._values(self.company)
        self.assertIn("20", values["channel_concentration"])
        self.assertIn("<table", values["violation_ladder"])
        self.assertIn("<table", values["exit_phases"])
        self.company.customer_dealer_stock_months = 3
        self.assertEqual(settings._values(self.company)["stock_months_limit"], "3")

    def _codes(self):
        return [
            "channel_concentration",
            "dealer_targets_rules",
            "dealer_deposit_rules",
            "violation_ladder",
            "territory_actions",
            "stock_months_limit",
            "exit_phases",
            "funding_rule",
        ]
