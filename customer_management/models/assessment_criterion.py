from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class CustomerAssessmentCriterion(models.Model):
    """One line of an assessment template: what is looked at, how it earns points, what it weighs."""

    _name = "customer.assessment.criterion"
    _description = "Assessment Criterion"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "customer.assessment.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(compute="_compute_name", store=True, readonly=False, required=True, precompute=True)
    weight = fields.Float(default=10.0, required=True)
    metric_id = fields.Many2one("customer.metric", required=True, ondelete="restrict")
    percentile = fields.Boolean(
        string="By Percentile",
        help="Look at the customer's place among all customers (0 lowest, 100 highest) instead of the value.",
    )
    scoring = fields.Selection(
        [("linear", "Linear"), ("bands", "Bands")],
        required=True,
        default="linear",
        help="Linear: no points at the floor, all at the ceiling, in proportion between them. "
        "Bands: the points of the first band that the value reaches.",
    )
    floor = fields.Float(help="No points at this value and beyond.")
    ceiling = fields.Float(help="All points at this value and beyond; below the floor when less is better.")
    band_ids = fields.One2many("customer.assessment.band", "criterion_id", copy=True)
    points_max = fields.Float(string="Most Points", default=10.0, required=True)
    missing = fields.Selection(
        [("zero", "Counts Zero"), ("spread", "Spread Its Weight")],
        string="Without a Value",
        required=True,
        default="spread",
    )

    _weight_positive = models.Constraint("CHECK(weight >= 0)", "A weight cannot be negative.")
    _points_positive = models.Constraint("CHECK(points_max > 0)", "The most points must be more than zero.")

    @api.depends("metric_id")
    def _compute_name(self):
        for criterion in self:
            criterion.name = criterion.name or criterion.metric_id.name

    @api.constrains("scoring", "floor", "ceiling")
    def _check_span(self):
        for criterion in self:
            if criterion.scoring == "linear" and criterion.floor == criterion.ceiling:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is linear, but its floor and its ceiling are both %(value)s: they must differ.",
                        name=criterion.name,
                        value=criterion.floor,
                    )
                )

    @api.constrains("weight", "points_max", "floor", "ceiling")
    def _check_numbers(self):
        for criterion in self:
            if not all(
                map(isfinite, (criterion.weight, criterion.points_max, criterion.floor, criterion.ceiling))
            ):
                raise ValidationError(
                    self.env._(
                        "“%s”: its weight, points, floor and ceiling must all be numbers.", criterion.name
                    )
                )

    @api.constrains("points_max")
    def _check_bands(self):
        self.band_ids._check_points()

    def _measure_sql(self):
        """Return the value that is looked at: the metric's column, or its percentile among all (0..100)."""
        self.ensure_one()
        column = SQL.identifier(self.metric_id.code)
        if not self.percentile:
            return column
        rank = SQL("PERCENT_RANK() OVER (PARTITION BY %s IS NULL ORDER BY %s)", column, column)
        return SQL("CASE WHEN %s IS NOT NULL THEN 100 * %s::numeric END", column, rank)

    def _points_sql(self, measure):
        """Return the part of the points that ``measure`` earns, 0..1; NULL when the measure is missing."""
        self.ensure_one()
        if self.scoring == "linear":
            floor, ceiling = SQL("%s::numeric", self.floor), SQL("%s::numeric", self.ceiling)
            return SQL("LEAST(GREATEST((%s - %s) / (%s - %s), 0), 1)", measure, floor, ceiling, floor)
        if not self.band_ids:
            return SQL("CASE WHEN %s IS NOT NULL THEN 0 END", measure)
        cases = [band._case_sql(measure) for band in self._bands_in_order()]
        most = SQL("%s::numeric", self.points_max)
        return SQL("(CASE WHEN %s IS NULL THEN NULL %s ELSE 0 END) / %s", measure, SQL(" ").join(cases), most)

    def _bands_in_order(self):
        """Return the bands in the order of trying: the hardest to reach first, the rest last."""
        up = self.percentile or self.metric_id.higher_is_better
        return self.band_ids.sorted(lambda band: (band.is_rest, -band.limit if up else band.limit))
