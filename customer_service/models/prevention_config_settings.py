from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How this company learns from complaints, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_service_check_days = fields.Integer(
        related="company_id.customer_service_check_days", readonly=False
    )
    customer_service_action_severity = fields.Selection(
        related="company_id.customer_service_action_severity", readonly=False
    )
    customer_service_goal_satisfaction = fields.Float(
        related="company_id.customer_service_goal_satisfaction", readonly=False
    )
    customer_service_inspection_pass = fields.Float(
        related="company_id.customer_service_inspection_pass", readonly=False
    )
    customer_service_suggestion_days = fields.Integer(
        related="company_id.customer_service_suggestion_days", readonly=False
    )
    customer_service_reward_percent = fields.Float(
        related="company_id.customer_service_reward_percent", readonly=False
    )
    customer_service_reward_max = fields.Monetary(
        related="company_id.customer_service_reward_max", readonly=False
    )
