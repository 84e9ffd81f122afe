from odoo import models


class ResUsers(models.Model):
    """Users who overrode grades."""

    _inherit = "res.users"

    def unlink(self):
        """Override of `base` to leave the overrides of a deleted user without one."""
        results = self.env["customer.grade.result"].sudo()
        results.search([("override_user_id", "in", self.ids)]).override_user_id = False
        return super().unlink()
