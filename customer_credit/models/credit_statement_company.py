from odoo import fields, models


class ResCompany(models.Model):
    """How old a statement may be that a review still counts on."""

    _inherit = "res.company"

    customer_credit_statement_months = fields.Integer(
        string="Statements Count for (Months)",
        default=18,
        help="Reviews take no figures from statements whose balance sheet is older; 0: of any age.",
    )

    _credit_statement_positive = models.Constraint(
        "CHECK(customer_credit_statement_months >= 0)",
        "The months for which statements count cannot be negative.",
    )
