from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Service and care on the page of the settings."""

    _inherit = "res.config.settings"

    customer_warranty_months = fields.Integer(related="company_id.customer_warranty_months", readonly=False)
    customer_work_warranty_days = fields.Integer(
        related="company_id.customer_work_warranty_days", readonly=False
    )
    customer_labour_product_id = fields.Many2one(
        related="company_id.customer_labour_product_id", readonly=False
    )
    customer_care_hour_from = fields.Float(related="company_id.customer_care_hour_from", readonly=False)
    customer_care_hour_to = fields.Float(related="company_id.customer_care_hour_to", readonly=False)
