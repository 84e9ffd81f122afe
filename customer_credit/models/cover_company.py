from odoo import fields, models


class ResCompany(models.Model):
    """How securities and disputes work on the credit of customers in this company."""

    _inherit = "res.company"

    customer_credit_cover = fields.Selection(
        [("none", "Is Kept on File Only"), ("limit", "Raises the Limit")],
        string="Security",
        required=True,
        default="limit",
        help="What a mortgage, pledge, guarantee or deposit in force does.",
    )
    customer_credit_insurance = fields.Selection(
        [
            ("none", "Is Kept on File Only"),
            ("limit", "Raises the Limit"),
            ("exposure", "Reduces the Exposure"),
        ],
        string="Insurance",
        required=True,
        default="exposure",
        help="What an insurance in force does: the insured part of what is owed may leave the exposure.",
    )
    customer_credit_cover_days = fields.Integer(
        string="Notice Before Expiry (Days)",
        default=30,
        help="So many days before a security expires, its responsible is told.",
    )
    customer_credit_disputed = fields.Selection(
        [("counts", "Takes Up Credit"), ("out", "Is Left Out")],
        string="What Is Disputed",
        required=True,
        default="counts",
        help="Whether the disputed part of an invoice takes up credit until the dispute is settled.",
    )
    customer_credit_dispute_days = fields.Integer(
        string="Days to Settle a Dispute",
        default=10,
        help="Working days; a reason may have its own.",
    )

    _credit_cover_days_positive = models.Constraint(
        "CHECK(customer_credit_cover_days >= 0)", "The days of notice before expiry cannot be negative."
    )
    _credit_dispute_days_positive = models.Constraint(
        "CHECK(customer_credit_dispute_days > 0)", "A dispute needs at least 1 day to be settled."
    )
