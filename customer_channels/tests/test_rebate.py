"""What dealers earn: rates, bands, conditions, returns, receipts, with the numbers of the handbook's practice."""

import doctest
from decimal import Decimal

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..exceptions import RebatePlanError
from ..tools import rebate_math
from .rebate_case import RebateCase

SEGMENTS = ((0, 1), (100, 2), (300, 3), (600, 4))
KNOWN_BUG = ((0, 10), (100, 20), (300, 30))
BANDS = ((15, 100), (30, 80), (45, 50))


@tagged("post_install", "-at_install")
class TestRates(RebateCase):
    def test_the_examples_in_the_arithmetic_hold(self):
        self.assertEqual(doctest.testmod(rebate_math).failed, 0)

    def test_each_part_has_its_own_rate(self):
        self._sell(750, "2025-05-05")
        statement = self._statement(self._plan(*SEGMENTS))
        self.assertExplained(statement, [("tier", 1), ("tier", 4), ("tier", 9), ("tier", 6)])
        self.assertEqual((statement.base, statement.amount), (750, 20))

    def test_or_all_has_the_rate_that_is_reached(self):
        self._sell(750, "2025-05-05")
        statement = self._statement(self._plan(*SEGMENTS, mode="whole"))
        self.assertExplained(statement, [("tier", 30)])

    def test_tiers_that_a_known_module_overpays(self):
        """OCA's agreement_rebate gives 1,120 and 1,870 here."""
        plan = self._plan(*KNOWN_BUG)
        self._sell(3800, "2025-05-05")
        self._sell(6000, "2025-05-05", partner=self.boris)
        statements = self._statements(plan)
        self.assertEqual(
            {one.dealer_id: one.amount for one in statements}, {self.dealer: 1100, self.other_dealer: 1760}
        )

    def test_whoever_reaches_a_tier_has_it(self):
        self._sell(300, "2025-05-05")
        self.assertEqual(self._statement(self._plan(*SEGMENTS, mode="whole")).amount, 9)

    def test_settled_late_it_is_worth_less(self):
        """750 at 1/2/3/4 % are 20; collected after 16 to 30 days 80 % of it: 16."""
        self._pay(self._sell(750, "2025-05-05"), 750, "2025-05-30")
        statement = self._statement(self._plan(*SEGMENTS, bands=BANDS))
        self.assertEqual(statement.amount, 16)
        self.assertExplained(statement)

    def test_each_receipt_counts_by_its_own_days(self):
        invoice = self._sell(1000, "2025-05-01")
        for amount, day in (
            (400, "2025-05-16"),
            (300, "2025-05-17"),
            (200, "2025-06-10"),
            (100, "2025-09-01"),
        ):
            self._pay(invoice, amount, day)
        statement = self._statement(self._plan((0, 10), bands=BANDS))
        self.assertEqual(statement.amount, 40 + 24 + 10)
        self.assertExplained(statement, [("tier", 100), ("band", -6), ("band", -10), ("band", -10)])

    def test_only_what_was_collected_in_the_period_counts(self):
        invoice = self._sell(1000, "2025-12-01")
        self._pay(invoice, 333.33, "2025-12-20")
        self._pay(invoice, 666.67, "2026-01-10")
        self.assertEqual(self._statement(self._plan((0, 10), basis="collected")).base, 333.33)

    def test_a_rebate_of_a_quarter_ends_with_it(self):
        self._sell(100, "2025-03-31")
        self._sell(200, "2025-04-01")
        statement = self._statement(self._plan((0, 10), period="quarter"), "2025-02-01")
        self.assertEqual((statement.base, statement.amount), (100, 10))

    def test_a_brand_is_what_the_plan_counts(self):
        self._sell(100, "2025-05-05", product=self.pot)
        self._sell(50, "2025-05-05", product=self.spade)
        kitchen = self._plan((0, 10), categ_ids=self.kitchen.ids)
        rest = self._plan((0, 20), excluded_categ_ids=self.kitchen.ids)
        self.assertEqual(self._statement(kitchen).base, 100)
        self.assertEqual(self._statement(rest).base, 50)

    def test_no_more_than_the_cap(self):
        self._sell(1000, "2025-05-05")
        statement = self._statement(self._plan((0, 10), has_cap=True, cap=4))
        self.assertExplained(statement, [("tier", 100), ("cap", -60)])

    def test_half_a_point_for_each_fault(self):
        self._sell(1000, "2025-05-05")
        faults = self.env["customer.dealer.rebate.deduction"]
        for reason in ("Empty shelf", "Late at the fair"):
            faults.create({"dealer_id": self.dealer.id, "date": "2025-06-01", "reason": reason})
        statement = self._statement(self._plan((0, 4)))
        self.assertExplained(statement, [("tier", 40), ("points", -10)])

    def test_huge_amounts_are_exact(self):
        self._sell(98765432109.87, "2025-05-05")
        self.assertEqual(self._statement(self._plan((0, 3.33))).amount, 3288888889.26)

    def test_an_invoice_in_another_currency_counts_in_ours(self):
        euro = self.setup_other_currency("EUR", rates=[("2025-01-01", 0.5)])
        self._sell(100, "2025-05-05", currency_id=euro.id)
        self.assertEqual(self._statement(self._plan((0, 10))).base, 200)
        invoice = self._sell(100, "2025-06-05", currency_id=euro.id)
        self._pay(invoice, 40, "2025-06-07")
        self.assertEqual(self._statement(self._plan((0, 10), basis="collected")).base, 80)

    def test_sales_of_another_company_earn_nothing(self):
        other = self.setup_other_company()["company"]
        line = {"invoice_line_ids": [(0, 0, {"name": "Pot", "price_unit": 500, "tax_ids": [(5,)]})]}
        self._invoice(500, "2025-05-05", company=other, **line)
        self._sell(100, "2025-05-05")
        self.assertEqual(self._statement(self._plan((0, 10))).base, 100)

    def test_what_an_archived_plan_promised_is_owed(self):
        self._sell(100, "2025-05-05")
        plan = self._plan((0, 10))
        plan.active = False
        self.assertEqual(self._statement(plan).amount, 10)

    def test_without_an_agreement_nothing_counts(self):
        self._sell(100, "2025-05-05")
        plan = self._plan((0, 10))
        statement = self._statement(plan)
        self.assertEqual(statement.amount, 10)
        (self.contract + self.other_contract).sudo()._approval_write({"rebate_plan_ids": [(5,)]})
        self.engine._compute(statement)
        self.assertEqual((statement.base, statement.amount), (0, 0))

    def test_a_contract_that_began_later_counts_later(self):
        self._sell(100, "2025-05-05", partner=self.boris)
        late = self._contract(self._dealer(self._create_partner(name="Clara", is_company=True)), "2025-07-01")
        plan = self._plan((0, 10), contracts=late, needs_contract=True)
        self._sell(100, "2025-06-30", partner=late.partner_id)
        self._sell(40, "2025-07-01", partner=late.partner_id)
        statement = self._statements(plan)
        self.assertEqual(statement.dealer_id, late.dealer_id)
        self.assertEqual((statement.base, statement.amount), (40, 0))
        self.assertExplained(statement, [("tier", 4), ("condition", -4)])


@tagged("post_install", "-at_install")
class TestConditions(RebateCase):
    def _with(self, **answers):
        """Let the hooks of dealers answer for Anna Ltd."""
        for name, value in answers.items():
            self.patch(
                self.registry["customer.dealer"],
                name,
                lambda dealers, first, last, v=value: {self.dealer.id: v},
            )

    def test_without_the_target_there_is_nothing(self):
        self._sell(1000, "2025-05-05")
        plan = self._plan((0, 10), min_attainment=90)
        statement = self._statement(plan)
        self.assertExplained(statement, [("tier", 100), ("condition", -100)])
        self.assertIn("no target", statement.line_ids[-1].name)
        for ratio, amount in ((0.89, 0), (0.9, 100)):
            self._with(_attainments=ratio)
            self.assertEqual(self._statement(plan).amount, amount)

    def test_a_proven_violation_costs_all_and_each_condition_is_named(self):
        self._sell(1000, "2025-05-05")
        self._with(_violations_proven=1, _reports_missing=2)
        statement = self._statement(self._plan((0, 10), no_violation=True, needs_reports=True))
        self.assertExplained(statement, [("tier", 100), ("condition", -100), ("condition", 0)])
        self.assertEqual(statement.lost, 100)

    def test_one_arrear_costs_all_unless_it_is_tolerated(self):
        self._sell(1000, "2025-12-20")
        plan = self._plan((0, 10), no_overdue=True)
        self.assertEqual(self._statement(plan).amount, 0)
        plan.overdue_days = 11
        self.assertEqual(self._statement(plan).amount, 100)

    def test_while_the_period_runs_it_shows_what_to_expect(self):
        self._sell(1000, "2025-05-05")
        statement = self._statement(self._plan((0, 10), min_attainment=90), today="2025-08-01")
        self.assertEqual((statement.state, statement.amount), ("accruing", 100))

    def test_receipts_of_a_year_by_how_far_the_target_was_reached(self):
        """60 to 100 %: 4 %; from 100 %: 6 %, and 8 % on the excess; below 60 % nothing."""
        self._pay(self._sell(1000, "2025-05-05"), 1000, "2025-05-06")
        tiers = ((0, 0), (60, 4), (100, 6))
        plan = self._plan(*tiers, basis="collected", measure="attainment", mode="whole")
        excess = self._plan((0, 8), basis="collected", kind="excess")
        for ratio, regular, more in ((0.5, 0, 0), (0.6, 40, 0), (1.0, 60, 0), (1.25, 60, 16)):
            with self.subTest(ratio):
                self._with(_attainments=ratio)
                self.assertEqual(self._statement(plan).amount, regular)
                self.assertEqual(self._statement(excess).amount, more)


@tagged("post_install", "-at_install")
class TestPlan(RebateCase):
    def test_tiers_begin_at_zero(self):
        with self.assertRaises(ValidationError):
            self._plan((100, 10))
        with self.assertRaises(ValidationError):
            self._plan()

    def test_a_plan_that_was_used_stays_as_it_is(self):
        self._sell(100, "2025-05-05")
        plan = self._plan((0, 10))
        self._confirmed(self._statement(plan))
        for change in (
            lambda: plan.write({"mode": "whole"}),
            lambda: plan.tier_ids.write({"rate": 20}),
            lambda: plan.write({"tier_ids": [(0, 0, {"amount_from": 5, "rate": 50})]}),
            lambda: plan.tier_ids.unlink(),
            lambda: plan.unlink(),
        ):
            with self.assertRaises(RebatePlanError), self.env.cr.savepoint():
                change()
        plan.name = "Rebate 2025"
        self.assertEqual(plan.copy().tier_ids.rate, 10)

    def test_a_plan_does_not_enter_contracts_by_itself(self):
        plan = self._plan((0, 10))
        for change in (
            lambda: plan.write({"contract_ids": [(4, self.contract.id)]}),
            lambda: plan.create({"name": "Mine", "contract_ids": [(4, self.contract.id)]}),
        ):
            with self.assertRaises(RebatePlanError):
                change()
        self.assertFalse(plan.copy().contract_ids)

    def test_a_contract_tells_its_rebates(self):
        self._plan(*KNOWN_BUG, name="Of the year")
        text = str(self.contract._rebate_table())
        self.assertIn("Of the year", text)
        self.assertIn("from 300: 30 %", text)

    def test_exactness_is_that_of_decimals(self):
        self.assertEqual(rebate_math.exact(0.1), Decimal("0.1"))
