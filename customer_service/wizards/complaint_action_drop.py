from odoo import fields, models


class CustomerComplaintActionDrop(models.TransientModel):
    """Asks why an action is dropped."""

    _name = "customer.complaint.action.drop"
    _description = "Drop an Action Against Complaints"

    action_id = fields.Many2one("customer.complaint.action", required=True, readonly=True, ondelete="cascade")
    reason = fields.Char(required=True)

    def action_apply(self):
        """Drop the action."""
        self.ensure_one()
        self.action_id._drop(self.reason)
