from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import print_font

# With fewer axes a radar is a line: bars are drawn then. With more its names are not readable.
LEAST_AXES, MOST_AXES = 3, 12


class CustomerAssessment(models.Model):
    """The picture of an assessment: how much of its points each section earns."""

    _inherit = "customer.assessment"

    introduction = fields.Text(compute="_compute_introduction", help="What the assessor reads first.")
    chart = fields.Json(compute="_compute_chart", help="The part of the points that each section earns.")

    sheet = fields.Json(
        compute="_compute_sheet",
        help="What each line earns, by its number, for the form: a line that is edited there does not tell the others.",
    )

    @api.depends("rules", "template_id.introduction")
    def _compute_introduction(self):
        for assessment in self:
            card = assessment.rules or {"introduction": assessment.template_id.introduction}
            assessment.introduction = card.get("introduction")

    @api.depends("line_ids.earned", "line_ids.has_result", "line_ids.answer")
    def _compute_sheet(self):
        for assessment in self:
            assessment.sheet = {
                str(line._origin.id): {
                    "known": line.has_result,
                    "earned": line.earned,
                    "share": 100 * line.points / line.points_max
                    if line.has_result and line.points_max
                    else 0,
                    "answer": line.answer or "",
                }
                for line in assessment.line_ids
                if line._origin
            }

    @api.depends("line_ids.earned", "line_ids.has_result", "line_ids.weight", "score")
    def _compute_chart(self):
        for assessment in self:
            axes = assessment._chart_axes()
            names = list(dict.fromkeys(axes.values()))
            shares = assessment._chart_shares(axes)
            assessment.chart = {
                "axes": names,
                "series": [{"name": assessment.user_id.name, "values": [shares.get(name) for name in names]}],
            }

    def _chart_axes(self):
        """Return the axis of each line by criterion: its section, or the criterion itself without sections."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.weight and line.rule)
        sections = {line.section for line in lines if line.section}
        if len(sections) >= LEAST_AXES or len(lines) > MOST_AXES:
            return {line.rule["id"]: line.section or self.env._("Other") for line in lines}
        return {line.rule["id"]: line.name for line in lines}

    def _chart_shares(self, axes):
        """Return the percentage of its points that each axis earns, of what is known; None when nothing is."""
        self.ensure_one()
        earned, known = {}, {}
        for line in self.line_ids:
            axis = axes.get((line.rule or {}).get("id"))
            counts = line.has_result or (line.rule or {}).get("missing") == "zero"
            if axis and counts:
                earned[axis] = earned.get(axis, 0.0) + line.earned
                known[axis] = known.get(axis, 0.0) + line.weight
        return {axis: round(100 * earned[axis] / known[axis], 1) for axis in earned if known[axis]}

    def _section_rows(self):
        """Return (section, its lines, percentage of its points) in their order, for prints."""
        self.ensure_one()
        rows = []
        for section, lines in self.line_ids.grouped(lambda line: line.section or "").items():
            counted = lines.filtered(lambda line: line.has_result or line.rule["missing"] == "zero")
            weight = sum(counted.mapped("weight"))
            rows.append((section, lines, 100 * sum(counted.mapped("earned")) / weight if weight else None))
        return rows

    def _in_short(self):
        """Return score and conclusion in a few words."""
        self.ensure_one()
        score = f"{self.score:g}" if self.has_score else ""
        return " · ".join(part for part in (score, self.conclusion) if part)

    def _read_group_select(self, aggregate_spec, query):
        """Override of `base`: an assessment without a score is no zero in an average."""
        if aggregate_spec != "score:avg":
            return super()._read_group_select(aggregate_spec, query)
        score, rated = (self._field_to_sql(self._table, name, query) for name in ("score", "has_score"))
        return SQL("AVG(%s) FILTER (WHERE %s)", score, rated)

    def _print_font(self):
        """Return the style of the font of a print for the reader's language."""
        return print_font(self.env)

    def _file_name(self):
        """Return the name of the printed file."""
        self.ensure_one()
        return " ".join(
            part.replace("/", "-") for part in (self.name, self._title(), self._subject_name()) if part
        )
