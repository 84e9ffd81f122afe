from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How securities and disputes work, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_credit_cover = fields.Selection(related="company_id.customer_credit_cover", readonly=False)
    customer_credit_insurance = fields.Selection(
        related="company_id.customer_credit_insurance", readonly=False
    )
    customer_credit_cover_days = fields.Integer(
        related="company_id.customer_credit_cover_days", readonly=False
    )
    customer_credit_disputed = fields.Selection(related="company_id.customer_credit_disputed", readonly=False)
    customer_credit_dispute_days = fields.Integer(
        related="company_id.customer_credit_dispute_days", readonly=False
    )
