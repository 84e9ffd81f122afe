from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Investigations and monthly standing on the page of the settings."""

    _inherit = "res.config.settings"

    customer_credit_validity_good = fields.Integer(
        related="company_id.customer_credit_validity_good", readonly=False
    )
    customer_credit_validity = fields.Integer(related="company_id.customer_credit_validity", readonly=False)
    customer_credit_good_score = fields.Float(related="company_id.customer_credit_good_score", readonly=False)
    customer_credit_event_bands = fields.Integer(
        related="company_id.customer_credit_event_bands", readonly=False
    )
    customer_credit_event_use = fields.Float(related="company_id.customer_credit_event_use", readonly=False)
