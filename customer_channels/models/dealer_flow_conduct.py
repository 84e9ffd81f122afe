from odoo import api, models

from .dealer_exit import OPEN


class CustomerDealer(models.Model):
    """What the drawn flow of channel management shows of targets, reviews and exits."""

    _inherit = "customer.dealer"

    @api.model
    def _flow_lists(self):
        """Override: targets, reviews to finish, what followed from them, and the exits under way."""
        return {
            **super()._flow_lists(),
            "target": (
                "customer_channels.dealer_target_action",
                "customer.dealer.target",
                [("period", "=", "year"), ("date_from", "<=", "today"), ("date_to", ">=", "today")],
            ),
            "quarter": (
                "customer_management.assessment_action",
                "customer.assessment",
                [
                    ("template_id", "=", self._review_template_id()),
                    ("state", "=", "draft"),
                ],
            ),
            "downgrade": (
                "customer_channels.dealer_residual_action",
                "customer.dealer.residual",
                [("date_from", "<=", "today"), ("date_to", ">=", "today")],
            ),
            "rectify": (
                "customer_channels.dealer_condition_action",
                "customer.dealer.condition",
                [("state", "in", ("open", "overdue"))],
            ),
            "closing": (
                "customer_channels.dealer_exit_action",
                "customer.dealer.exit",
                [("state", "in", OPEN)],
            ),
        }

    @api.model
    def _review_template_id(self):
        review = self.env.ref("customer_channels.assessment_template_dealer_review", raise_if_not_found=False)
        return review.id if review else False
