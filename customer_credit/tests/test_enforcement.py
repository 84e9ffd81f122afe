from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..exceptions import CreditHoldError
from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestRoads(CreditCase):
    """No order, delivery or invoice slips past a limit, on whatever road it comes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account(limit=1000)

    def assertHeld(self, order):
        self.assertIn(order.state, ("draft", "sent"))
        self.assertEqual(order.credit_state, "held")
        self.assertEqual(order.credit_hold_ids.filtered(lambda hold: hold.state == "held").amount, 1100)

    def test_an_order_within_the_limit_is_confirmed_and_the_next_one_is_held(self):
        first = self._order((self.service, 12))
        self.assertEqual((first.state, first.credit_state), ("sale", "passed"))
        second = self._order((self.service, 10))
        self.assertEqual((second.state, second.credit_state), ("draft", "held"))
        hold = second.credit_hold_ids
        self.assertEqual((hold.limit, hold.exposure, hold.amount, hold.excess), (1000, 600, 500, 100))
        self.assertIn("1,100.00", str(hold.reasons))

    def test_exactly_the_limit_passes(self):
        self.assertEqual(self._order((self.service, 20)).state, "sale")

    def test_no_limit_passes_and_zero_holds(self):
        self.assertEqual(self._order((self.service, 900), partner=self.boris).state, "sale")
        self._account(self.boris, limit=0)
        self.assertEqual(self._order((self.service, 1), partner=self.boris).state, "draft")

    def test_cash_only_passes_what_is_paid_in_advance(self):
        self._account(self.boris, limit=0)
        self._payment(50, "2024-01-15", self.boris)
        self.assertEqual(self._order((self.service, 1), partner=self.boris).state, "sale")
        self.assertEqual(self._order((self.service, 1), partner=self.boris).state, "draft")

    def test_a_batch_confirms_what_passes_and_holds_the_rest(self):
        orders = self.env["sale.order"].union(*(self._quotation((self.service, 8)) for _i in range(4)))
        orders.action_confirm()
        self.assertEqual(orders.mapped("state"), ["sale", "sale", "draft", "draft"])
        self.assertEqual(orders.mapped("credit_state"), ["passed", "passed", "held", "held"])

    def test_writing_the_state_is_refused_and_says_by_how_much(self):
        order = self._quotation((self.service, 22))
        with self.assertRaisesRegex(CreditHoldError, "100.00 too much"):
            order.write({"state": "sale"})
        with self.assertRaises(CreditHoldError):
            order.copy().write({"state": "sale", "order_line": []})

    def test_an_order_cannot_be_made_as_confirmed(self):
        line = Command.create({"product_id": self.service.id, "product_uom_qty": 22, "tax_ids": False})
        values = {"partner_id": self.anna.id, "state": "sale", "order_line": [line]}
        with self.assertRaises(CreditHoldError):
            self.env["sale.order"].create(values)

    def test_a_confirmed_order_does_not_grow_past_the_limit(self):
        order = self._order((self.service, 10))
        line = order.order_line
        line.product_uom_qty = 20
        for change in ({"product_uom_qty": 22}, {"price_unit": 60}):
            with self.subTest(change), self.assertRaises(CreditHoldError), self.env.cr.savepoint():
                line.write(change)
        with self.assertRaises(CreditHoldError), self.env.cr.savepoint():
            order.write({"order_line": [Command.create({"product_id": self.service.id, "tax_ids": False})]})
        with self.assertRaises(CreditHoldError), self.env.cr.savepoint():
            self.env["sale.order.line"].create({"order_id": order.id, "product_id": self.service.id})
        order.invalidate_recordset()
        self.assertEqual(order.amount_total, 1000)
        line.product_uom_qty = 5
        self.assertEqual(order.amount_total, 250)

    def test_several_changes_of_one_order_are_decided_together(self):
        order = self._order((self.service, 10), (self.goods, 4))
        service, goods = order.order_line
        order.write(
            {
                "order_line": [
                    Command.update(service.id, {"product_uom_qty": 16}),
                    Command.update(goods.id, {"product_uom_qty": 2}),
                ]
            }
        )
        self.assertEqual(order.amount_total, 1000)

    def test_another_payer_is_checked_against_its_own_limit(self):
        order = self._order((self.service, 10), partner=self.boris)
        self._order((self.service, 15))
        with self.assertRaises(CreditHoldError):
            order.partner_invoice_id = self.anna_buyer

    def test_longer_terms_than_agreed_are_held(self):
        thirty, ninety = self._create_term((100, 30)), self._create_term((100, 90))
        self.account.sudo().payment_term_id = thirty
        order = self._order((self.service, 1), payment_term_id=thirty.id)
        self.assertEqual(order.state, "sale")
        with self.assertRaisesRegex(CreditHoldError, "90 days, 30 at most"):
            order.payment_term_id = ninety
        self.assertEqual(self._order((self.service, 1), payment_term_id=ninety.id).credit_state, "held")

    def test_a_copy_of_a_released_order_is_held_again(self):
        order = self._quotation((self.service, 22))
        order.action_confirm()
        self._release(order)
        self.assertEqual((order.state, order.credit_state), ("sale", "released"))
        copy = order.copy()
        copy.action_confirm()
        self.assertEqual((copy.state, copy.credit_state), ("draft", "held"))

    def test_other_currencies_count_at_the_rate_of_the_order(self):
        other = self._enable_currency("EUR")
        self.env["res.currency.rate"].search([("currency_id", "=", other.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": other.id, "name": "2000-01-01", "rate": 2.0, "company_id": self.env.company.id}
        )
        prices = self.env["product.pricelist"].create({"name": "EUR", "currency_id": other.id})
        line = [Command.create({"product_id": self.service.id, "price_unit": 2000, "tax_ids": False})]
        values = {"partner_id": self.anna.id, "pricelist_id": prices.id, "order_line": line}
        fits = self.env["sale.order"].create(values)
        fits.order_line.price_unit = 2000
        fits.action_confirm()
        self.assertEqual(fits.state, "sale")
        self.assertEqual(fits.credit_decision_ids.amount, 1000)

    @classmethod
    def _enable_currency(cls, name):
        currency = cls.env["res.currency"].with_context(active_test=False).search([("name", "=", name)])
        currency.active = True
        return currency

    def _release(self, order, **values):
        """Release the hold of an order as a credit manager who did not want the order."""
        manager = new_test_user(
            self.env,
            f"release_{order.id}",
            "customer_credit.group_credit_manager,sales_team.group_sale_manager,account.group_account_invoice",
            company_id=self.env.company.id,
            company_ids=self.env.company.ids,
        )
        hold = order.credit_hold_ids.filtered(lambda one: one.state == "held")
        hold.with_user(manager)._grant({"reason": "They pay on Friday", **values})
        return hold


@tagged("post_install", "-at_install")
class TestDeliveryAndInvoice(CreditCase):
    """Deliveries and invoices are decided as well; what was shipped can always be invoiced."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account(limit=1000)

    def test_a_cut_limit_holds_the_delivery_and_its_backorder(self):
        order = self._order((self.goods, 10))
        self._ship(order, 4)
        self._limit(self.account, 500, self.today)
        picking = order.picking_ids.filtered(lambda one: one.state not in ("done", "cancel"))
        picking.move_ids.quantity = 6
        picking.button_validate()
        self.assertNotEqual(picking.state, "done")
        hold = self.env["customer.credit.hold"].search([("picking_id", "=", picking.id)])
        self.assertEqual((hold.state, hold.stage, hold.excess), ("held", "delivery", 500))
        with self.assertRaises(CreditHoldError):
            picking._action_done()
        hold.action_recheck()
        self.assertEqual(hold.state, "held", "Nothing has changed")
        self._limit(self.account, 2000, self.today)
        hold.action_recheck()
        self.assertEqual(hold.state, "cured")
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_what_was_shipped_is_invoiced_even_when_credit_is_stopped(self):
        order = self._order((self.goods, 10))
        self._ship(order, 10)
        self.account.write({"is_stopped": True, "stop_reason": "Insolvency"})
        invoice = order._create_invoices()
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_an_invoice_without_an_order_is_held_and_posted_by_cron_it_stays_a_draft(self):
        invoice = self.env["account.move"].create(self._invoice_values(1200, self.today))
        invoice.action_post()
        self.assertEqual(invoice.state, "draft")
        hold = self.env["customer.credit.hold"].search([("move_id", "=", invoice.id)])
        self.assertEqual((hold.state, hold.stage, hold.amount, hold.excess), ("held", "invoice", 1200, 200))
        with self.assertRaises(CreditHoldError):
            invoice._post(soft=False)
        self._payment(300, self.today)
        hold.action_recheck()
        self.assertEqual((invoice.state, hold.state), ("posted", "cured"))

    def test_an_invoice_within_the_limit_is_posted(self):
        invoice = self._invoice(1000, self.today)
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(self._order((self.service, 1)).credit_state, "held")
