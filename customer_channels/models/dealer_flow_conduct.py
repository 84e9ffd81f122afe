from odoo import api, models

from .dealer_exit import OPEN


class CustomerDealer(models.Model):
    """What the drawn flow of channel management shows of targets, reviews and exits."""

    _inherit = "customer.dealer"

    @api.model
    def _flow_lists(self):
        """Override: the targets of the year, the reviews to finish, and the exits under way."""
        above = getattr(super(), "_flow_lists", None)
        return {
            **(above() if above else {}),
            "target": (
                "customer_channels.dealer_target_action",
                "customer.dealer.target",
                [("period", "=", "year"), ("date_from", "<=", "today"), ("date_to", ">=", "today")],
            ),
            "quarter": (
                "customer_management.assessment_action",
                "customer.assessment",
                [("kind", "=", "dealer"), ("state", "=", "draft")],
            ),
            "closing": (
                "customer_channels.dealer_exit_action",
                "customer.dealer.exit",
                [("state", "in", OPEN)],
            ),
        }
