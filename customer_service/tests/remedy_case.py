"""What the tests of remedies have in common: goods sold, shipped and invoiced, and complaints about them."""

from odoo.fields import Command

from .service_case import ServiceCase


class RemedyCase(ServiceCase):
    """Anna has bought 10 kettles at 100 and has the invoice; ``cls.boss`` approves, ``cls.agent`` proposes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.customer_complaint_slip = False
        cls.env.user.group_ids += cls.env.ref("customer_service.group_service_general")
        cls.env.user.group_ids += cls.env.ref("stock.group_stock_manager")

    def _sold(self, quantity=10, partner=None, price=100.0, taxes=None, invoice=True, **values):
        """Return an order line that was shipped and, if not told otherwise, invoiced."""
        order = self._quotation((self.goods, quantity), partner=partner, **values)
        order.order_line.write({"price_unit": price, "tax_ids": [Command.set(taxes or [])]})
        order.action_confirm()
        self._ship(order, quantity)
        if invoice:
            order._create_invoices().action_post()
        return order.order_line

    def _about(self, sold, quantity=None, **values):
        """Return a complaint about goods that were sold, at the stage of agreeing."""
        complaint = self._complaint(
            partner=sold.order_id.partner_id,
            order_id=sold.order_id.id,
            move_id=sold.invoice_lines.move_id[:1].id,
            line_ids=[
                Command.create({"sale_line_id": sold.id, "quantity": quantity or sold.product_uom_qty})
            ],
            **values,
        )
        return self._take(complaint, "agree")

    def _done(self, complaint, *lines):
        """Return a proposal that was approved, accepted and given to be carried out."""
        remedy = self._remedy(complaint, *lines)
        if remedy.approval_state == "pending":
            remedy.with_user(self.boss).action_approve()
        remedy.action_accept()
        if complaint.stage == "agree":
            complaint.action_agree()
        remedy.action_carry_out()
        return remedy

    def _line(self, complaint, kind, quantity=0, **values):
        """Return the values of a line about the goods of a complaint."""
        goods = complaint.line_ids[:1]
        return {"kind": kind, "complaint_line_id": goods.id, "quantity": quantity, **values}

    def _receive(self, remedy, quantity=None):
        """Receive what a remedy brings back."""
        for move in remedy.line_ids.return_move_ids.filtered(lambda one: one.state not in ("done", "cancel")):
            move.quantity = quantity or move.product_uom_qty
            move.picked = True
            move.picking_id.with_context(skip_backorder=True)._action_done()
