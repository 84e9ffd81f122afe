from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How complaints are disputed, paid and charged, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_complaint_dispute = fields.Selection(
        related="company_id.customer_complaint_dispute", readonly=False
    )
    customer_complaint_slip = fields.Boolean(related="company_id.customer_complaint_slip", readonly=False)
    customer_complaint_account_id = fields.Many2one(
        related="company_id.customer_complaint_account_id", readonly=False
    )
    customer_complaint_penalty_mode = fields.Selection(
        related="company_id.customer_complaint_penalty_mode", readonly=False
    )
    customer_complaint_bonus_cap = fields.Float(
        related="company_id.customer_complaint_bonus_cap", readonly=False
    )
