from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class CustomerAssessmentBand(models.Model):
    """The points for values that reach a limit: from it up, or up to it; of a choice, one of its options."""

    _name = "customer.assessment.band"
    _description = "Assessment Band"
    _order = "criterion_id, is_rest, sequence, limit desc, id"

    criterion_id = fields.Many2one(
        "customer.assessment.criterion", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10, help="The order of the options of a choice.")
    label = fields.Char(translate=True, help="The option of a choice.")
    limit = fields.Float(help="Included: from this value up, or up to this value when less is better.")
    is_rest = fields.Boolean(string="All Others", help="The points of values that reach no limit.")
    points = fields.Float(required=True)

    _limit_unique = models.UniqueIndex(
        '(criterion_id, "limit") WHERE is_rest IS NOT TRUE AND label IS NULL',
        "Two bands of a criterion have the same limit: they overlap.",
    )
    _rest_unique = models.UniqueIndex(
        "(criterion_id) WHERE is_rest",
        "A criterion has only one band for all others.",
    )

    @api.constrains("points", "limit")
    def _check_points(self):
        for band in self:
            if not isfinite(band.limit):
                raise ValidationError(
                    self.env._("The limit of a band of “%s” is not a number.", band.criterion_id.name)
                )
            most = band.criterion_id.points_max
            if not 0 <= band.points <= most:
                raise ValidationError(
                    self.env._(
                        "A band of “%(criterion)s” gives %(points)s points: it must be between 0 and %(most)s.",
                        criterion=band.criterion_id.name,
                        points=band.points,
                        most=most,
                    )
                )

    def _snapshot(self):
        """Return what an assessment keeps of the band."""
        self.ensure_one()
        return {
            "label": self.label or False,
            "limit": self.limit,
            "points": self.points,
            "rest": self.is_rest,
        }

    def _case_sql(self, measure):
        """Return the branch of a CASE for this band."""
        self.ensure_one()
        points = SQL("%s::numeric", self.points)
        if self.is_rest:
            return SQL("WHEN TRUE THEN %s", points)
        reached = SQL(">=") if self.criterion_id.band_side == "least" else SQL("<=")
        return SQL("WHEN %s %s %s::numeric THEN %s", measure, reached, self.limit, points)
