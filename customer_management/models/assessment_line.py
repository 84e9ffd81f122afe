from math import isfinite

from odoo import api, fields, models

from ..exceptions import AssessmentAnswerError, AssessmentWriteError

# What people may write of a line, and only while its assessment is a draft.
ANSWER = frozenset({"value", "is_known"})
TYPED = ANSWER | {"note", "attachment_ids"}


class CustomerAssessmentLine(models.Model):
    """One question of an assessment with its answer and the rule by which it earns points.

    Rule, name and weight are copies of the template's criterion at the time of drafting.
    """

    _name = "customer.assessment.line"
    _description = "Assessment Answer"
    _order = "assessment_id, sequence, id"

    assessment_id = fields.Many2one("customer.assessment", required=True, index=True, ondelete="cascade")
    state = fields.Selection(related="assessment_id.state")
    sequence = fields.Integer(default=10, readonly=True)
    section = fields.Char(readonly=True)
    name = fields.Char(string="Criterion", required=True, readonly=True)
    guide = fields.Text(readonly=True)
    weight = fields.Float(readonly=True)
    rule = fields.Json(readonly=True)
    kind = fields.Char(
        compute="_compute_kind", help="How it is answered: metric, formula, points, choice ..."
    )
    value = fields.Float(
        aggregator=None,
        help="The answer as a number: points, the number of the option from 1 on, 1 or 0 for yes or no.",
    )
    is_known = fields.Boolean(string="Answered", help="Without it there is no answer, whatever the value is.")
    note = fields.Char(help="What the answer rests on.")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "customer_assessment_line_attachment_rel",
        "line_id",
        "attachment_id",
        string="Evidence",
    )
    filled_on = fields.Datetime(readonly=True, help="When the value was computed from the documents.")
    result = fields.Float(
        compute="_compute_points",
        store=True,
        aggregator=None,
        help="The answer, or the result of the formula.",
    )
    has_result = fields.Boolean(compute="_compute_points", store=True)
    points = fields.Float(compute="_compute_points", store=True, aggregator=None)
    points_max = fields.Float(string="Most Points", readonly=True, aggregator=None)
    earned = fields.Float(
        compute="_compute_points",
        store=True,
        aggregator=None,
        help="The part of the weight that the answer earns.",
    )
    answer = fields.Char(compute="_compute_answer", help="The answer in words.")

    @api.depends("rule")
    def _compute_kind(self):
        for line in self:
            line.kind = (line.rule or {}).get("kind") or ""

    @api.depends(
        "assessment_id.line_ids.value",
        "assessment_id.line_ids.is_known",
        "assessment_id.line_ids.rule",
        "assessment_id.figure_ids.value",
        "assessment_id.figure_ids.is_known",
    )
    def _compute_points(self):
        for assessment, lines in self.grouped("assessment_id").items():
            _score, answers = assessment._result() if assessment else (None, [])
            found = {answer.key: answer for answer in answers}
            for line in lines:
                answer = found.get(line)
                known = answer is not None and answer.share is not None
                line.update(
                    {
                        "has_result": known,
                        "result": answer.value if known else 0.0,
                        "points": answer.points if known else 0.0,
                        "earned": float(answer.weight * answer.share) if known else 0.0,
                    }
                )

    @api.depends("result", "has_result", "value", "is_known", "rule")
    @api.depends_context("lang")
    def _compute_answer(self):
        for line in self:
            rule = line.rule or {}
            known = line.is_known if rule.get("source") != "formula" else line.has_result
            value = line.value if rule.get("source") != "formula" else line.result
            line.answer = line._in_words(rule, value) if known else False

    def _in_words(self, rule, value):
        """Return a value the way it is shown and printed."""
        if rule.get("kind") == "choice":
            options = rule["bands"]
            return options[int(value) - 1]["label"] if 1 <= value <= len(options) else ""
        if rule.get("kind") == "yes_no":
            return self.env._("Yes") if value else self.env._("No")
        if rule.get("kind") == "points":
            if rule["zero_unknown"] and not value:
                return self.env._("No information")
            return f"{value:g} / {rule['points_max']:g}"
        unit = "percentile" if rule.get("percentile") else rule.get("unit")
        return self.env["customer.metric"]._in_unit(value, unit, self.assessment_id.currency_id)

    @api.constrains("value", "is_known")
    def _check_value(self):
        for line in self:
            if line.is_known and not line._is_allowed(line.rule or {}):
                raise AssessmentAnswerError(
                    self.env._(
                        "“%(criterion)s”: %(value)s is no answer to it. %(allowed)s",
                        criterion=line.name,
                        value=line.value,
                        allowed=line._allowed(line.rule or {}),
                    )
                )

    def _is_allowed(self, rule):
        """Return whether the value is one that the kind of answer allows."""
        kind, value = rule.get("kind"), self.value
        if not isfinite(value):
            return False
        if kind == "points":
            return 0 <= value <= rule["points_max"]
        if kind == "yes_no":
            return value in (0, 1)
        if kind == "choice":
            return value in range(1, len(rule["bands"]) + 1)
        return True

    def _allowed(self, rule):
        """Say which values the kind of answer allows."""
        if rule.get("kind") == "points":
            return self.env._("Give between 0 and %s points.", f"{rule['points_max']:g}")
        if rule.get("kind") == "yes_no":
            return self.env._("Answer 1 for yes or 0 for no.")
        if rule.get("kind") == "choice":
            return self.env._("Choose an option by its number, from 1 to %s.", len(rule["bands"]))
        return self.env._("Enter a number.")

    def write(self, vals):
        """Override of `base`: people answer judged questions of a draft, and nothing else.

        A value that is written is an answer, unless the same values say otherwise.

        :raises AssessmentStateError: when the assessment is finished or cancelled
        :raises AssessmentWriteError: on what is copied or computed
        """
        if self.env.su:
            return super().write(vals)
        self.check_access("read")
        self.sudo().assessment_id._ensure_draft()
        self._check_typed(vals)
        if "value" in vals and "is_known" not in vals:
            vals = {**vals, "is_known": True}
        return super().write(vals)

    def _check_typed(self, vals):
        """Refuse values of fields that nobody types, and answers to what is computed."""
        refused = [name for name in vals if name not in TYPED]
        if refused:
            raise AssessmentWriteError(
                self.env._(
                    "%(fields)s: an assessment copies or computes this itself. Answer its questions instead.",
                    fields=", ".join(
                        self._fields[name].string if name in self._fields else name for name in refused
                    ),
                )
            )
        if ANSWER.intersection(vals):
            for line in self:
                if (line.rule or {}).get("source") != "judged":
                    raise AssessmentWriteError(
                        self.env._(
                            "“%s” is not judged but computed: use “Fill from Data”, and correct the documents if it "
                            "is wrong.",
                            line.name,
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        self.assessment_id._ensure_draft()

    def action_open(self):
        """Show one answer with its note and its evidence."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
