from odoo import fields, models


class CustomerComplaintEnd(models.TransientModel):
    """The same question for one more step: why a complaint weighs more."""

    _inherit = "customer.complaint.end"

    step = fields.Selection(selection_add=[("raise", "Raise")], ondelete={"raise": "cascade"})

    def action_apply(self):
        """Override of customer service: raise the severity."""
        self.ensure_one()
        if self.step != "raise":
            return super().action_apply()
        self.complaint_id._raise_severity(self.reason)
        return {"type": "ir.actions.act_window_close"}
