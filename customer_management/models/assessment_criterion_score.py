from odoo import models
from odoo.tools import SQL


class CustomerAssessmentCriterion(models.Model):
    """How a criterion earns points: as SQL for all customers, and as a copy for one assessment."""

    _inherit = "customer.assessment.criterion"

    def _scoring(self):
        """Return how the answer earns points: linear, bands, choice or yes_no."""
        self.ensure_one()
        if self.source == "judged" and self.answer_kind in ("choice", "yes_no"):
            return self.answer_kind
        if self.source == "judged" and self.answer_kind == "points":
            return "linear"
        return self.scoring

    def _snapshot(self):
        """Return the rule that an assessment keeps of the criterion; see ``tools/scorecard.py``.

        An addon with a source of its own adds what ``_fill_<source>`` needs.
        """
        self.ensure_one()
        points = self.source == "judged" and self.answer_kind == "points"
        return {
            "id": self.id,
            "name": self.name,
            "code": self.code or False,
            "source": self.source,
            "kind": self.answer_kind if self.source == "judged" else self.source,
            "metric": self.metric_id.code or False,
            "unit": self.metric_id.unit if self.metric_id and not self.percentile else False,
            "percentile": self.percentile,
            "formula": self.formula or False,
            "scoring": self._scoring(),
            "floor": 0.0 if points else self.floor,
            "ceiling": self.points_max if points else self.ceiling,
            "least": self.band_side == "least",
            "points_max": self.points_max,
            "bands": [band._snapshot() for band in self._bands_in_order()],
            "good": self.good_answer,
            "missing": self.missing,
            "zero_unknown": self.zero_unknown and self.source == "judged",
            "required": self.required,
            "evidence": self.evidence,
            "veto_below": self.veto_below,
            "veto_cap": self._veto_score(),
        }

    def _line_values(self):
        """Return the values of the line that an assessment gets of the criterion."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "section": self.section_id.name or False,
            "name": self.name,
            "guide": self.guide or False,
            "weight": self.weight,
            "points_max": self.points_max,
            "rule": self._snapshot(),
        }

    def _veto_score(self):
        """Return the most that the whole score can be after a veto of this criterion."""
        self.ensure_one()
        return self.veto_conclusion_id._best_score() if self.veto_conclusion_id else self.veto_cap

    def _bands_in_order(self):
        """Return the bands in the order of trying: the hardest to reach first, the rest last."""
        if self._is_choice():
            return self.band_ids.sorted(lambda band: (band.sequence, -band.points, band.id))
        up = self.band_side == "least"
        return self.band_ids.sorted(lambda band: (band.is_rest, -band.limit if up else band.limit))

    def _measure_sql(self):
        """Return the value that is looked at: the metric's column, or its percentile among all (0..100)."""
        self.ensure_one()
        return (
            self._percentile_sql(self.metric_id.code)
            if self.percentile
            else SQL.identifier(self.metric_id.code)
        )

    def _percentile_sql(self, code):
        """Return the place of a metric's column among all that have a value: 0 lowest, 100 highest."""
        column = SQL.identifier(code)
        rank = SQL("PERCENT_RANK() OVER (PARTITION BY %s IS NULL ORDER BY %s)", column, column)
        return SQL("CASE WHEN %s IS NOT NULL THEN 100 * %s::numeric END", column, rank)

    def _points_sql(self, measure):
        """Return the part of the points that ``measure`` earns, 0..1; NULL when the measure is missing."""
        self.ensure_one()
        if self.scoring == "linear":
            floor, ceiling = SQL("%s::numeric", self.floor), SQL("%s::numeric", self.ceiling)
            part = SQL("LEAST(GREATEST((%s - %s) / (%s - %s), 0), 1)", measure, floor, ceiling, floor)
            # LEAST and GREATEST pass over NULL: without the condition a missing value would be zero points.
            return SQL("CASE WHEN %s IS NOT NULL THEN %s END", measure, part)
        if not self.band_ids:
            return SQL("CASE WHEN %s IS NOT NULL THEN 0 END", measure)
        cases = [band._case_sql(measure) for band in self._bands_in_order()]
        most = SQL("%s::numeric", self.points_max)
        return SQL("(CASE WHEN %s IS NULL THEN NULL %s ELSE 0 END) / %s", measure, SQL(" ").join(cases), most)

    def _veto_sql(self, measure):
        """Return the cap of the whole score where ``measure`` vetoes, else NULL."""
        self.ensure_one()
        return SQL(
            "CASE WHEN 100 * %s < %s::numeric THEN %s::numeric END",
            self._points_sql(measure),
            self.veto_below,
            self._veto_score(),
        )
