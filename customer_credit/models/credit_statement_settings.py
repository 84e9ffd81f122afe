from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How old a statement may be, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_credit_statement_months = fields.Integer(
        related="company_id.customer_credit_statement_months", readonly=False
    )
