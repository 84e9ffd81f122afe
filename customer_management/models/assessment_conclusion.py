from odoo import fields, models


class CustomerAssessmentConclusion(models.Model):
    """What a score means: a class of scores with its name and what to do."""

    _name = "customer.assessment.conclusion"
    _description = "Assessment Conclusion"
    _order = "template_id, limit desc, id"

    template_id = fields.Many2one(
        "customer.assessment.template", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, translate=True)
    limit = fields.Float(
        string="From Score",
        help="The class begins at this score. Whether a score exactly on it belongs to the class, is a setting of "
        "the template. The lowest class takes all scores below the others.",
    )
    color = fields.Integer()
    advice = fields.Text(translate=True, help="What follows from it.")

    _limit_range = models.Constraint(
        'CHECK("limit" >= 0 AND "limit" <= 100)', "A conclusion begins at a score between 0 and 100."
    )
    _limit_unique = models.UniqueIndex(
        '(template_id, "limit")', "Two conclusions of a template begin at the same score: they overlap."
    )

    def _best_score(self):
        """Return the highest score, with two decimals, that still belongs to this conclusion."""
        self.ensure_one()
        limits = self.template_id.conclusion_ids.mapped("limit")
        better = min((limit for limit in limits if limit > self.limit), default=None)
        if better is None:
            return 100.0
        return better if self.template_id.limit_rule == "below" else round(better - 0.01, 2)
