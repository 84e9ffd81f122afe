from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How customers are asked how satisfied they are, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_satisfaction_product = fields.Float(
        related="company_id.customer_satisfaction_product", readonly=False
    )
    customer_satisfaction_delivery = fields.Float(
        related="company_id.customer_satisfaction_delivery", readonly=False
    )
    customer_satisfaction_service = fields.Float(
        related="company_id.customer_satisfaction_service", readonly=False
    )
    customer_satisfaction_price = fields.Float(
        related="company_id.customer_satisfaction_price", readonly=False
    )
    customer_satisfaction_handling = fields.Float(
        related="company_id.customer_satisfaction_handling", readonly=False
    )
    customer_satisfaction_acsi = fields.Selection(
        related="company_id.customer_satisfaction_acsi", readonly=False
    )
    customer_satisfaction_goal = fields.Float(related="company_id.customer_satisfaction_goal", readonly=False)
    customer_satisfaction_gap_days = fields.Integer(
        related="company_id.customer_satisfaction_gap_days", readonly=False
    )
    customer_satisfaction_share_a = fields.Float(
        related="company_id.customer_satisfaction_share_a", readonly=False
    )
    customer_satisfaction_share_b = fields.Float(
        related="company_id.customer_satisfaction_share_b", readonly=False
    )
    customer_satisfaction_share_c = fields.Float(
        related="company_id.customer_satisfaction_share_c", readonly=False
    )
    customer_satisfaction_low = fields.Float(related="company_id.customer_satisfaction_low", readonly=False)
    customer_satisfaction_low_action = fields.Selection(
        related="company_id.customer_satisfaction_low_action", readonly=False
    )
    customer_satisfaction_low_days = fields.Integer(
        related="company_id.customer_satisfaction_low_days", readonly=False
    )
    customer_satisfaction_after = fields.Selection(
        related="company_id.customer_satisfaction_after", readonly=False
    )
    customer_satisfaction_after_days = fields.Integer(
        related="company_id.customer_satisfaction_after_days", readonly=False
    )
