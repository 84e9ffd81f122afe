from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..exceptions import AssessmentFormulaError
from ..tools import is_name


class CustomerAssessmentCriterion(models.Model):
    """One line of an assessment template: what is looked at, how it earns points, what it weighs.

    An addon adds a source with ``selection_add``, a method ``_fill_<source>`` on ``customer.assessment.line``
    that finds the values, and what it needs for that in ``_snapshot``.
    """

    _name = "customer.assessment.criterion"
    _description = "Assessment Criterion"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "customer.assessment.template", required=True, index=True, ondelete="cascade"
    )
    section_id = fields.Many2one(
        "customer.assessment.section",
        index="btree_not_null",
        ondelete="set null",
        domain="[('template_id', '=', template_id)]",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, required=True, precompute=True, translate=True
    )
    code = fields.Char(help="Its name in formulas: small letters, digits and _. Only needed for those.")
    guide = fields.Text(translate=True, help="Tells the assessor what to look at and when to give how much.")
    weight = fields.Float(
        default=10.0, required=True, help="With 0 it is asked, and may veto, but earns nothing."
    )
    source = fields.Selection(
        [("metric", "Metric"), ("judged", "Judged"), ("formula", "Formula")],
        required=True,
        default="metric",
        help="Metric: computed from the company's own documents.\nJudged: answered by the assessor.\n"
        "Formula: computed from figures and from criteria before it.",
    )
    metric_id = fields.Many2one("customer.metric", ondelete="restrict")
    percentile = fields.Boolean(
        string="By Percentile",
        help="Look at the customer's place among all customers (0 lowest, 100 highest) instead of the value.",
    )
    answer_kind = fields.Selection(
        [("points", "Points"), ("choice", "Choice"), ("yes_no", "Yes or No"), ("number", "Number")],
        string="Answer",
        default="points",
        help="Points: from 0 to the most points.\nChoice: one of the bands, by its label.\n"
        "Yes or no: all points or none.\nNumber: earns points as a metric does.",
    )
    good_answer = fields.Selection(
        [("yes", "Yes"), ("no", "No")], string="Earns the Points", default="yes", required=True
    )
    zero_unknown = fields.Boolean(
        string="0 Means No Information",
        help="An answer of 0 counts as missing: it lowers the coverage, and the score if missing counts zero.",
    )
    formula = fields.Char(
        help="Numbers, codes of figures and of criteria before it, + - * / **, comparisons, “a if b else c”, min, "
        "max, round, abs. points_CODE are the points of a criterion. Missing when it divides by zero."
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
    band_side = fields.Selection(
        [("least", "At least this value"), ("most", "At most this value")],
        string="A Limit Is",
        compute="_compute_band_side",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="The limit itself is included either way.",
    )
    band_ids = fields.One2many("customer.assessment.band", "criterion_id", copy=True)
    points_max = fields.Float(string="Most Points", default=10.0, required=True)
    missing = fields.Selection(
        [("zero", "Counts Zero"), ("spread", "Spread Its Weight")],
        string="Without a Value",
        required=True,
        default="spread",
        help="Either way its weight is missing in the coverage.",
    )
    required = fields.Boolean(help="An assessment cannot be finished without it.")
    evidence = fields.Boolean(
        string="Evidence Required",
        help="An assessment cannot be finished without an attachment to the answer.",
    )
    veto_below = fields.Float(
        string="Veto Below (%)",
        help="An answer that earns less than this part of its points caps the whole score; exactly so much does "
        "not. A missing answer is no veto. 0: no veto; 100 with yes or no: the bad answer.",
    )
    veto_cap = fields.Float(string="Capped At", help="The most that the whole score can be after a veto.")
    veto_conclusion_id = fields.Many2one(
        "customer.assessment.conclusion",
        string="Capped At Conclusion",
        ondelete="restrict",
        domain="[('template_id', '=', template_id)]",
        help="The whole score is capped at the best score of this conclusion.",
    )

    _weight_positive = models.Constraint("CHECK(weight >= 0)", "A weight cannot be negative.")
    _points_positive = models.Constraint("CHECK(points_max > 0)", "The most points must be more than zero.")
    _veto_range = models.Constraint(
        "CHECK(veto_below >= 0 AND veto_below <= 100 AND veto_cap >= 0 AND veto_cap <= 100)",
        "The limits of a veto are between 0 and 100.",
    )
    _code_unique = models.UniqueIndex(
        "(template_id, code) WHERE code IS NOT NULL",
        "Two criteria of a template have the same code: formulas could not tell them apart.",
    )

    @api.depends("metric_id")
    def _compute_name(self):
        for criterion in self:
            criterion.name = criterion.name or criterion.metric_id.name

    @api.depends("metric_id", "percentile", "source")
    def _compute_band_side(self):
        for criterion in self:
            falling = (
                criterion.source == "metric"
                and criterion.metric_id
                and not criterion.percentile
                and not criterion.metric_id.higher_is_better
            )
            if criterion.source == "metric" or not criterion.band_side:
                criterion.band_side = "most" if falling else "least"

    @api.constrains("source", "metric_id", "percentile", "answer_kind", "formula", "band_ids")
    def _check_source(self):
        for criterion in self:
            problem = criterion._source_problem()
            if problem:
                raise ValidationError(problem)

    def _source_problem(self):
        """Say what the criterion lacks for its source, if anything."""
        self.ensure_one()
        if self.source == "metric" and not self.metric_id:
            return self.env._("“%s” has no metric: choose one, or another source.", self.name)
        if self.percentile and self.source != "metric":
            return self.env._("“%s”: only a metric can be looked at by percentile.", self.name)
        if self.source == "judged" and not self.answer_kind:
            return self.env._("“%s” is judged: say how it is answered.", self.name)
        if self._is_choice() and not all(self.band_ids.mapped("label")):
            return self.env._("“%s” is a choice: each of its bands needs a label.", self.name)
        return None

    def _is_choice(self):
        return self.source == "judged" and self.answer_kind == "choice"

    @api.constrains("code", "formula", "source", "sequence", "template_id")
    def _check_formula(self):
        for criterion in self:
            if criterion.code and (not is_name(criterion.code) or criterion.code.startswith("points_")):
                raise AssessmentFormulaError(
                    self.env._(
                        "“%(code)s” cannot be the code of a criterion: begin with a small letter, use small letters, "
                        "digits and _ only, and no word that formulas use themselves.",
                        code=criterion.code,
                    )
                )
        self.template_id._check_formulas()

    @api.constrains("source", "template_id")
    def _check_graded(self):
        self.template_id._check_graded()

    @api.constrains("section_id", "veto_conclusion_id", "template_id")
    def _check_template(self):
        for criterion in self:
            for part in (criterion.section_id, criterion.veto_conclusion_id):
                if part and part.template_id != criterion.template_id:
                    raise ValidationError(
                        self.env._(
                            "“%(criterion)s” and “%(part)s” belong to different templates.",
                            criterion=criterion.name,
                            part=part.name,
                        )
                    )

    @api.constrains("scoring", "floor", "ceiling", "source", "answer_kind")
    def _check_span(self):
        for criterion in self:
            if criterion._scoring() == "linear" and criterion.floor == criterion.ceiling:
                if criterion.source == "judged" and criterion.answer_kind == "points":
                    continue
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is linear, but its floor and its ceiling are both %(value)s: they must differ.",
                        name=criterion.name,
                        value=criterion.floor,
                    )
                )

    @api.constrains("weight", "points_max", "floor", "ceiling", "veto_below", "veto_cap")
    def _check_numbers(self):
        names = ("weight", "points_max", "floor", "ceiling", "veto_below", "veto_cap")
        for criterion in self:
            if not all(isfinite(criterion[name]) for name in names):
                raise ValidationError(
                    self.env._(
                        "“%s”: its weight, points, floor and ceiling must all be numbers.", criterion.name
                    )
                )

    @api.constrains("points_max")
    def _check_bands(self):
        self.band_ids._check_points()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        gone = {(criterion.template_id, criterion.code) for criterion in self if criterion.code}
        self.template_id._check_formulas(without=gone)
