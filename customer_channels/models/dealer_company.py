from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """What this company asks of those who want to become its dealers."""

    _inherit = "res.company"

    customer_dealer_score_approve = fields.Float(
        string="Approve From",
        required=True,
        default=75.0,
        help="From this score of the survey on, an applicant may become a dealer.",
    )
    customer_dealer_score_conditional = fields.Float(
        string="Conditional From",
        required=True,
        default=60.0,
        help="From this score on only with conditions in writing; below it, not at all.",
    )
    customer_dealer_funds_months = fields.Float(
        string="Funds for Months of Sales",
        required=True,
        default=3.0,
        help="An applicant's funds should carry so many months of what it commits itself to sell.",
    )
    customer_dealer_funds_rule = fields.Selection(
        [("warn", "Is Shown to the Approvers"), ("refuse", "Keeps the Application Back")],
        string="Too Little Money",
        required=True,
        default="warn",
    )
    customer_dealer_store_population = fields.Integer(
        string="People for Each Franchise Store",
        help="In its trade area. 0: no rule.",
    )
    customer_dealer_store_distance = fields.Float(
        string="Distance Between Franchise Stores (km)", help="0: no rule."
    )
    customer_dealer_store_surface = fields.Float(
        string="Least Area of a Franchise Store (m²)", help="0: no rule."
    )

    @api.constrains("customer_dealer_score_approve", "customer_dealer_score_conditional")
    def _check_dealer_scores(self):
        for company in self:
            most, least = company.customer_dealer_score_approve, company.customer_dealer_score_conditional
            if not 0 <= least <= most <= 100:
                raise ValidationError(
                    self.env._(
                        "The scores of the survey go from 0 to 100, and “conditional” (%(least)g) cannot begin above "
                        "“approve” (%(most)g).",
                        least=least,
                        most=most,
                    )
                )

    _dealer_funds_positive = models.Constraint(
        "CHECK(customer_dealer_funds_months >= 0)", "The months that funds should carry cannot be negative."
    )
    _dealer_store_rules_positive = models.Constraint(
        "CHECK(COALESCE(customer_dealer_store_population, 0) >= 0 AND "
        "COALESCE(customer_dealer_store_distance, 0) >= 0 AND COALESCE(customer_dealer_store_surface, 0) >= 0)",
        "People, distance and area of franchise stores cannot be negative.",
    )
