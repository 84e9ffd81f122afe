from odoo import models


class MailActivity(models.Model):
    """Who ticks off the activity of a greeting or a gift has done it."""

    _inherit = "mail.activity"

    def _action_done(self, *args, **kwargs):
        """Override of `mail`: the care that the activity stands for is done, too."""
        ids = [one.res_id for one in self if one.res_model == "customer.care"]
        done = super()._action_done(*args, **kwargs)
        cares = self.env["customer.care"].browse(ids).exists()
        cares.filtered(lambda care: care.state == "planned")._finish()
        return done
