"""What comes later: corrections of settled periods, goods credits drawn by orders, former territories."""

from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import RebateStateError
from .rebate_case import RebateCase


@tagged("post_install", "-at_install")
class TestCorrections(RebateCase):
    def _return(self, invoice, day):
        values = [{"date": day, "invoice_date": day}]
        note = invoice._reverse_moves(values)
        note.action_post()
        return note

    def test_what_comes_back_later_is_taken_back_in_the_next_statement(self):
        following = self._contract(date_from="2026-01-01", date_to="2026-12-31")
        plan = self._plan(
            (0, 10),
            (100, 20),
            contracts=self.contract + following,
        )
        invoice = self._sell(200, "2025-05-05")
        settled = self._settled(self._statement(plan))
        self.assertEqual(settled.amount, 30)
        self._return(invoice, "2026-02-01")
        self._sell(50, "2026-03-01")
        later = self._statement(plan, "2026-12-31", today="2027-01-15")
        self.assertExplained(later, [("tier", 5), ("clawback", -30)])
        self._confirmed(later)
        self._contract(date_from="2027-01-01", date_to="2027-12-31", rebate_plan_ids=[Command.link(plan.id)])
        self.assertFalse(self._statement(plan, "2027-12-31", today="2028-01-15").line_ids, "once")

    def test_a_cancelled_invoice_is_taken_back_as_well(self):
        plan = self._plan((0, 10), period="month")
        self._sell(100, "2025-05-05")
        gone = self._sell(70, "2025-05-06")
        self._settled(self._statement(plan, "2025-05-31"))
        gone.button_draft()
        gone.button_cancel()
        self.assertExplained(self._statement(plan, "2025-06-30"), [("clawback", -7)])

    def test_after_a_time_nothing_is_corrected(self):
        plan = self._plan((0, 10), period="month", clawback_months=1)
        gone = self._sell(70, "2025-05-06")
        self._settled(self._statement(plan, "2025-05-31"))
        gone.button_draft()
        gone.button_cancel()
        self.assertFalse(self._statement(plan, "2025-07-31").line_ids)

    def test_or_returns_reduce_the_period_in_which_they_come(self):
        plan = self._plan((0, 10), period="month", returns_in="period")
        invoice = self._sell(100, "2025-05-05")
        self._settled(self._statement(plan, "2025-05-31"))
        self._sell(300, "2025-06-05")
        self._return(invoice, "2025-06-10")
        self.assertExplained(self._statement(plan, "2025-06-30"), [("tier", 20)])

    def test_an_interim_carries_the_correction_and_the_year_keeps_it(self):
        contract = self._contract(date_from="2026-01-01", date_to="2026-12-31")
        plan = self._plan((0, 10), contracts=self.contract + contract, interim="quarter")
        invoice = self._sell(100, "2025-05-05")
        self._settled(self._statement(plan))
        self._return(invoice, "2026-01-20")
        self._sell(500, "2026-02-01")
        interim = self._statement(plan, "2026-02-01", "interim", today="2027-01-15")
        self.assertExplained(interim, [("tier", 50), ("clawback", -10)])
        self._settled(interim)
        final = self._statement(plan, "2026-12-31", today="2027-01-15")
        self.assertExplained(final, [("tier", 50), ("interim", -50)])


@tagged("post_install", "-at_install")
class TestGoodsCredit(RebateCase):
    def _credit(self):
        self._pay(self._sell(1000, "2025-05-05"), 1000, "2025-05-06")
        return self._settled(self._statement(self._plan((0, 10), settle_by="goods")))

    def _left(self, statement):
        statement.invalidate_recordset(["goods_left"])
        return statement.goods_left

    def test_a_goods_credit_is_drawn_down_to_zero(self):
        statement = self._credit()
        self.assertEqual((statement.state, statement.goods_left), ("settled", 100))
        self.assertFalse(statement.move_id)
        order = self._quotation((self.service, 1))
        self.assertTrue(order.has_goods_credit)
        order.action_use_goods_credit()
        self.assertEqual((order.amount_untaxed, self._left(statement)), (0, 50))
        other = self._quotation((self.service, 3))
        other.action_use_goods_credit()
        self.assertEqual((other.amount_untaxed, self._left(statement)), (100, 0))
        self.assertFalse(self._quotation((self.service, 1)).has_goods_credit)
        order.action_cancel()
        self.assertEqual(self.dealer._rebates_open(), {self.dealer.id: 50})

    def test_no_more_is_drawn_than_is_left(self):
        self._credit()
        order = self._quotation((self.service, 5))
        order.action_use_goods_credit()
        line = order.order_line.filtered("rebate_statement_id")
        for values in ({"price_unit": -101}, {"product_uom_qty": 2}, {"price_unit": 10}):
            with self.subTest(values), self.assertRaises(RebateStateError), self.env.cr.savepoint():
                line.write(values)
        with self.assertRaises(RebateStateError), self.env.cr.savepoint():
            order.partner_id = self.boris

    def test_what_is_drawn_is_no_smaller_sale(self):
        self._credit()
        order = self._quotation((self.service, 5))
        order.action_use_goods_credit()
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.invoice_date = "2025-06-06"
        invoice.action_post()
        self.assertEqual(invoice.amount_untaxed, 150)
        sales = self.env["customer.dealer.sales"]._amounts(self.env.company, "2025-06-01", "2025-06-30")
        self.assertEqual(sales[self.dealer.id]["amount"], 250)


@tagged("post_install", "-at_install")
class TestResidual(RebateCase):
    def test_the_former_dealer_keeps_a_declining_part(self):
        contract = self._contract(date_from="2026-01-01", date_to="2026-12-31")
        plan = self._plan((0, 10), (100, 20), contracts=self.contract + contract)
        self.env["customer.dealer.residual"].create(
            {
                "dealer_id": self.dealer.id,
                "successor_id": self.other_dealer.id,
                "plan_id": plan.id,
                "date_from": "2025-01-01",
            }
        )
        self._sell(300, "2025-05-05", partner=self.boris)
        self._sell(300, "2026-05-05", partner=self.boris)
        self._sell(40, "2025-05-05")
        self.assertExplained(self._statement(plan), [("tier", 4), ("residual", 50)])
        self.assertExplained(self._statement(plan, "2026-12-31", today="2027-01-15"), [("residual", 25)])

    def test_only_what_is_delivered_there_counts(self):
        plan = self._plan((0, 10), contracts=self.contract)
        shop = self._create_partner(name="Shop", parent_id=self.boris.id, type="delivery", city="Springfield")
        self.env["customer.dealer.residual"].create(
            {
                "dealer_id": self.dealer.id,
                "successor_id": self.other_dealer.id,
                "plan_id": plan.id,
                "date_from": "2025-01-01",
                "area_id": self.city.id,
            }
        )
        self._sell(300, "2025-05-05", partner=self.boris, partner_shipping_id=self.boris.id)
        self._sell(100, "2025-05-05", partner=self.boris, partner_shipping_id=shop.id)
        statement = self._statement(plan)
        self.assertExplained(statement, [("residual", 10)])
        self.assertIn("Boris", statement.line_ids.name)
