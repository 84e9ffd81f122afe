from odoo import fields, models

ACTIONS = [("off", "Nothing"), ("warn", "Flag"), ("stop", "Stop")]


class ResCompany(models.Model):
    """How this company watches what its dealers do."""

    _inherit = "res.company"

    customer_dealer_territory_action = fields.Selection(
        ACTIONS,
        string="Outside the Territory",
        required=True,
        default="warn",
        help="What happens to an order or a delivery of a dealer to a place outside its territory.",
    )
    customer_dealer_floor_action = fields.Selection(
        ACTIONS,
        string="Below the Price Floor",
        required=True,
        default="warn",
        help="What happens to an order of a dealer below the lowest price of its contract.",
    )
    customer_dealer_price_cleared = fields.Boolean(
        string="Price Penalties Legally Cleared",
        help="Off: price cases are recorded and watched only. Penalties on resale prices are presumed illegal "
        "in many countries: switch on only when your lawyers have agreed.",
    )
    customer_dealer_natural_share = fields.Float(
        string="Natural Up To (%)",
        default=5.0,
        help="Goods that cross a border, in percent of what the dealer bought in the month.",
    )
    customer_dealer_reward = fields.Float(
        string="Reward of the Informant (%)", default=20.0, help="Of what is deducted from the deposit."
    )
    customer_dealer_accept_days = fields.Integer(string="Days to Accept a Case", default=2)
    customer_dealer_investigate_days = fields.Integer(string="Days to Investigate", default=10)
    customer_dealer_hearing_days = fields.Integer(string="Days for the Dealer's Answer", default=5)
    customer_dealer_share_limit = fields.Float(
        string="One Dealer At Most (%)", default=20.0, help="Of the sales of the channel in 12 months."
    )
    customer_dealer_top_limit = fields.Float(
        string="Three Dealers At Most (%)", default=40.0, help="Of the sales of the channel in 12 months."
    )
    customer_dealer_stock_months = fields.Float(
        string="Stock At Most (Months)", default=2.0, help="Closing stock in months of the average sell-out."
    )
    customer_dealer_store_days = fields.Integer(
        string="Stores Pay the Dealer After (Days)",
        default=75,
        help="For how many days of purchases the stores that it serves tie up its money.",
    )
    customer_dealer_topup_days = fields.Integer(
        string="Days to Top Up a Deposit", default=15, help="After a deduction."
    )
    customer_dealer_deposit_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of Deductions",
        check_company=True,
        domain="[('type', '=', 'general')]",
        ondelete="restrict",
    )
    customer_dealer_deposit_account_id = fields.Many2one(
        "account.account",
        string="Account of Deposits",
        check_company=True,
        domain="[('account_type', 'in', ('liability_current', 'liability_non_current'))]",
        ondelete="restrict",
        help="Other payables: a deposit is never revenue.",
    )
    customer_dealer_penalty_account_id = fields.Many2one(
        "account.account",
        string="Account of Penalties",
        check_company=True,
        domain="[('account_type', 'in', ('income', 'income_other'))]",
        ondelete="restrict",
        help="Where what is deducted from a deposit goes.",
    )

    _dealer_conduct_positive = models.Constraint(
        "CHECK(customer_dealer_share_limit > 0 AND customer_dealer_top_limit > 0"
        " AND customer_dealer_stock_months > 0 AND customer_dealer_store_days >= 0"
        " AND customer_dealer_topup_days >= 0 AND customer_dealer_accept_days >= 0"
        " AND customer_dealer_investigate_days >= 0 AND customer_dealer_hearing_days >= 0"
        " AND customer_dealer_natural_share >= 0 AND customer_dealer_reward BETWEEN 0 AND 100)",
        "Limits are more than 0, days and percentages not negative.",
    )
