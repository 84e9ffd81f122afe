from datetime import datetime

from odoo.fields import Command
from odoo.tests import tagged

from .test_metrics import MetricCase


@tagged("post_install", "-at_install")
class TestOrderMetrics(MetricCase):
    """What customers order, and what is earned by it."""

    def _order(self, quantity=1, price=100.0, customer=None, day="2024-06-01 08:00:00", **values):
        """Return a confirmed order of rice cookers."""
        line = {"product_id": self.product.id, "product_uom_qty": quantity, "price_unit": price}
        line.update(
            {name: values.pop(name) for name in ("product_uom_id", "purchase_price") if name in values}
        )
        order = self.env["sale.order"].create(
            {"partner_id": (customer or self.anna).id, "order_line": [Command.create(line)], **values}
        )
        order.action_confirm()
        order.date_order = datetime.fromisoformat(day)
        return order

    def _bill(self, order, day="2024-06-10", post=True):
        """Return the invoice of all that was ordered."""
        order.order_line.filtered(lambda line: not line.is_downpayment).qty_delivered_method = "manual"
        for line in order.order_line.filtered(lambda line: not line.is_downpayment):
            line.qty_delivered = line.product_uom_qty
        invoice = order._create_invoices(final=True)
        invoice.write({"invoice_date": day, "date": day})
        if post:
            invoice.action_post()
        return invoice

    def test_the_margin_is_what_remains_after_the_cost_of_the_order(self):
        self._bill(self._order(10))
        self.assertEqual(self._value("margin"), 400)
        self.assertEqual(self._value("margin_rate"), 0.4)

    def test_a_cost_that_changes_later_leaves_the_margin_of_the_past_alone(self):
        order = self._order(10)
        self.product.standard_price = 90
        self._bill(order)
        self.product.standard_price = 10
        self.assertEqual(self._value("margin"), 400)

    def test_goods_that_come_back_take_their_margin_along(self):
        invoice = self._bill(self._order(10))
        refund = invoice._reverse_moves([{"invoice_date": "2024-07-01", "date": "2024-07-01"}])
        refund.invoice_line_ids.quantity = 4
        refund.action_post()
        self.assertEqual(self._value("margin"), 600 - 360)
        self.assertEqual(self._value("margin_rate"), 0.4)

    def test_a_dozen_ordered_and_billed_by_the_piece_costs_the_same(self):
        dozen, piece = self.env.ref("uom.product_uom_dozen"), self.env.ref("uom.product_uom_unit")
        invoice = self._bill(
            self._order(2, 1200.0, product_uom_id=dozen.id, purchase_price=720.0), post=False
        )
        invoice.invoice_line_ids.write({"product_uom_id": piece.id, "quantity": 24, "price_unit": 100.0})
        invoice.action_post()
        self.assertEqual(invoice.amount_untaxed, 2400)
        self.assertEqual(self._value("margin"), 2400 - 24 * 60)

    def test_the_cost_of_an_order_in_another_currency_is_converted_at_the_rate_of_the_order(self):
        euro = self._make_currency("EUR", {"2024-01-01": 0.5})
        pricelist = self.env["product.pricelist"].create({"name": "Euro", "currency_id": euro.id})
        order = self._order(10, 50.0, pricelist_id=pricelist.id, date_order="2024-06-01 08:00:00")
        self.assertEqual(order.order_line.purchase_price, 30)
        self._bill(order)
        self.assertEqual(self._value("margin"), 400)
        self.assertEqual(self._value("average_order"), 1000)

    def test_what_was_billed_without_an_order_has_no_margin(self):
        self._invoice(self.anna, 500)
        self.assertIsNone(self._value("margin"))
        self._bill(self._order(1))
        self.assertEqual(self._value("margin"), 40)

    def test_a_down_payment_earns_nothing_before_the_goods_are_billed(self):
        order = self._order(10)
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard.create({"advance_payment_method": "fixed", "fixed_amount": 300}).create_invoices()
        deposit = order.invoice_ids
        deposit.write({"invoice_date": "2024-06-02", "date": "2024-06-02"})
        deposit.action_post()
        self.assertEqual(self._value("revenue"), 300)
        self.assertIsNone(self._value("margin"))
        self._bill(order, "2024-07-01")
        self.assertEqual(self._value("revenue"), 1000)
        self.assertEqual(self._value("margin"), 400)

    def test_goods_for_nothing_have_a_loss_and_no_rate(self):
        self._bill(self._order(1, 0.0))
        self.assertEqual(self._value("margin"), -60)
        self.assertIsNone(self._value("margin_rate"))

    def test_orders_count_when_they_are_confirmed(self):
        self._order()
        self._order(2)
        self._order()._action_cancel()
        draft = {"partner_id": self.anna.id, "date_order": "2024-06-01"}
        self.env["sale.order"].create(draft)
        self.assertEqual(self._value("order_count"), 2)
        self.assertEqual(self._value("average_order"), 150)
        self.assertIsNone(self._value("order_count", self.boris))

    def test_the_day_of_an_order_is_the_companys_own(self):
        self.company.partner_id.tz = "Asia/Shanghai"
        self._order(day="2023-12-31 15:59:59")
        self._order(day="2023-12-31 16:00:00")
        self._order(day="2024-12-31 15:59:59")
        self._order(day="2024-12-31 16:00:00")
        self.assertEqual(self._value("order_count"), 2)
        self.company.partner_id.tz = "UTC"
        self.assertEqual(self._value("order_count"), 2 + 1 - 1)
        self.assertEqual(self._value("order_count", date_to="2023-12-31"), 2)

    def test_an_order_of_a_contact_is_one_of_its_company(self):
        buyer = self._make_customer("Anna's buyer", parent_id=self.anna.id, is_company=False)
        self._order(customer=buyer)
        self.assertEqual(self._value("order_count"), 1)
        self.assertEqual(self._value("order_count", partners=self.anna), 1)

    def test_different_products_are_counted_once_however_often_they_are_bought(self):
        kettle, fan = self.env["product.product"].create([{"name": "Kettle"}, {"name": "Fan"}])
        for _time in range(2):
            move = self._invoice(self.anna, 100, post=False)
            lines = [
                {"product_id": product.id, "quantity": 1, "tax_ids": []} for product in (self.product, kettle)
            ]
            move.invoice_line_ids = [Command.create(line) for line in lines]
            move.action_post()
        back = self._invoice(self.anna, -10, post=False)
        back.invoice_line_ids.product_id = fan
        back.action_post()
        self.assertEqual(self._value("product_breadth"), 2)

    def test_the_largest_order_is_one_of_the_period_at_its_own_rate(self):
        self._order(2, 100.0)
        self._order(3, 100.0, day="2023-06-01 08:00:00")
        self._order(9, 100.0)._action_cancel()
        self.assertEqual(self._value("largest_order"), 200)
        self.assertEqual(self._value("largest_order", date_to="2023-12-31"), 300)
        self.assertIsNone(self._value("largest_order", self.boris))

    def test_the_best_product_has_its_share_of_what_was_kept(self):
        kettle = self.env["product.product"].create({"name": "Kettle"})
        for amount, product in ((30, self.product), (90, kettle), (-20, kettle)):
            move = self._invoice(self.anna, amount, post=False)
            move.invoice_line_ids.product_id = product
            move.invoice_line_ids.write({"price_unit": abs(amount), "tax_ids": [Command.clear()]})
            move.action_post()
        self._invoice(self.boris, 50)
        self.assertEqual(self._value("top_product_share"), 0.7)
        self.assertIsNone(self._value("top_product_share", self.boris))


@tagged("post_install", "-at_install")
class TestRhythmMetrics(MetricCase):
    """Since when, how often and how long ago customers bought."""

    def test_days_since_the_last_purchase_look_back_beyond_the_period(self):
        self._invoice(self.anna, 10, "2024-11-01")
        self._invoice(self.anna, 10, "2024-12-01")
        self._invoice(self.boris, 10, "2022-12-31")
        self.assertEqual(self._value("recency_days"), 30)
        self.assertEqual(self._value("recency_days", self.boris), 731)
        self.assertEqual(self._value("recency_days", date_to="2024-12-01"), 0)

    def test_a_return_is_no_purchase(self):
        self._invoice(self.anna, 10, "2024-12-01")
        self._invoice(self.anna, -10, "2024-12-30")
        self._invoice(self.boris, -10, "2024-12-30")
        self.assertEqual(self._value("recency_days"), 30)
        for code in ("recency_days", "cadence_days", "tenure_months", "product_breadth"):
            self.assertIsNone(self._value(code, self.boris), code)

    def test_the_rhythm_is_the_usual_gap_between_two_buying_days(self):
        for day in ("2024-01-01", "2024-01-11", "2024-01-11", "2024-02-10"):
            self._invoice(self.anna, 10, day)
        self._invoice(self.boris, 10, "2024-01-01")
        self._invoice(self.boris, 10, "2024-01-01")
        self.assertEqual(self._value("cadence_days"), 20)
        self.assertIsNone(self._value("cadence_days", self.boris))

    def test_a_customer_is_one_for_as_many_whole_months(self):
        self._invoice(self.anna, 10, "2022-11-30")
        self._invoice(self.anna, 10, "2024-05-01")
        self.assertEqual(self._value("tenure_months"), 25)
        self.assertEqual(self._value("tenure_months", date_to="2024-12-29"), 24)
        self.assertEqual(self._value("tenure_months", date_to="2022-11-30"), 0)
        self.assertIsNone(self._value("tenure_months", date_to="2022-11-29"))
