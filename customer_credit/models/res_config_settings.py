from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What takes up credit, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_credit_draft = fields.Boolean(related="company_id.customer_credit_draft", readonly=False)
    customer_credit_orders = fields.Boolean(related="company_id.customer_credit_orders", readonly=False)
    customer_credit_horizon = fields.Integer(related="company_id.customer_credit_horizon", readonly=False)
    customer_credit_release_low = fields.Float(
        related="company_id.customer_credit_release_low", readonly=False
    )
    customer_credit_release_middle = fields.Float(
        related="company_id.customer_credit_release_middle", readonly=False
    )
    customer_credit_release_overdue = fields.Integer(
        related="company_id.customer_credit_release_overdue", readonly=False
    )
    customer_credit_release_days = fields.Integer(
        related="company_id.customer_credit_release_days", readonly=False
    )
    customer_credit_release_tolerance = fields.Float(
        related="company_id.customer_credit_release_tolerance", readonly=False
    )
