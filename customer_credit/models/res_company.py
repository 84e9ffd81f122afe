from odoo import fields, models


class ResCompany(models.Model):
    """What takes up credit in this company."""

    _inherit = "res.company"

    customer_credit_draft = fields.Boolean(
        string="Draft Invoices Take Up Credit",
        default=True,
    )
    customer_credit_orders = fields.Boolean(
        string="Confirmed Orders Take Up Credit",
        default=True,
        help="What is shipped and not invoiced, and what is still to be shipped.",
    )
    customer_credit_horizon = fields.Integer(
        string="Orders Due Within (Days)",
        help="Only what is to be shipped within so many days takes up credit; 0: all.",
    )
    customer_credit_release_low = fields.Float(
        string="Low Excess Up To (%)", default=10, help="Over the limit, in percent of it."
    )
    customer_credit_release_middle = fields.Float(string="Middle Excess Up To (%)", default=30)
    customer_credit_release_overdue = fields.Integer(
        string="High From Overdue Days",
        default=30,
        help="More days overdue than these are of the high level.",
    )
    customer_credit_release_days = fields.Integer(string="A Release Is Good For (Days)", default=14)
    customer_credit_release_tolerance = fields.Float(string="A Released Order May Grow By (%)", default=5)

    _credit_release_positive = models.Constraint(
        "CHECK(customer_credit_release_low >= 0 AND customer_credit_release_middle >= customer_credit_release_low"
        " AND customer_credit_release_overdue >= 0 AND customer_credit_release_days >= 0"
        " AND customer_credit_release_tolerance >= 0)",
        "The bounds of credit releases cannot be negative, and the middle one cannot be below the low one.",
    )
    _credit_horizon_positive = models.Constraint(
        "CHECK(customer_credit_horizon >= 0)", "The days within which orders count cannot be negative."
    )
