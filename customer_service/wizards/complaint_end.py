from odoo import fields, models


class CustomerComplaintEnd(models.TransientModel):
    """Asks why complaints end without being settled, or why a closed one is taken up again."""

    _name = "customer.complaint.end"
    _description = "End or Reopen a Complaint"

    complaint_id = fields.Many2one("customer.complaint", required=True, ondelete="cascade")
    commercial_partner_id = fields.Many2one(related="complaint_id.commercial_partner_id")
    step = fields.Selection(
        [("reject", "Reject"), ("withdraw", "Withdrawn"), ("duplicate", "Duplicate"), ("reopen", "Reopen")],
        required=True,
    )
    original_id = fields.Many2one(
        "customer.complaint",
        string="Same As",
        domain="[('commercial_partner_id', '=', commercial_partner_id), ('id', '!=', complaint_id), "
        "('original_id', '=', False)]",
    )
    reason = fields.Text()

    def action_apply(self):
        """Take the step with what was entered."""
        self.ensure_one()
        complaint = self.complaint_id
        if self.step == "reject":
            complaint._reject(self.reason)
        elif self.step == "withdraw":
            complaint._withdraw(self.reason)
        elif self.step == "duplicate":
            complaint._mark_duplicate(self.original_id)
        else:
            complaint._reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}
