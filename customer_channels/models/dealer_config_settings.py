from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What is asked of applicants, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_dealer_score_approve = fields.Float(
        related="company_id.customer_dealer_score_approve", readonly=False
    )
    customer_dealer_score_conditional = fields.Float(
        related="company_id.customer_dealer_score_conditional", readonly=False
    )
    customer_dealer_funds_months = fields.Float(
        related="company_id.customer_dealer_funds_months", readonly=False
    )
    customer_dealer_funds_rule = fields.Selection(
        related="company_id.customer_dealer_funds_rule", readonly=False
    )
    customer_dealer_store_population = fields.Integer(
        related="company_id.customer_dealer_store_population", readonly=False
    )
    customer_dealer_store_distance = fields.Float(
        related="company_id.customer_dealer_store_distance", readonly=False
    )
    customer_dealer_store_surface = fields.Float(
        related="company_id.customer_dealer_store_surface", readonly=False
    )
