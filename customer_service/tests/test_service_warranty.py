from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import ServiceRequestError
from .request_case import DOT, RequestCase


@tagged("post_install", "-at_install")
class TestWarranty(RequestCase):
    def _delivered(self, day, product=None):
        order = self._order((product or self.goods, 1))
        self._ship(order, 1)
        order.picking_ids.date_done = f"{day} 04:00:00"
        order.picking_ids.move_ids.move_line_ids.date = f"{day} 04:00:00"
        return order

    def _asked(self, order, day, **values):
        return self._request(order_id=order.id, date_reported=f"{day} 04:00:00", **values)

    def test_the_last_day_counts_and_the_next_does_not(self):
        order = self._delivered("2024-02-29")
        last = self._asked(order, "2025-02-28")
        self.assertEqual(last.delivered_on, date(2024, 2, 29))
        self.assertEqual((last.warranty, last.warranty_until), ("yes", date(2025, 2, 28)))
        self.assertEqual(self._asked(order, "2025-03-01").warranty, "no")

    def test_the_end_of_a_short_month_is_the_end(self):
        self.goods.product_tmpl_id.write({"customer_warranty": "months", "customer_warranty_months": 6})
        order = self._delivered("2024-08-31")
        self.assertEqual(self._asked(order, "2025-02-28").warranty, "yes")
        self.assertEqual(self._asked(order, "2025-03-01").warranty, "no")

    def test_product_category_and_company_each_say_it(self):
        template, company = self.goods.product_tmpl_id, self.env.company
        above = self.env["product.category"].create({"name": "All goods"})
        template.categ_id = self.env["product.category"].create({"name": "Kettles", "parent_id": above.id})
        company.customer_warranty_months = 0
        self.assertEqual(template._warranty_months(company), 0)
        above.write({"customer_warranty": "months", "customer_warranty_months": 24})
        self.assertEqual(template._warranty_months(company), 24)
        template.categ_id.customer_warranty = "none"
        self.assertEqual(template._warranty_months(company), 0)
        template.write({"customer_warranty": "months", "customer_warranty_months": 36})
        self.assertEqual(template._warranty_months(company), 36)

    def test_not_known_is_neither_yes_nor_no(self):
        request = self._request()
        self.assertEqual((request.warranty, request.is_covered), ("unknown", False))
        self.goods.product_tmpl_id.customer_warranty = "none"
        self.assertEqual(self._request().warranty, "no")

    def test_a_lot_knows_when_it_was_delivered(self):
        tracked = self.env["product.product"].create(
            {
                "name": "Pump",
                "type": "consu",
                "is_storable": True,
                "tracking": "serial",
                "invoice_policy": "delivery",
            }
        )
        lot = self.env["stock.lot"].create({"name": "P1", "product_id": tracked.id})
        place = (
            self.env["stock.warehouse"]
            .search([("company_id", "=", self.env.company.id)], limit=1)
            .lot_stock_id
        )
        self.env["stock.quant"]._update_available_quantity(tracked, place, 1, lot_id=lot)
        order = self._order((tracked, 1))
        order.picking_ids.action_assign()
        self._ship(order, 1)
        order.picking_ids.move_line_ids.date = "2025-01-31 04:00:00"
        request = self._request(product_id=tracked.id, lot_id=lot.id, date_reported="2026-01-31 04:00:00")
        self.assertEqual((request.delivered_on, request.warranty), (date(2025, 1, 31), "yes"))

    def test_a_manager_decides_with_a_reason(self):
        order = self._delivered("2020-01-01")
        request = self._asked(order, "2025-03-01")
        self.assertFalse(request.is_covered)
        with self.assertRaisesRegex(ServiceRequestError, "Say why"):
            request.with_user(self.boss)._decide_warranty("yes", "")
        request.with_user(self.boss)._decide_warranty("yes", "Known fault of the series")
        self.assertTrue(request.is_covered)
        self.assertIn("Known fault", request.warranty_reason)

    def test_what_no_warranty_covers_becomes_a_quotation(self):
        self.env.company.customer_labour_product_id = self.service
        order = self._delivered("2020-01-01")
        request = self._asked(order, "2025-03-01", hours=2)
        request.part_ids = [Command.create({"product_id": self.seal.id, "quantity": 3})]
        self.assertTrue(request.part_ids.is_charged)
        request.action_quote()
        lines = request.sale_order_id.order_line
        self.assertEqual(
            [(line.product_id, line.product_uom_qty) for line in lines], [(self.seal, 3), (self.service, 2)]
        )
        with self.assertRaisesRegex(ServiceRequestError, "already"):
            request.action_quote()
        self._done(request)
        self.assertFalse(request.part_picking_id, "The order delivers what it sells.")

    def test_charged_parts_are_quoted_before_it_is_closed(self):
        request = self._done(self._request(part_ids=[Command.create({"product_id": self.seal.id})]))
        request._sign("Anna", DOT)
        with self.assertRaisesRegex(ServiceRequestError, "nobody has quoted"):
            request.action_close()
        request.action_quote()
        request.action_close()
        self.assertEqual(request.state, "closed")

    def test_what_a_warranty_covers_leaves_the_stock_without_an_order(self):
        order = self._delivered("2025-01-01")
        request = self._asked(order, "2025-03-01", hours=2)
        request.part_ids = [Command.create({"product_id": self.seal.id, "quantity": 3})]
        with self.assertRaisesRegex(ServiceRequestError, "Nothing"):
            request.action_quote()
        self._done(request)
        move = request.part_picking_id.move_ids
        self.assertEqual((move.product_id, move.product_uom_qty), (self.seal, 3))
        with self.assertRaises(ServiceRequestError):
            request.part_ids.quantity = 1

    def test_hours_are_not_quoted_before_somebody_says_what_they_cost(self):
        request = self._asked(self._delivered("2020-01-01"), "2025-03-01", hours=2)
        with self.assertRaisesRegex(ServiceRequestError, "Set in the settings"):
            request.action_quote()

    def test_a_repair_follows_the_host(self):
        request = self._request(kind="repair", part_ids=[Command.create({"product_id": self.seal.id})])
        request.action_make_repair()
        repair = request.repair_id
        self.assertEqual((repair.product_id, repair.move_ids.product_id), (self.goods, self.seal))
        self.assertFalse(repair.under_warranty)
        repair.action_validate()
        repair.action_repair_start()
        self.assertEqual(request.state, "working")
        request.work_done = "Sealed"
        with self.assertRaisesRegex(ServiceRequestError, repair.name):
            request.action_done()
        repair.action_repair_end()
        request.action_done()
        self.assertFalse(request.part_picking_id)
        with self.assertRaisesRegex(ServiceRequestError, "already"):
            request.sudo().state = "draft"
            request.action_make_repair()
