from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ..exceptions import ComplaintDocumentError, ComplaintStepError


class CustomerComplaint(models.Model):
    """The documents of a complaint: of its customer and company alone; an order proposes the rest."""

    _inherit = "customer.complaint"

    goods_text = fields.Text("Goods in Words", compute="_compute_goods_text", compute_sudo=True)

    @api.depends(
        "line_ids.product_id", "line_ids.quantity", "line_ids.uom_id", "line_ids.lot_id", "line_ids.note"
    )
    def _compute_goods_text(self):
        """Name the goods and how much of them, a line each."""
        for complaint in self:
            complaint.goods_text = "\n".join(line._in_words() for line in complaint.line_ids) or False

    # Intake

    @api.onchange("order_id")
    def _onchange_order_id(self):
        """Propose the customer, the delivery and the invoice of an order where there is one of each."""
        order = self.order_id.sudo()
        if not order:
            return
        self.partner_id = self.partner_id or order.partner_id
        pickings = order.picking_ids.filtered(
            lambda one: one.state == "done" and one.picking_type_code == "outgoing"
        )
        if len(pickings) == 1 and self.picking_id.sale_id != order:
            self.picking_id = pickings
        invoices = order.invoice_ids.filtered(
            lambda one: one.state == "posted" and one.move_type == "out_invoice"
        )
        if len(invoices) == 1 and self.move_id not in invoices:
            self.move_id = invoices
        goods = self._order_goods()
        if len(goods) == 1 and not self.line_ids:
            self.line_ids = [Command.create({"sale_line_id": goods.id, "quantity": 1})]

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Another customer, other documents."""
        customer = self.partner_id.commercial_partner_id
        if customer and self.order_id and customer not in self.order_id.sudo()._complaint_customers():
            self.order_id = self.picking_id = self.move_id = False
            self.line_ids = [Command.clear()]

    def _order_goods(self):
        """Return the order lines that the complaint can be about, as the system."""
        return self.order_id.sudo().order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment and line.product_id
        )

    def action_add_goods(self):
        """Add the goods of the order that are not there yet, with what was delivered of each.

        :raises ComplaintStepError: when there is no order, or nothing to add
        """
        self.ensure_one()
        self.check_access("write")
        if not self.order_id:
            raise ComplaintStepError(self.env._("Choose the order first."))
        lines = self.env["customer.complaint.line"]
        new = self._order_goods() - self.line_ids.sale_line_id.sudo()
        drafts = [lines.new({"complaint_id": self.id, "sale_line_id": sold.id}) for sold in new]
        rows = [
            {
                "complaint_id": self.id,
                "sale_line_id": draft.sale_line_id._origin.id,
                "quantity": draft.delivered_quantity or 0.0,
            }
            for draft in drafts
        ]
        if self.kind_id.goods_limit == "ordered":
            ordered = {sold.id: sold.product_uom_qty for sold in new}
            rows = [{**row, "quantity": row["quantity"] or ordered[row["sale_line_id"]]} for row in rows]
        rows = [row for row in rows if row["quantity"] > 0]
        if not rows:
            raise ComplaintStepError(
                self.env._("Nothing of %s was delivered that is not here yet.", self.order_id.name)
            )
        lines.create(rows)

    # What is refused

    @api.constrains("partner_id", "company_id", "order_id", "picking_id", "move_id", "follows_id", "kind_id")
    def _check_documents(self):
        """Check that each document belongs to the customer and the company.

        :raises ComplaintDocumentError: when one belongs to somebody else
        """
        for complaint in self.sudo():
            for document in (complaint.order_id, complaint.picking_id, complaint.move_id):
                if document:
                    complaint._check_owner(document, document._complaint_customers())
                    if document.company_id != complaint.company_id:
                        raise ComplaintDocumentError(
                            self.env._(
                                "%(document)s is of %(company)s.",
                                document=document.display_name,
                                company=document.company_id.name,
                            )
                        )
            complaint._check_move_type()
            complaint._check_follows()
        self.sudo().line_ids._check_goods()

    def _check_move_type(self):
        """:raises ComplaintDocumentError: when the entry is no invoice to a customer"""
        if self.move_id and self.move_id.move_type not in ("out_invoice", "out_refund", "out_receipt"):
            raise ComplaintDocumentError(
                self.env._("%s is no invoice to a customer.", self.move_id.display_name)
            )

    def _check_owner(self, document, customers):
        """:raises ComplaintDocumentError: when a document is of another customer"""
        if self.commercial_partner_id not in customers or not self.commercial_partner_id:
            raise ComplaintDocumentError(
                self.env._(
                    "%(document)s is of %(owner)s, the complaint of %(customer)s. Choose a document of this customer.",
                    document=document.display_name,
                    owner=customers[:1].display_name or "–",
                    customer=self.commercial_partner_id.display_name or self.env._("nobody yet"),
                )
            )

    def _check_follows(self):
        """:raises ComplaintDocumentError: when the earlier complaint is of somebody else, or comes after this one"""
        earlier = self.follows_id
        if not earlier:
            return
        if earlier.company_id != self.company_id:
            raise ComplaintDocumentError(self.env._("%s is of another company.", earlier.display_name))
        self._check_owner(earlier, earlier.commercial_partner_id)
        if self._has_cycle("follows_id"):
            raise ValidationError(self.env._("%s would come after itself.", self.display_name))


class CustomerComplaintLine(models.Model):
    _inherit = "customer.complaint.line"

    def _in_words(self):
        """Return what and how much of it, such as “Kettle × 3 (lot 12): leaks”."""
        text = f"{self.product_id.display_name or ''} × {self.quantity:g} {self.uom_id.name or ''}".strip()
        if self.lot_id:
            text += f" ({self.lot_id.name})"
        return f"{text}: {self.note}" if self.note else text
