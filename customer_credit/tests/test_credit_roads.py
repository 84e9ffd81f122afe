"""Roads by which somebody might pass a limit of 1,000 unseen: each ends at the same rules."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import CreditHoldError, CreditWriteError
from .credit_case import CreditCase


class RoadCase(CreditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account(limit=1000)
        cls.sales = cls._user("roads_sales", "customer_management.group_customer_user")
        cls.clerk = cls._user("roads_stock", "stock.group_stock_user")
        cls.heavy = cls.env["res.currency"].create(
            {
                "name": "BIG",
                "symbol": "B",
                "rate_ids": [
                    Command.create({"name": "2020-01-01", "rate": 0.01}),
                    Command.create({"name": "2023-01-01", "rate": 1}),
                ],
            }
        )

    def _mine(self, order):
        """Return an order as its salesperson has it."""
        order.sudo().user_id = self.sales
        return order.with_user(self.sales)

    def _line(self, **values):
        return {"product_id": self.service.id, "tax_ids": [Command.clear()], "product_uom_qty": 100, **values}

    def assertStays(self, document, step, state):
        """Assert that a document is held or refused, whichever the road does."""
        try:
            getattr(document, step)()
        except UserError:
            return
        self.assertNotEqual(document.state, state)


@tagged("post_install", "-at_install")
class TestOrderRoads(RoadCase):
    def test_the_context_confirms_no_order(self):
        orders = self.env["sale.order"].with_user(self.sales).with_context(default_state="sale")
        self.account.sudo().write({"is_stopped": True, "stop_reason": "Insolvency"})
        for lines in ([Command.create(self._line())], []):
            with self.assertRaises(CreditHoldError):
                orders.create({"partner_id": self.anna.id, "order_line": lines})

    def test_a_line_finds_its_order_by_a_default_and_is_decided(self):
        order = self._mine(self._order((self.service, 1)))
        lines = order.env["sale.order.line"]
        with self.assertRaises(CreditHoldError):
            lines.with_context(default_order_id=order.id).create(self._line())
        order.env["ir.default"].set("sale.order.line", "order_id", order.id, user_id=True)
        with self.assertRaises(CreditHoldError):
            lines.create(self._line())

    def test_who_calls_a_line_an_expense_or_an_advance_is_not_believed(self):
        order = self._mine(self._order((self.service, 1)))
        with self.assertRaises(CreditHoldError):
            order.env["sale.order.line"].create(self._line(order_id=order.id, is_expense=True))
        quotation = self._quotation()
        quotation.order_line = [Command.create(self._line(is_downpayment=True, price_unit=50))]
        quotation.action_confirm()
        self.assertEqual(quotation.credit_state, "held")

    def test_another_currency_makes_the_same_total_larger(self):
        prices = self.env["product.pricelist"].create({"name": "B", "currency_id": self.heavy.id})
        quotation = self._quotation((self.service, 1), pricelist_id=prices.id)
        # In 2022 a unit of it was worth a hundred.
        quotation.action_confirm()
        self.assertEqual(quotation.state, "sale")
        with self.assertRaises(CreditHoldError):
            self._mine(quotation).write({"date_order": "2022-01-01"})
        later = self._mine(self._quotation((self.service, 1), pricelist_id=prices.id))
        with self.assertRaises(CreditHoldError):
            later.write({"state": "sale", "date_order": "2022-01-01"})
        self.heavy.rate_ids[-1:].unlink()
        self.heavy.rate_ids.rate = 0.01
        order = self._mine(self._order((self.service, 1)))
        with self.assertRaises(CreditHoldError):
            order.write({"currency_id": self.heavy.id})
        quotation = self._mine(self._quotation((self.service, 1)))
        with self.assertRaises(CreditHoldError):
            quotation.write({"pricelist_id": prices.id, "state": "sale"})

    def test_the_payer_of_an_account_or_of_open_orders_does_not_change_in_passing(self):
        free = self.env["res.partner"].create({"name": "Free", "is_company": True})
        clerk = self.env["res.partner"].create(
            {"name": "Clerk", "parent_id": self.anna.id, "type": "invoice"}
        )
        self._order((self.service, 1), partner_invoice_id=clerk.id)
        for partner in (self.anna, clerk):
            for values in ({"parent_id": free.id, "is_company": False}, {"commercial_partner_id": free.id}):
                with self.subTest(values), self.assertRaises(CreditWriteError), self.env.cr.savepoint():
                    partner.with_user(self.sales).write(values)
        colleague = self.env["res.partner"].create({"name": "Colleague", "parent_id": self.anna.id})
        colleague.with_user(self.sales).write({"parent_id": free.id})
        controller = self._user("roads_credit", "customer_credit.group_credit_controller")
        clerk.with_user(controller).write({"parent_id": free.id})
        self.assertEqual(clerk.commercial_partner_id, free)

    def test_figures_are_not_written_on_any_road(self):
        order = self._mine(self._order((self.service, 20)))
        for document, values in (
            (order, {"invoice_status": "invoiced"}),
            (order, {"currency_rate": 1e9}),
            (order, {"amount_total": 1}),
            (order.order_line, {"price_total": 0.01}),
            (order.order_line, {"qty_invoiced": 1000}),
        ):
            with self.subTest(values), self.assertRaises(CreditWriteError):
                document.write(values)
        with self.assertRaises(CreditWriteError):
            order.order_line = [Command.create(self._line(price_total=0.01))]
        columns = ["partner_id/.id", "order_line/product_id/.id", "order_line/price_total"]
        found = order.load(columns, [[str(self.anna.id), str(self.service.id), "0.01"]])
        self.assertFalse(found["ids"])

    def test_more_services_are_not_delivered_by_hand_than_the_limit_bears(self):
        order = self._mine(self._order((self.service, 1)))
        order.order_line.write({"qty_delivered": 1})
        with self.assertRaises(CreditHoldError):
            order.order_line.write({"qty_delivered": 100})

    def test_a_discount_line_does_not_leave_once_the_order_is_confirmed(self):
        order = self._quotation((self.service, 100))
        order.order_line = [Command.create(self._line(product_uom_qty=1, price_unit=-4950))]
        order = self._mine(order)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        with self.assertRaises(CreditHoldError):
            order.write({"order_line": [Command.update(order.order_line[1].id, {"price_unit": 0})]})


@tagged("post_install", "-at_install")
class TestGoodsRoads(RoadCase):
    def _ready(self, order, quantity):
        """Return the delivery of an order as the warehouse has it, with a quantity picked."""
        picking = order.picking_ids.with_user(self.clerk).with_context(skip_backorder=True)
        picking.move_ids.write({"quantity": quantity, "picked": True})
        return picking

    def _move(self, picking, quantity):
        move = picking.move_ids[:1]
        return {
            "product_id": self.goods.id,
            "product_uom_qty": quantity,
            "quantity": quantity,
            "picked": True,
            "location_id": move.location_id.id,
            "location_dest_id": move.location_dest_id.id,
        }

    def test_no_more_is_shipped_than_ordered_unless_the_limit_bears_it(self):
        picking = self._ready(self._order((self.goods, 1)), 11)
        self.assertStays(picking, "button_validate", "done")
        self.assertStays(picking, "_action_done", "done")
        picking.move_ids.quantity = 10
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_goods_that_are_added_by_hand_count(self):
        picking = self._ready(self._order((self.goods, 1)), 1)
        picking.env["stock.move"].create({**self._move(picking, 10), "picking_id": picking.id})
        self.assertStays(picking, "button_validate", "done")

    def test_goods_without_an_order_count_at_their_price(self):
        like = self._ready(self._order((self.goods, 1)), 1)
        picking = like.copy({"sale_id": False, "partner_id": self.anna.id, "move_ids": []})
        picking.move_ids = [Command.create(self._move(like, 10))]
        self.assertStays(picking, "button_validate", "done")
        picking.move_ids.quantity = 9
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_a_delivery_keeps_its_customer(self):
        picking = self._ready(self._order((self.goods, 10)), 10)
        with self.assertRaises(CreditWriteError):
            picking.write({"sale_id": False, "partner_id": False})
        other = self.env["res.partner"].create({"name": "Cash only"})
        self._account(other, limit=0)
        picking.write({"sale_id": False, "partner_id": other.id})
        self.assertStays(picking, "button_validate", "done")

    def test_an_internal_transfer_whose_goods_go_to_a_customer_is_a_delivery(self):
        picking = self._ready(self._order((self.goods, 10)), 10)
        self._limit(self.account, 500, self.today)
        customers = picking.location_dest_id
        picking.location_dest_id = picking.location_id
        picking.move_line_ids.location_dest_id = customers
        self.assertStays(picking, "button_validate", "done")


@tagged("post_install", "-at_install")
class TestInvoiceRoads(RoadCase):
    def test_an_invoice_asks_for_no_more_than_its_order(self):
        invoice = self._order((self.service, 1))._create_invoices()
        invoice.invoice_line_ids.price_unit = 1001
        self.assertStays(invoice, "action_post", "posted")
        invoice.invoice_line_ids.price_unit = 900
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_an_order_line_covers_itself_once_and_its_own_payer(self):
        order, other_order = self._order((self.service, 1)), self._order((self.service, 1))
        other = self.env["res.partner"].create({"name": "Cash only"})
        self._account(other, limit=0)
        moved = other_order._create_invoices()
        moved.partner_id = other
        self.assertStays(moved, "action_post", "posted")
        invoice = self.env["account.move"].create(self._invoice_values(1200, self.today))
        invoice.invoice_line_ids.sale_line_ids = order.order_line
        self.assertStays(invoice, "action_post", "posted")

    def test_delivered_goods_are_invoiced_in_parts_with_tax_whatever_the_limit(self):
        tax = self.env["account.tax"].create({"name": "13", "amount": 13, "amount_type": "percent"})
        order = self._quotation((self.goods, 3))
        order.order_line.write({"tax_ids": [Command.set(tax.ids)], "price_unit": 33.335})
        order.action_confirm()
        self.account.sudo().write({"is_stopped": True, "stop_reason": "Insolvency"})
        for part in (1, 2):
            order.order_line.sudo().qty_delivered = part * 1.5
            invoice = order._create_invoices()
            invoice.action_post()
            self.assertEqual(invoice.state, "posted")

    def test_writing_the_state_of_an_invoice_posts_nothing_that_is_held(self):
        invoice = self.env["account.move"].create(self._invoice_values(1200, self.today))
        with self.assertRaises(CreditHoldError):
            invoice.write({"state": "posted"})
