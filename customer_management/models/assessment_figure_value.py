from math import isfinite

from odoo import api, fields, models

from ..exceptions import AssessmentAnswerError, AssessmentWriteError
from .assessment_figure import UNITS

TYPED = frozenset({"value", "is_known"})


class CustomerAssessmentFigureValue(models.Model):
    """One figure of an assessment, for its formulas."""

    _name = "customer.assessment.figure.value"
    _description = "Figure of an Assessment"
    _order = "assessment_id, sequence, id"

    assessment_id = fields.Many2one("customer.assessment", required=True, index=True, ondelete="cascade")
    state = fields.Selection(related="assessment_id.state")
    currency_id = fields.Many2one(related="assessment_id.currency_id")
    sequence = fields.Integer(default=10, readonly=True)
    name = fields.Char(string="Figure", required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    unit = fields.Selection(UNITS, readonly=True)
    required = fields.Boolean(readonly=True)
    metric = fields.Char(readonly=True, help="The metric that it is taken from, if any.")
    value = fields.Float(aggregator=None)
    is_known = fields.Boolean(string="Known", help="Without it there is no figure, whatever the value is.")
    filled_on = fields.Datetime(readonly=True)
    answer = fields.Char(compute="_compute_answer")

    @api.depends("value", "is_known", "unit")
    @api.depends_context("lang")
    def _compute_answer(self):
        metrics = self.env["customer.metric"]
        for row in self:
            row.answer = row.is_known and metrics._in_unit(row.value, row.unit, row.currency_id)

    @api.constrains("value")
    def _check_value(self):
        for row in self:
            if not isfinite(row.value):
                raise AssessmentAnswerError(self.env._("“%s”: enter a number.", row.name))

    def write(self, vals):
        """Override of `base`: people type the figures of a draft that no metric gives."""
        if self.env.su:
            return super().write(vals)
        self.check_access("read")
        self.sudo().assessment_id._ensure_draft()
        if not TYPED.issuperset(vals) or any(self.mapped("metric")):
            raise AssessmentWriteError(
                self.env._("Only the value of a figure can be entered, and only where no metric gives it.")
            )
        if "value" in vals and "is_known" not in vals:
            vals = {**vals, "is_known": True}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        self.assessment_id._ensure_draft()
