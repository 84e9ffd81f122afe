from odoo import models


class CustomerPolicySetting(models.Model):
    """A setting of somebody else that policies read."""

    _inherit = "customer.policy.setting"

    def _setting_tea_grams(self, company):
        """Return how much tea a visitor gets, in grams."""
        return self.env["ir.config_parameter"].get_param("customer_test.tea_grams", "5")
