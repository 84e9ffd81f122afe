from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import control_limits

# As many bars as can be told apart; the rest stands in the table.
BARS = 24
# Colours of the picker: the vital few, and the others.
COLORS = (2, 4)
MONTHS = 12


class CustomerComplaintPareto(models.Model):
    """What the charts of the analysis are drawn from: the Pareto, and the trend by month."""

    _inherit = "customer.complaint.pareto"

    chart = fields.Json("Pareto", compute="_compute_chart")
    trend = fields.Json(compute="_compute_trend")

    @api.depends("line_ids.share", "measure", "by")
    @api.depends_context("lang")
    def _compute_chart(self):
        """In the words of the Pareto chart of grading, whose component draws it."""
        for one in self:
            lines = one.line_ids.filtered(lambda line: not line.is_unknown).sorted("sequence")
            one.chart = {
                "bars": [one._bar(line) for line in lines[:BARS]],
                "grades": [
                    {"name": name, "color": color}
                    for name, color in zip((self.env._("Few"), self.env._("Others")), COLORS, strict=True)
                ],
                "customers": len(lines),
                "ranked": len(lines),
                "total": one.loss if one.measure == "loss" else one.total,
                "method": "pareto",
                "unit": "money" if one.measure == "loss" else "count",
                "currency_id": one.currency_id.id,
                "vital": len(lines.filtered("is_vital")),
                "vital_share": max(lines.filtered("is_vital").mapped("cumulative"), default=0),
            }

    def _bar(self, line):
        value = max(line.loss, 0) if self.measure == "loss" else line.count
        return {
            "label": line.name,
            "customers": 1,
            "value": value,
            "cumulative": line.cumulative,
            "grade": 0 if line.is_vital else 1,
            "line": line.id,
        }

    @api.depends("computed_on", "date_to", "company_id")
    def _compute_trend(self):
        """Complaints of the 12 months up to the end of the period, as a c-chart."""
        for one in self:
            if not one.id or not one.date_to:
                one.trend = False
                continue
            counts = dict(self.env.execute_query(one.sudo()._months_sql()))
            last = one.date_to.replace(day=1)
            months = [last - relativedelta(months=back) for back in range(MONTHS - 1, -1, -1)]
            values = [counts.get(month, 0) for month in months]
            mean, low, high = control_limits(values)
            one.trend = {
                "months": [f"{month:%Y-%m}" for month in months],
                "counts": values,
                "mean": mean,
                "low": low,
                "high": high,
                "outside": [value > high or value < low for value in values],
            }

    def _months_sql(self):
        """Return the number of complaints by month, on the calendar of the reader."""
        return SQL(
            """
            SELECT date_trunc('month', v.date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date, COUNT(DISTINCT complaint_id)
              FROM (%s) v GROUP BY 1
            """,
            str(self.env.tz),
            self._source_sql(),
        )
