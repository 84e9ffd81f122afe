from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How the conduct of dealers is watched, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_dealer_territory_action = fields.Selection(
        related="company_id.customer_dealer_territory_action", readonly=False
    )
    customer_dealer_floor_action = fields.Selection(
        related="company_id.customer_dealer_floor_action", readonly=False
    )
    customer_dealer_price_cleared = fields.Boolean(
        related="company_id.customer_dealer_price_cleared", readonly=False
    )
    customer_dealer_natural_share = fields.Float(
        related="company_id.customer_dealer_natural_share", readonly=False
    )
    customer_dealer_reward = fields.Float(related="company_id.customer_dealer_reward", readonly=False)
    customer_dealer_accept_days = fields.Integer(
        related="company_id.customer_dealer_accept_days", readonly=False
    )
    customer_dealer_investigate_days = fields.Integer(
        related="company_id.customer_dealer_investigate_days", readonly=False
    )
    customer_dealer_hearing_days = fields.Integer(
        related="company_id.customer_dealer_hearing_days", readonly=False
    )
    customer_dealer_share_limit = fields.Float(
        related="company_id.customer_dealer_share_limit", readonly=False
    )
    customer_dealer_top_limit = fields.Float(related="company_id.customer_dealer_top_limit", readonly=False)
    customer_dealer_stock_months = fields.Float(
        related="company_id.customer_dealer_stock_months", readonly=False
    )
    customer_dealer_store_days = fields.Integer(
        related="company_id.customer_dealer_store_days", readonly=False
    )
    customer_dealer_topup_days = fields.Integer(
        related="company_id.customer_dealer_topup_days", readonly=False
    )
    customer_dealer_deposit_journal_id = fields.Many2one(
        related="company_id.customer_dealer_deposit_journal_id", readonly=False
    )
    customer_dealer_deposit_account_id = fields.Many2one(
        related="company_id.customer_dealer_deposit_account_id", readonly=False
    )
    customer_dealer_penalty_account_id = fields.Many2one(
        related="company_id.customer_dealer_penalty_account_id", readonly=False
    )
