from odoo import fields, models


class CustomerCreditSecurityRelease(models.TransientModel):
    """Give securities back, with the reason."""

    _name = "customer.credit.security.release"
    _description = "Release of Securities"

    security_ids = fields.Many2many("customer.credit.security", required=True)
    reason = fields.Char(required=True)

    def action_release(self):
        """Release the securities.

        :raises SecurityStateError: when one is not in force, or the reason is blank
        """
        self.ensure_one()
        self.security_ids._release(self.reason)
        return {"type": "ir.actions.act_window_close"}
