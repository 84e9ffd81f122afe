from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerCreditRating(models.Model):
    """How creditworthy a payer is, AAA to D, and what follows from it: terms, the size of limits, reviews.

    A payer without a rating is not rated, which is not the lowest rating. (domain 4.2)
    """

    _name = "customer.credit.rating"
    _description = "Credit Rating"
    _order = "sequence, id"

    name = fields.Char(string="Rating", required=True)
    meaning = fields.Char(translate=True)
    sequence = fields.Integer(default=10, help="The best rating comes first.")
    company_id = fields.Many2one("res.company", index=True, help="Empty: for all companies.")
    score_above = fields.Float(
        help="A score above this one, up to the bound of the next better rating, gives this rating. "
        "The last rating takes all that is left."
    )
    gives_credit = fields.Boolean(default=True, help="Without credit, everything is paid in advance.")
    credit_days = fields.Integer(help="The longest payment term that this rating is given, in days.")
    limit_factor = fields.Float(default=1.0, help="By how much a need of credit is multiplied into a limit.")
    has_need_cap = fields.Boolean(string="Capped", help="The limit is at most a part of the need.")
    need_percent = fields.Float(string="Most of the Need (%)", help="Used when capped.")
    tolerance = fields.Float(
        string="Tolerance (%)", help="By how much of its limit a payer may exceed it before orders are held."
    )
    review_months = fields.Integer(
        string="Review Every (Months)", default=12, help="0: reviews are not asked for."
    )
    color = fields.Integer()

    _name_unique = models.UniqueIndex(
        "(name, COALESCE(company_id, 0))", "There is already a rating of this name."
    )
    _not_negative = models.Constraint(
        "CHECK(credit_days >= 0 AND limit_factor >= 0 AND need_percent >= 0 AND tolerance >= 0 AND review_months >= 0)",
        "Days, factors, percentages and months of a rating cannot be negative.",
    )

    @api.constrains("score_above", "sequence", "company_id")
    def _check_order(self):
        """Better ratings need higher scores, so that each score has one rating."""
        for ratings in self._scale_of(self.company_id):
            for better, worse in zip(ratings, ratings[1:], strict=False):
                if better.score_above <= worse.score_above and worse != ratings[-1]:
                    raise ValidationError(
                        self.env._(
                            "%(better)s needs a score above %(bound)s, which is not more than that of %(worse)s "
                            "(%(other)s). A better rating needs a higher score.",
                            better=better.name,
                            bound=better.score_above,
                            worse=worse.name,
                            other=worse.score_above,
                        )
                    )

    @api.model
    def _scale_of(self, companies):
        """Return the scale of all companies, and those of the companies that have their own."""
        groups = self.sudo().search([("company_id", "in", [*companies.ids, False])]).grouped("company_id")
        return list(groups.values())

    @api.model
    def _scale(self, company):
        """Return the ratings that a company uses, the best first: its own, or those for all."""
        found = self.sudo().search([("company_id", "in", [company.id, False])])
        return found.filtered("company_id") or found

    @api.model
    def _of_score(self, score, company):
        """Return the rating that a score of 0 to 100 gives; each bound belongs to the rating below it."""
        scale = self._scale(company)
        return next((rating for rating in scale[:-1] if score > rating.score_above), scale[-1:])
