from odoo import fields, models


class CustomerComplaintRemedyEnd(models.TransientModel):
    """Asks why a remedy counts as carried out though something is open."""

    _name = "customer.complaint.remedy.end"
    _description = "End a Remedy as It Is"

    remedy_id = fields.Many2one("customer.complaint.remedy", required=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_apply(self):
        """End the remedy."""
        self.ensure_one()
        self.remedy_id._end_early(self.reason)
        return {"type": "ir.actions.act_window_close"}
