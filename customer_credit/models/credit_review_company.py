from odoo import fields, models

COMBINATIONS = [
    ("groups", "The Smaller of Need and Capacity"),
    ("average", "Weighted Average of All"),
    ("chosen", "The Method That Is Chosen"),
]


class ResCompany(models.Model):
    """How this company reviews credit: the cycle, what a request may ask for, how methods combine."""

    _inherit = "res.company"

    customer_credit_controller_id = fields.Many2one(
        "res.users",
        string="Credit Controller",
        domain=[("share", "=", False)],
        help="Is asked for the reviews that are due, and when a credit changes suddenly. Empty: the salesperson, if "
        "credit is his business too, or else one of the controllers.",
    )
    customer_credit_notice_days = fields.Integer(
        string="Ask for Reviews Before (Days)",
        default=14,
        help="So many days before a review is due, somebody is asked to do it.",
    )
    customer_credit_unrated_months = fields.Integer(
        string="Review Without a Rating (Months)",
        default=6,
        help="A limit that is given without a rating is reviewed after so many months; 0: it is not.",
    )
    customer_credit_rounds = fields.Char(
        string="Days of the Half-Yearly Round", default="06-30, 12-31", help="Month and day, such as 06-30."
    )
    customer_credit_expiry_percent = fields.Float(
        string="Expired Reviews Take (%)",
        default=25.0,
        help="By so much of the limit it falls for each period after the review was due; 0: it stays.",
    )
    customer_credit_expiry_days = fields.Integer(string="For Each (Days)", default=30)
    customer_credit_temporary_days = fields.Integer(
        string="Longest Temporary Increase (Days)", default=30, help="0: no bound."
    )
    customer_credit_temporary_percent = fields.Float(
        string="Largest Temporary Increase (%)", default=30.0, help="Of the limit; 0: no bound."
    )
    customer_credit_temporary_count = fields.Integer(
        string="Temporary Increases at Most", default=2, help="Within so many days; 0: no bound."
    )
    customer_credit_temporary_period = fields.Integer(string="Counted Within (Days)", default=90)
    customer_credit_temporary_overdue = fields.Boolean(string="Temporary Increases Also While Overdue")
    customer_credit_combination = fields.Selection(
        COMBINATIONS, string="Combination of Methods", default="groups", required=True
    )
    customer_credit_single_percent = fields.Float(
        string="Most for One Payer (%)",
        default=10.0,
        help="Of the company's own sales of a year; 0: no bound.",
    )
    customer_credit_step = fields.Monetary(
        string="Limits in Steps Of", default=1000.0, help="Proposals are rounded down to it; 0: not rounded."
    )
    customer_credit_starter_cap = fields.Monetary(
        string="Cap for Starters", help="The most for a customer without accounts; 0: none is set."
    )

    _credit_review_positive = models.Constraint(
        "CHECK(customer_credit_notice_days >= 0 AND customer_credit_unrated_months >= 0"
        " AND customer_credit_temporary_days >= 0 AND customer_credit_temporary_percent >= 0"
        " AND customer_credit_temporary_count >= 0 AND customer_credit_single_percent >= 0"
        " AND customer_credit_step >= 0 AND customer_credit_starter_cap >= 0)",
        "The days, numbers and amounts of credit reviews cannot be negative.",
    )
    _credit_periods_positive = models.Constraint(
        "CHECK(customer_credit_expiry_days > 0 AND customer_credit_temporary_period > 0)",
        "The periods of expired reviews and of temporary increases are one day or longer.",
    )
    _credit_expiry_range = models.Constraint(
        "CHECK(customer_credit_expiry_percent BETWEEN 0 AND 100)",
        "Expired reviews take between 0 and 100 % of a limit.",
    )
