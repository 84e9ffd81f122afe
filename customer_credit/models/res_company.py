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

    _credit_horizon_positive = models.Constraint(
        "CHECK(customer_credit_horizon >= 0)", "The days within which orders count cannot be negative."
    )
