from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class CustomerAssessmentTemplate(models.Model):
    """Weighted criteria that turn what is known of a customer into a score of 0 to 100."""

    _name = "customer.assessment.template"
    _description = "Assessment Template"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Leave empty to use it in every company.")
    criterion_ids = fields.One2many("customer.assessment.criterion", "template_id", copy=True)
    weight_total = fields.Float(compute="_compute_weight_total", help="The weights need not add up to 100.")
    coverage_min = fields.Float(
        string="Least Coverage (%)",
        help="A customer of whom less than this part of the weights is known gets no score.",
    )

    _coverage_range = models.Constraint(
        "CHECK(coverage_min >= 0 AND coverage_min <= 100)",
        "The least coverage is a percentage between 0 and 100.",
    )

    @api.depends("criterion_ids.weight")
    def _compute_weight_total(self):
        for template in self:
            template.weight_total = sum(template.criterion_ids.mapped("weight"))

    @api.constrains("criterion_ids")
    def _check_criteria(self):
        for template in self:
            if template.criterion_ids and template.weight_total <= 0:
                raise ValidationError(
                    self.env._(
                        "The weights of “%(template)s” add up to zero: give at least one criterion a weight.",
                        template=template.name,
                    )
                )

    def _score_sql(self, scope):
        """Return the statement of the score: rows of (partner_id, value), value being 0 to 100.

        score = 100 x sum(weight x points / most points) / sum(weight), over the criteria that count:
        one without a value counts zero, or is left out and its weight spread, as the criterion says.
        A customer of whom nothing is known has no row. (DESIGN 2.2)
        """
        self.ensure_one()
        criteria = self.criterion_ids.filtered("metric_id")
        if not criteria:
            return SQL("SELECT NULL::int AS partner_id, NULL::numeric AS value WHERE FALSE")
        metrics = self.env["customer.metric"]._evaluate_sql(criteria.mapped("metric_id.code"), scope)
        columns = [
            SQL("%s AS %s", criterion._measure_sql(), SQL.identifier(f"x{i}"))
            for i, criterion in enumerate(criteria)
        ]
        gained, possible, known = [], [], []
        for i, criterion in enumerate(criteria):
            measure = SQL.identifier(f"x{i}")
            weight = SQL("%s::numeric", criterion.weight)
            gained.append(SQL("%s * COALESCE(%s, 0)", weight, criterion._points_sql(measure)))
            known.append(SQL("CASE WHEN %s IS NULL THEN 0 ELSE %s END", measure, weight))
            possible.append(known[-1] if criterion.missing == "spread" else weight)
        plus = SQL(" + ")
        return SQL(
            """
            SELECT partner_id, ROUND(100 * (%(gained)s) / NULLIF(%(possible)s, 0), 6) AS value
              FROM (SELECT partner_id, %(columns)s FROM (%(metrics)s) metrics) measured
             WHERE 100 * (%(known)s) >= %(coverage)s * %(total)s
            """,
            gained=plus.join(gained),
            possible=plus.join(possible),
            known=plus.join(known),
            columns=SQL(", ").join(columns),
            metrics=metrics,
            coverage=SQL("%s::numeric", self.coverage_min),
            total=SQL("%s::numeric", self.weight_total),
        )
