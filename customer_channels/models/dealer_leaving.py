from odoo import api, fields, models

from .dealer_exit import OPEN


class CustomerDealer(models.Model):
    """The exit of a dealer."""

    _inherit = "customer.dealer"

    exit_ids = fields.One2many("customer.dealer.exit", "dealer_id", string="Exits")

    @api.depends("exit_ids.state")
    def _compute_state(self):
        """Override: it is leaving while its exit is under way."""
        return super()._compute_state()

    def _is_leaving(self):
        """Override: its exit is approved and neither closed nor cancelled."""
        return super()._is_leaving() or any(one.state in OPEN for one in self.exit_ids)
