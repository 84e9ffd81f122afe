from odoo import fields, models


class ResCompany(models.Model):
    """How long investigations hold, and which changes of the standing ask for a review."""

    _inherit = "res.company"

    customer_credit_validity_good = fields.Integer(
        string="Investigations of Good Customers Hold (Months)", default=12
    )
    customer_credit_validity = fields.Integer(string="Other Investigations Hold (Months)", default=6)
    customer_credit_good_score = fields.Float(
        string="Good Ratings Begin Above",
        default=70,
        help="Ratings whose scores begin at this one or higher are good: with the scale as shipped, AAA to A.",
    )
    customer_credit_event_bands = fields.Integer(
        string="Ratings Passed in a Month",
        default=1,
        help="A rating that changes by more than so many steps in a month asks for a review.",
    )
    customer_credit_event_use = fields.Float(
        string="Rise of the Use (Points)",
        default=30,
        help="A use of the limit that rises by more than so many percentage points in a month asks for a review.",
    )

    _credit_survey_positive = models.Constraint(
        "CHECK(customer_credit_validity_good > 0 AND customer_credit_validity > 0"
        " AND customer_credit_event_bands >= 0 AND customer_credit_event_use >= 0)",
        "Investigations hold for a month at least, and changes of the standing are not below zero.",
    )
