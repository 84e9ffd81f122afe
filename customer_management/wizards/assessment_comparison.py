from odoo import api, fields, models
from odoo.exceptions import UserError

# More columns than this are not read side by side.
MOST = 6


class CustomerAssessmentComparison(models.TransientModel):
    """Assessments by the same template side by side: criteria as rows, assessments as columns."""

    _name = "customer.assessment.comparison"
    _description = "Comparison of Assessments"

    assessment_ids = fields.Many2many("customer.assessment", required=True)
    table = fields.Json(compute="_compute_table", help="What the page shows; see _compute_table.")

    @api.model
    def _of(self, assessments):
        """Return a comparison.

        :raises UserError: when there are too few, too many, or different templates
        """
        assessments.check_access("read")
        templates = assessments.template_id
        if len(templates) > 1:
            raise UserError(
                self.env._(
                    "Only assessments by the same template can be compared; these are by %s.",
                    ", ".join(templates.mapped("name")),
                )
            )
        if not 2 <= len(assessments) <= MOST:
            raise UserError(
                self.env._(
                    "Choose between 2 and %(most)s assessments to compare: you chose %(count)s.",
                    most=MOST,
                    count=len(assessments),
                )
            )
        return self.create({"assessment_ids": assessments.ids})

    @api.depends("assessment_ids")
    def _compute_display_name(self):
        for comparison in self:
            comparison.display_name = comparison.assessment_ids[:1]._title() or self.env._("Comparison")

    @api.depends("assessment_ids")
    def _compute_table(self):
        for comparison in self:
            columns = comparison._columns()
            comparison.table = {
                "columns": [comparison._column(assessment) for assessment in columns],
                "rows": comparison._rows(columns),
                "chart": comparison._chart(columns),
            }

    def _columns(self):
        """Hook: return the assessments in the order of their columns."""
        return self.assessment_ids.sorted(lambda a: (a.date, a.id))

    def _column(self, assessment):
        """Return the head and the foot of a column."""
        return {
            "id": assessment.id,
            "number": assessment.name,
            "customer": assessment._subject_name(),
            "assessor": assessment.user_id.name,
            "date": fields.Date.to_string(assessment.date),
            "state": dict(assessment._fields["state"]._description_selection(self.env))[assessment.state],
            "score": assessment.score if assessment.has_score else None,
            "coverage": assessment.coverage,
            "conclusion": assessment.conclusion or "",
            "color": assessment.conclusion_color,
            "cap": assessment.cap_reason or "",
        }

    def _rows(self, columns):
        """Return a row for each criterion that any of the assessments has, in the order of the first that has it."""
        rows = {}
        for place, assessment in enumerate(columns):
            for line in assessment.line_ids:
                row = rows.setdefault(
                    line.rule["id"],
                    {"name": line.name, "section": line.section or "", "cells": [None] * len(columns)},
                )
                row["cells"][place] = {
                    "answer": line.answer or "",
                    "earned": line.earned if line.has_result else None,
                    "weight": line.weight,
                    "share": round(100 * line.earned / line.weight, 1)
                    if line.has_result and line.weight
                    else None,
                    "note": line.note or "",
                }
        for row in rows.values():
            row["differs"] = len({self._sameness(cell) for cell in row["cells"]}) > 1
        return list(rows.values())

    def _sameness(self, cell):
        """Return what makes two answers the same."""
        return cell and (cell["answer"], cell["earned"])

    def _chart(self, columns):
        """Return the data of the chart, with a line for each assessment."""
        axes = {}
        for assessment in columns:
            axes.update(assessment._chart_axes())
        names = list(dict.fromkeys(axes.values()))
        series = []
        for assessment in columns:
            shares = assessment._chart_shares(axes)
            label = f"{assessment.name} · {assessment.user_id.name}"
            series.append({"name": label, "values": [shares.get(name) for name in names]})
        return {"axes": names, "series": series}
