from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_amount


class CustomerComplaint(models.Model):
    """The columns of the registers of complaints (8.10, 8.11, 8.14)."""

    _inherit = "customer.complaint"

    grade_id = fields.Many2one(related="commercial_partner_id.customer_grade_id", string="Grade")
    contact = fields.Char("Contact Details", compute="_compute_register_contact", help="Phone and e-mail.")
    subject = fields.Char("Product or Order", compute="_compute_subject", compute_sudo=True)
    demand = fields.Char(compute="_compute_demand", help="What the customer asks for.")
    due = fields.Datetime(compute="_compute_due", help="By when it is to be resolved.")
    days_late = fields.Integer(compute="_compute_due")

    @api.depends("phone", "email_from")
    def _compute_register_contact(self):
        for complaint in self:
            complaint.contact = ", ".join(filter(None, (complaint.phone, complaint.email_from)))

    @api.depends("line_ids.product_id", "order_id")
    def _compute_subject(self):
        for complaint in self:
            goods = complaint.line_ids.product_id.mapped("display_name")
            complaint.subject = ", ".join([*goods, *complaint.order_id.mapped("name")])

    @api.depends("claim_amount", "claim_discount", "claim_quantity", "claim_other", "currency_id")
    @api.depends_context("lang")
    def _compute_demand(self):
        for complaint in self:
            complaint.demand = "; ".join(f"{label} {value}" for label, value in complaint._demands())

    def _demands(self):
        """Return what the customer asks for: (label, text) of what it asks for at all."""
        self.ensure_one()
        money = format_amount(self.env, self.claim_amount, self.currency_id) if self.claim_amount else ""
        values = {
            "claim_amount": money,
            "claim_discount": f"{self.claim_discount:g} %" if self.claim_discount else "",
            "claim_quantity": f"{self.claim_quantity:g}" if self.claim_quantity else "",
            "claim_other": self.claim_other or "",
        }
        labels = {
            name: self._fields[name]._description_string(self.env).replace(" (%)", "") for name in values
        }
        return [(labels[name], text) for name, text in values.items() if text]

    @api.depends("date_received", "kind_id", "stage", "date_closed")
    def _compute_due(self):
        due, now = self._due_moments(), fields.Datetime.now()
        for complaint in self:
            complaint.due = due.get(complaint._origin.id, False)
            end = complaint.date_closed or now
            complaint.days_late = max((end - complaint.due).days, 0) if complaint.due else 0

    def _due_moments(self):
        """Hook: return by when complaints are to be resolved: ``{complaint id: datetime}``, missing is not agreed.

        Without service levels: the days of the kind.
        """
        return {
            complaint._origin.id: complaint.date_received + timedelta(days=complaint.kind_id.default_days)
            for complaint in self
            if complaint.kind_id and complaint.date_received
        }


class CustomerComplaintLine(models.Model):
    """The columns of the management list (8.11), a line for each of the goods."""

    _inherit = "customer.complaint.line"

    number = fields.Char(related="complaint_id.name", string="Complaint Number")
    sale_order_id = fields.Many2one(related="sale_line_id.order_id", string="Order")
    department_id = fields.Many2one(related="complaint_id.department_id", string="Made or Sent By")
    shipped_on = fields.Datetime(compute="_compute_shipped_on", compute_sudo=True)
    content = fields.Char(related="complaint_id.summary", string="Content")
    reason = fields.Char(
        compute="_compute_reason", compute_sudo=True, help="The fault, and the cause once known."
    )
    papers = fields.Char(compute="_compute_papers", compute_sudo=True, help="Evidence that is there.")
    demand = fields.Char(related="complaint_id.demand", string="Demand")
    user_id = fields.Many2one(related="complaint_id.user_id", string="Handled By")
    due = fields.Datetime(related="complaint_id.due", string="Due")
    stage = fields.Selection(related="complaint_id.stage", string="Stage")

    @api.depends("sale_line_id", "complaint_id.picking_id")
    def _compute_shipped_on(self):
        """Take the delivery of the complaint, or the last one of the order line."""
        moved = self._moved()
        for line in self:
            moments = [moment for _lot, moment, out in moved.get(line.sale_line_id._origin.id, ()) if out > 0]
            line.shipped_on = line.complaint_id.picking_id.date_done or max(moments, default=False)

    @api.depends("note", "complaint_id.cause_id")
    def _compute_reason(self):
        for line in self:
            line.reason = "; ".join(filter(None, (line.note, line.complaint_id.cause_id.name)))

    @api.depends("complaint_id.proof_ids.is_there")
    @api.depends_context("lang")
    def _compute_papers(self):
        for line in self:
            line.papers = ", ".join(line.complaint_id._papers())

    def action_open_complaint(self):
        """Open the complaint of the goods."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.complaint",
            "res_id": self.complaint_id.id,
            "views": [(False, "form")],
        }
