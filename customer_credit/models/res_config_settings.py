from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What takes up credit, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_credit_draft = fields.Boolean(related="company_id.customer_credit_draft", readonly=False)
    customer_credit_orders = fields.Boolean(related="company_id.customer_credit_orders", readonly=False)
    customer_credit_horizon = fields.Integer(related="company_id.customer_credit_horizon", readonly=False)
