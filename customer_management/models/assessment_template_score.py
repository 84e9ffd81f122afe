from odoo import models
from odoo.fields import Command
from odoo.tools import SQL


class CustomerAssessmentTemplate(models.Model):
    """The template at work: the score of all customers in one statement, and copies of itself."""

    _inherit = "customer.assessment.template"

    def _snapshot(self):
        """Return what an assessment keeps of the template, in the user's language; see ``tools/scorecard.py``."""
        self.ensure_one()
        return {
            "name": self.name,
            "introduction": self.introduction or "",
            "sections": self.section_ids.sorted(lambda s: (s.sequence, s.id)).mapped("name"),
            "total_rule": self.total_rule,
            "limit_rule": self.limit_rule,
            "coverage_min": self.coverage_min,
            "below_coverage": self.below_coverage,
            "unrated_name": self.unrated_name or "",
            "amount_formula": self.amount_formula or "",
            "conclusions": [
                {"name": c.name, "limit": c.limit, "color": c.color, "advice": c.advice or ""}
                for c in self.conclusion_ids.sorted("limit", reverse=True)
            ],
        }

    def _lines(self):
        """Return the criteria in the order of the questions: by section, then by their own order."""
        self.ensure_one()
        sections = self.section_ids.sorted(lambda s: (s.sequence, s.id)).ids
        places = {section: place for place, section in enumerate(sections)}
        return self.criterion_ids.sorted(
            lambda c: (places.get(c.section_id.id, len(places)), c.sequence, c.id)
        )

    def copy(self, default=None):
        """Override of `base`: the copy's criteria belong to the copy's own sections and conclusions."""
        copies = super().copy(default)
        for template, twin in zip(self, copies, strict=True):
            template._copy_parts_to(twin)
        return copies

    def copy_data(self, default=None):
        """Override of `base` to tell the copy's name from the original's."""
        vals_list = super().copy_data(default)
        if "name" in (default or {}):
            return vals_list
        return [
            {**vals, "name": self.env._("%(name)s (copy)", name=template.name)}
            for template, vals in zip(self, vals_list, strict=True)
        ]

    def _copy_parts_to(self, twin):
        """Copy sections, figures, conclusions and criteria to another template, in this order."""
        twins = {"section_id": {}, "veto_conclusion_id": {}}
        for parts, field in ((self.section_ids, "section_id"), (self.conclusion_ids, "veto_conclusion_id")):
            twins[field] = dict(zip(parts, parts.copy({"template_id": twin.id}), strict=True))
        self.figure_ids.copy({"template_id": twin.id})
        values = self.criterion_ids.copy_data({"template_id": twin.id})
        for criterion, vals in zip(self.criterion_ids, values, strict=True):
            for field, pairs in twins.items():
                vals[field] = pairs[criterion[field]].id if criterion[field] else False
        twin.criterion_ids = [Command.create(vals) for vals in values]

    def _score_sql(self, scope):
        """Return the statement of the score: rows of (partner_id, value), value being 0 to 100.

        score = 100 x sum(weight x points / most points) / sum(weight), over the criteria that count:
        one without a value counts zero, or is left out and its weight spread, as the criterion says.
        A sum of points is that of weight x points / most points, 100 at most. A veto caps either.
        A customer of whom nothing is known has no row. (DESIGN 2.2)

        :raises AssessmentTemplateError: when a criterion is not a metric
        """
        self.ensure_one()
        self._ensure_graded()
        criteria = self.criterion_ids
        if not criteria:
            return SQL("SELECT NULL::int AS partner_id, NULL::numeric AS value WHERE FALSE")
        metrics = self.env["customer.metric"]._evaluate_sql(criteria.mapped("metric_id.code"), scope)
        columns = [
            SQL("%s AS %s", criterion._measure_sql(), SQL.identifier(f"x{i}"))
            for i, criterion in enumerate(criteria)
        ]
        known = [
            SQL("CASE WHEN %s IS NULL THEN 0 ELSE %s::numeric END", SQL.identifier(f"x{i}"), criterion.weight)
            for i, criterion in enumerate(criteria)
        ]
        return SQL(
            """
            SELECT partner_id, ROUND(LEAST(%(score)s), 6) AS value
              FROM (SELECT partner_id, %(columns)s FROM (%(metrics)s) metrics) measured
             WHERE 100 * (%(known)s) >= %(coverage)s * %(total)s AND (%(known)s) > 0
            """,
            score=SQL(", ").join([self._uncapped_sql(criteria, known), *self._vetoes_sql(criteria)]),
            known=SQL(" + ").join(known),
            columns=SQL(", ").join(columns),
            metrics=metrics,
            coverage=SQL("%s::numeric", self.coverage_min),
            total=SQL("%s::numeric", self.weight_total),
        )

    def _uncapped_sql(self, criteria, known):
        """Return the score before vetoes, over columns x0, x1, ... and what is known of their weights."""
        gained = [
            SQL(
                "%s::numeric * COALESCE(%s, 0)",
                criterion.weight,
                criterion._points_sql(SQL.identifier(f"x{i}")),
            )
            for i, criterion in enumerate(criteria)
        ]
        possible = [
            weight if criterion.missing == "spread" else SQL("%s::numeric", criterion.weight)
            for criterion, weight in zip(criteria, known, strict=True)
        ]
        plus = SQL(" + ")
        if self.total_rule == "sum":
            return SQL("LEAST(%s, 100)", plus.join(gained))
        return SQL("100 * (%s) / NULLIF(%s, 0)", plus.join(gained), plus.join(possible))

    def _vetoes_sql(self, criteria):
        """Return the caps of the criteria that may veto."""
        return [
            criterion._veto_sql(SQL.identifier(f"x{i}"))
            for i, criterion in enumerate(criteria)
            if criterion.veto_below
        ]
