from odoo import models


class CustomerMetric(models.Model):
    """Metrics that alert rules compare."""

    _inherit = "customer.metric"

    def unlink(self):
        """Override of `base`: a rule that loses a figure is switched off, or it would fire more than it should."""
        conditions = self.env["customer.alert.condition"].sudo()
        used = conditions.search(["|", ("metric_id", "in", self.ids), ("right_metric_id", "in", self.ids)])
        used.rule_id.active = False
        return super().unlink()
