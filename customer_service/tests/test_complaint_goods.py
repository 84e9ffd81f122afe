from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..exceptions import ComplaintDocumentError, ComplaintQuantityError, ComplaintStepError
from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestComplaintGoods(ServiceCase):
    """A complaint is about goods that the customer got, and about documents of this customer alone."""

    def _line(self, complaint, quantity, sold=None, **values):
        values = {"sale_line_id": sold.id, **values} if sold else {"product_id": self.goods.id, **values}
        complaint.write({"line_ids": [Command.create({"quantity": quantity, **values})]})
        return complaint.line_ids[-1]

    def _delivered(self, quantity, ordered=10):
        order = self._order((self.goods, ordered))
        self._ship(order, quantity)
        return order

    def test_no_more_than_was_delivered_and_the_figures_are_named(self):
        order = self._delivered(6)
        complaint = self._complaint(order_id=order.id)
        line = self._line(complaint, 6, order.order_line)
        self.assertEqual(line.delivered_quantity, 6)
        with self.assertRaisesRegex(ComplaintQuantityError, "7.00 .* 6.00 delivered: 1.00 too many"):
            line.quantity = 7
        with self.assertRaises(ComplaintQuantityError):
            self._line(complaint, 1, order.order_line)

    def test_what_never_came_can_be_complained_about_up_to_the_order(self):
        order = self._delivered(6)
        self.kind.goods_limit = "ordered"
        complaint = self._complaint(order_id=order.id)
        line = self._line(complaint, 10, order.order_line)
        with self.assertRaisesRegex(ComplaintQuantityError, "10.00 ordered"):
            line.quantity = 11
        with self.assertRaises(ComplaintQuantityError):
            complaint.kind_id = self.kind.copy({"goods_limit": "delivered"})

    def test_returns_before_the_complaint_are_deducted_and_later_ones_not(self):
        order = self._delivered(10)
        picking = order.picking_ids.filtered(lambda one: one.state == "done")
        wizard = self.env["stock.return.picking"].with_context(
            active_id=picking.id, active_model="stock.picking"
        )
        wizard = wizard.create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 4
        back = wizard._create_return()
        back.move_ids.quantity = 4
        back.move_ids.picked = True
        back._action_done()
        complaint = self._complaint(order_id=order.id, date_received="2099-01-01 00:00:00")
        self.assertEqual(self._line(complaint, 1, order.order_line).delivered_quantity, 6)
        before = self._complaint(order_id=order.id, date_received="2020-01-01 00:00:00")
        self.assertEqual(self._line(before, 10, order.order_line).delivered_quantity, 10)

    def test_a_dozen_is_twelve(self):
        order = self._delivered(10)
        dozen = self.env.ref("uom.product_uom_dozen")
        with self.assertRaises(ComplaintQuantityError):
            self._line(self._complaint(), 1, order.order_line, uom_id=dozen.id)

    def test_earlier_complaints_about_the_goods_are_shown_void_ones_not(self):
        order = self._delivered(10)
        first, void = self._complaint(), self._complaint()
        self._line(first, 3, order.order_line)
        self._line(void, 2, order.order_line)
        void._withdraw("Found it")
        line = self._line(self._complaint(), 1, order.order_line)
        self.assertEqual(line.complained_quantity, 3)

    def test_goods_bought_elsewhere_are_allowed_and_marked(self):
        line = self._line(self._complaint(), 99)
        self.assertTrue(line.is_elsewhere)

    def test_lots_are_those_that_went_to_the_customer(self):
        kettle = self.env["product.product"].create(
            {"name": "Kettle with lots", "type": "consu", "is_storable": True, "tracking": "lot"}
        )
        ours, other = self.env["stock.lot"].create(
            [{"name": name, "product_id": kettle.id} for name in ("ours", "other")]
        )
        stock = (
            self.env["stock.warehouse"]
            .search([("company_id", "=", self.env.company.id)], limit=1)
            .lot_stock_id
        )
        self.env["stock.quant"]._update_available_quantity(kettle, stock, 5, lot_id=ours)
        order = self._order((kettle, 5))
        picking = order.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking._action_done()
        line = self._line(self._complaint(), 2, order.order_line, lot_id=ours.id)
        self.assertEqual(line.lot_choice_ids, ours)
        with self.assertRaisesRegex(ComplaintDocumentError, "did not go out"):
            line.lot_id = other

    def test_documents_of_another_customer_are_refused_on_every_road(self):
        order = self._order((self.goods, 1), partner=self.boris)
        invoice = self._invoice(100, "2025-01-10", partner=self.boris)
        for values in (
            {"order_id": order.id},
            {"move_id": invoice.id},
            {"picking_id": order.picking_ids.id},
            {"follows_id": self._complaint(self.boris).id},
            {"line_ids": [Command.create({"sale_line_id": order.order_line.id})]},
        ):
            with self.subTest(values=values):
                with self.assertRaises(ComplaintDocumentError):
                    self._complaint(**values)
                complaint = self._complaint()
                with self.assertRaises(ComplaintDocumentError):
                    complaint.with_user(self.agent).write(values)
        mine = self._complaint(self.boris, order_id=order.id)
        with self.assertRaises(ComplaintDocumentError):
            mine.partner_id = self.anna
        with self.assertRaises(ComplaintDocumentError):
            self.env["customer.complaint"].with_context(default_order_id=order.id).create(
                {"partner_id": self.anna.id, "summary": "x"}
            )

    def test_a_document_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        order = (
            self.env["sale.order"]
            .with_company(company)
            .create({"partner_id": self.anna.id, "company_id": company.id})
        )
        with self.assertRaises(UserError):
            self._complaint(order_id=order.id)

    def test_the_product_of_a_line_is_that_of_the_order_line(self):
        order = self._delivered(5)
        with self.assertRaises(ComplaintDocumentError):
            self._line(self._complaint(), 1, order.order_line, product_id=self.service.id)

    def test_an_agent_chooses_an_order_and_gets_its_goods(self):
        order = self._delivered(6)
        form = Form(self.env["customer.complaint"].with_user(self.agent))
        form.partner_id = self.anna
        form.summary = "Leaks"
        form.kind_id = self.kind
        form.order_id = order
        self.assertEqual(form.picking_id, order.picking_ids.filtered(lambda one: one.state == "done"))
        complaint = form.save()
        self.assertEqual(complaint.line_ids.sale_line_id, order.order_line)
        complaint.line_ids.unlink()
        complaint.with_user(self.agent).action_add_goods()
        self.assertEqual(complaint.line_ids.quantity, 6)
        with self.assertRaises(ComplaintStepError):
            complaint.action_add_goods()

    def test_an_agent_reads_orders_and_changes_none(self):
        order = self._delivered(6).with_user(self.agent)
        self.assertTrue(order.name)
        self.assertTrue(order.order_line.mapped("product_id.name"))
        with self.assertRaises(AccessError):
            order.write({"note": "mine"})
        bill = self._invoice(10, "2025-01-10", partner=self.boris)
        self.assertTrue(bill.with_user(self.agent).name)

    def test_documents_count_their_complaints_and_begin_new_ones(self):
        order = self._delivered(6)
        complaint = self._complaint(order_id=order.id, picking_id=order.picking_ids[:1].id)
        picking = order.picking_ids[:1]
        self.assertEqual((order.customer_complaint_count, picking.customer_complaint_count), (1, 1))
        self.assertEqual(self.anna.customer_complaint_count, 1)
        self.assertEqual(
            self.env["customer.complaint"].search(order.action_open_complaints()["domain"]), complaint
        )
        context = picking.action_new_complaint()["context"]
        self.assertEqual(
            (context["default_order_id"], context["default_partner_id"]), (order.id, self.anna.id)
        )
        tile = self.anna._known_complaints()
        self.assertEqual((tile["value"], tile["tone"]), ("1", ""))
