from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How credit is reviewed, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_credit_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of Credit Limits"
    )
    customer_credit_controller_id = fields.Many2one(
        related="company_id.customer_credit_controller_id", readonly=False
    )
    customer_credit_notice_days = fields.Integer(
        related="company_id.customer_credit_notice_days", readonly=False
    )
    customer_credit_unrated_months = fields.Integer(
        related="company_id.customer_credit_unrated_months", readonly=False
    )
    customer_credit_rounds = fields.Char(related="company_id.customer_credit_rounds", readonly=False)
    customer_credit_expiry_percent = fields.Float(
        related="company_id.customer_credit_expiry_percent", readonly=False
    )
    customer_credit_expiry_days = fields.Integer(
        related="company_id.customer_credit_expiry_days", readonly=False
    )
    customer_credit_temporary_days = fields.Integer(
        related="company_id.customer_credit_temporary_days", readonly=False
    )
    customer_credit_temporary_percent = fields.Float(
        related="company_id.customer_credit_temporary_percent", readonly=False
    )
    customer_credit_temporary_count = fields.Integer(
        related="company_id.customer_credit_temporary_count", readonly=False
    )
    customer_credit_temporary_period = fields.Integer(
        related="company_id.customer_credit_temporary_period", readonly=False
    )
    customer_credit_temporary_overdue = fields.Boolean(
        related="company_id.customer_credit_temporary_overdue", readonly=False
    )
    customer_credit_combination = fields.Selection(
        related="company_id.customer_credit_combination", readonly=False
    )
    customer_credit_single_percent = fields.Float(
        related="company_id.customer_credit_single_percent", readonly=False
    )
    customer_credit_step = fields.Monetary(
        related="company_id.customer_credit_step",
        readonly=False,
        currency_field="customer_credit_currency_id",
    )
    customer_credit_starter_cap = fields.Monetary(
        related="company_id.customer_credit_starter_cap",
        readonly=False,
        currency_field="customer_credit_currency_id",
    )
