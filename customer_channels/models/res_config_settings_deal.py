from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Deal registration on the page of the settings."""

    _inherit = "res.config.settings"

    customer_deal_days = fields.Integer(related="company_id.customer_deal_days", readonly=False)
    customer_deal_extensions = fields.Integer(related="company_id.customer_deal_extensions", readonly=False)
    customer_deal_extension_days = fields.Integer(
        related="company_id.customer_deal_extension_days", readonly=False
    )
    customer_deal_answer_days = fields.Integer(related="company_id.customer_deal_answer_days", readonly=False)
