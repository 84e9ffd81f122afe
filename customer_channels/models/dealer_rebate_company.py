from odoo import fields, models


class ResCompany(models.Model):
    """Where rebates are accrued, and with what they are settled."""

    _inherit = "res.company"

    customer_rebate_product_id = fields.Many2one(
        "product.product",
        string="Rebate Product",
        domain=[("type", "=", "service")],
        help="A service, with the taxes of settlements. Its invoice lines are no sale of goods.",
    )
    customer_rebate_accrual_account_id = fields.Many2one(
        "account.account",
        string="Accrued Rebates",
        help="A liability: what dealers earned and was not settled. Settlements are charged to it.",
    )
    customer_rebate_revenue_account_id = fields.Many2one(
        "account.account",
        string="Reduction of Revenue",
        help="Rebates reduce the revenue when they are earned.",
    )
    customer_rebate_journal_id = fields.Many2one(
        "account.journal", string="Accrual Journal", domain=[("type", "=", "general")]
    )


class ResConfigSettings(models.TransientModel):
    """The same on the page of the settings."""

    _inherit = "res.config.settings"

    customer_rebate_product_id = fields.Many2one(
        related="company_id.customer_rebate_product_id", readonly=False
    )
    customer_rebate_accrual_account_id = fields.Many2one(
        related="company_id.customer_rebate_accrual_account_id", readonly=False
    )
    customer_rebate_revenue_account_id = fields.Many2one(
        related="company_id.customer_rebate_revenue_account_id", readonly=False
    )
    customer_rebate_journal_id = fields.Many2one(
        related="company_id.customer_rebate_journal_id", readonly=False
    )
