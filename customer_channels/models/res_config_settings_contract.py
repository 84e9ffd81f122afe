from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How contracts with dealers are watched, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_contract_renewal_days = fields.Integer(
        related="company_id.customer_contract_renewal_days", readonly=False
    )
    customer_contract_deposit_days = fields.Integer(
        related="company_id.customer_contract_deposit_days", readonly=False
    )
    customer_condition_months = fields.Integer(related="company_id.customer_condition_months", readonly=False)
    customer_condition_extensions = fields.Integer(
        related="company_id.customer_condition_extensions", readonly=False
    )
    customer_condition_extension_months = fields.Integer(
        related="company_id.customer_condition_extension_months", readonly=False
    )
