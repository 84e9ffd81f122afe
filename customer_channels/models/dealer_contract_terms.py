from odoo import api, fields, models

DAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class CustomerDealerContract(models.Model):
    """What its clauses leave open: days, shares and names, each with what is usual."""

    _inherit = "customer.dealer.contract"

    company_representative = fields.Char(string="Our Representative", help="Who signs for us.")
    dealer_representative = fields.Char(string="Dealer's Representative", help="Who signs for the dealer.")
    sub_dealer_id = fields.Many2one(
        "customer.dealer",
        string="Sub-dealer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('id', '!=', dealer_id)]",
        help="The third party of a closed-channel agreement.",
    )
    third_party = fields.Char(help="The name of a third party that is not registered as a dealer.")
    deposit_topup_days = fields.Integer(string="Deposit Topped Up Within (Days)", default=15)
    order_day = fields.Selection(DAYS, string="Ordering Day", default="2")
    minimum_order = fields.Monetary()
    inspection_days_visible = fields.Integer(string="Claims for Visible Defects (Days)", default=7)
    inspection_days_hidden = fields.Integer(string="Claims for Hidden Defects (Days)", default=30)
    interest_rate = fields.Float(string="Interest on Arrears (% a Day)", default=0.05, digits=(16, 3))
    price_notice_days = fields.Integer(string="Notice of New Prices (Working Days)", default=7)
    report_day = fields.Integer(
        string="Reports Until (Day of the Month)", default=5, help="Of sales and stock of the month before."
    )
    renewal_months = fields.Integer(string="Objection to Renewal (Months Before)", default=2)
    termination_months_without_order = fields.Integer(string="May End Without an Order (Months)", default=3)
    swap_percent = fields.Float(
        string="Swap When Less Is Sold (%)",
        default=10,
        help="Goods of which less than this share was sold may be swapped.",
    )
    swap_months = fields.Integer(string="Swap After (Months)", default=3)
    early_exit_months = fields.Integer(string="Early Exit Without Damages (Months)", default=3)
    commission_ids = fields.One2many("customer.dealer.commission", "contract_id", copy=True)
    buys_stock_back = fields.Boolean(string="Stock Is Bought Back", default=True)
    stock_buyback_percent = fields.Float(
        string="Bought Back At (% of Cost)", default=90, help="Of what the dealer paid, less wear."
    )
    settlement_days = fields.Integer(string="Settled After the End (Days)", default=30)
    forum = fields.Char(string="Place of Jurisdiction", help="Empty: where our company has its seat.")

    _terms_positive = models.Constraint(
        """CHECK(deposit_topup_days >= 0 AND minimum_order >= 0 AND inspection_days_visible >= 0
             AND inspection_days_hidden >= 0 AND interest_rate >= 0 AND price_notice_days >= 0
             AND renewal_months >= 0 AND termination_months_without_order >= 0 AND swap_months >= 0
             AND early_exit_months >= 0 AND settlement_days >= 0)""",
        "Days, months and amounts of a contract cannot be negative.",
    )
    _report_day_exists = models.Constraint(
        "CHECK(report_day BETWEEN 1 AND 28)", "Reports are due on a day from 1 to 28, which every month has."
    )
    _shares_in_range = models.Constraint(
        "CHECK(swap_percent BETWEEN 0 AND 100 AND stock_buyback_percent BETWEEN 0 AND 100)",
        "A share lies between 0 and 100 %.",
    )

    @api.onchange("sub_dealer_id")
    def _onchange_sub_dealer_id(self):
        self.third_party = False

    # What other parts of channels add to the text

    def _target_table(self):
        """Hook: return the targets that the contract agrees on, as Markup; None when there are none."""
        self.ensure_one()

    def _rebate_table(self):
        """Hook: return the rebates that the contract agrees on, as Markup; None when there are none."""
        self.ensure_one()
