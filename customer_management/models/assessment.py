from odoo import api, fields, models

from ..exceptions import AssessmentStateError, AssessmentWriteError
from ..tools import Answer, conclude, exact, score
from .assessment_template import MOST_MONTHS

# What people may write, and only while it is a draft. All else is copied, computed or set by a step.
TYPED = frozenset(
    {
        "template_id",
        "partner_id",
        "company_id",
        "date",
        "months",
        "user_id",
        "participant_ids",
        "opinion",
        "line_ids",
        "figure_ids",
    }
)
# What the values of metrics hang on.
MEASURED_BY = frozenset({"partner_id", "company_id", "date", "months"})
# Followers, activities and messages are about it, not in it.
BESIDE = ("message_", "activity_", "rating_", "website_message_", "my_activity_")


class CustomerAssessment(models.Model):
    """What one person thinks of one customer on one day, by a template.

    Drafting copies the template's criteria with their rules; from then on nothing is read from the template.
    A finished assessment is not edited and not deleted by anybody; a manager may cancel it with a reason.
    """

    _name = "customer.assessment"
    _description = "Customer Assessment"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    template_id = fields.Many2one(
        "customer.assessment.template", required=True, index=True, ondelete="restrict", check_company=True
    )
    kind = fields.Selection(related="template_id.kind", store=True, index=True)
    subject = fields.Selection(related="template_id.subject")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('parent_id', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="As Of", required=True, default=fields.Date.context_today, help="Metrics count up to this day."
    )
    months = fields.Integer(
        string="Period (Months)",
        required=True,
        compute="_compute_months",
        store=True,
        readonly=False,
        precompute=True,
        help="Metrics look back so far.",
    )
    user_id = fields.Many2one(
        "res.users", string="Assessor", required=True, index=True, default=lambda self: self.env.user
    )
    participant_ids = fields.Many2many(
        "res.users",
        "customer_assessment_participant_rel",
        "assessment_id",
        "user_id",
        string="Took Part",
        help="Who was heard. Who judges for himself makes an assessment of his own: compare them then.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Finished"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    opinion = fields.Text(copy=False, help="In the assessor's own words.")
    rules = fields.Json(readonly=True, copy=False, help="The template as it was when this was drafted.")
    line_ids = fields.One2many("customer.assessment.line", "assessment_id", copy=False)
    figure_ids = fields.One2many("customer.assessment.figure.value", "assessment_id", copy=False)
    score = fields.Float(compute="_compute_score", store=True, copy=False, digits=(5, 2), aggregator="avg")
    has_score = fields.Boolean(compute="_compute_score", store=True, copy=False)
    uncapped = fields.Float(
        string="Before Vetoes",
        compute="_compute_score",
        store=True,
        copy=False,
        digits=(5, 2),
        aggregator=None,
    )
    coverage = fields.Float(
        string="Coverage (%)",
        compute="_compute_score",
        store=True,
        copy=False,
        digits=(5, 2),
        aggregator="avg",
        help="The part of the weights that is known.",
    )
    cap_reason = fields.Char(compute="_compute_score", store=True, copy=False, help="What caps the score.")
    conclusion = fields.Char(compute="_compute_score", store=True, copy=False, index="btree_not_null")
    conclusion_color = fields.Integer(
        string="Color", compute="_compute_score", store=True, copy=False, aggregator=None
    )
    advice = fields.Text(compute="_compute_score", store=True, copy=False)
    amount = fields.Monetary(string="Proposed Amount", compute="_compute_score", store=True, copy=False)
    has_amount = fields.Boolean(compute="_compute_score", store=True, copy=False)
    finished_by = fields.Many2one("res.users", readonly=True, copy=False)
    finished_on = fields.Datetime(readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)

    _months_range = models.Constraint(
        f"CHECK(months BETWEEN 1 AND {MOST_MONTHS})", "The period is between 1 and 120 months long."
    )
    _partner_date_idx = models.Index("(partner_id, state, date DESC)")

    @api.depends("template_id")
    def _compute_months(self):
        for assessment in self:
            assessment.months = assessment.template_id.months or 12

    @api.depends("name", "template_id.name", "partner_id.name")
    def _compute_display_name(self):
        for assessment in self:
            subject = assessment._subject_name()
            parts = (assessment.name if assessment.name != "/" else False, assessment._title(), subject)
            assessment.display_name = " · ".join(part for part in parts if part)

    def _title(self):
        """Return the name of the template as it was when this was drafted."""
        self.ensure_one()
        return (self.rules or {}).get("name") or self.template_id.name or ""

    def _subject_name(self):
        """Return what is assessed, in words; an addon with a subject of its own overrides it."""
        self.ensure_one()
        return self.partner_id.name or ""

    @api.depends(
        "rules",
        "line_ids.value",
        "line_ids.is_known",
        "line_ids.weight",
        "line_ids.rule",
        "figure_ids.value",
        "figure_ids.is_known",
    )
    def _compute_score(self):
        for assessment in self:
            result, _answers = assessment._result()
            assessment.update(assessment._outcome(result))

    def _result(self):
        """Return the score and the answers that it comes from, by line, as they stand now.

        :rtype: tuple[customer_management.tools.scorecard.Score, list[Answer]]
        """
        self.ensure_one()
        answers = [
            Answer(line, line.rule or {}, exact(line.weight), line.value if line.is_known else None)
            for line in self.line_ids.sorted(lambda line: (line.sequence, line._origin.id or 0))
            if line.rule
        ]
        figures = {row.code: row.value if row.is_known else None for row in self.figure_ids if row.code}
        return score(self.rules or {}, answers, figures), answers

    def _outcome(self, result):
        """Return the values of the fields that follow from a score."""
        card, value = self.rules or {}, result.value
        rated = value is not None and result.coverage >= exact(card.get("coverage_min") or 0)
        found = conclude(card, value) if rated else None
        unrated = not rated and card.get("below_coverage") == "unrated" and card.get("unrated_name")
        return {
            "score": float(value) if rated else 0.0,
            "has_score": rated,
            "uncapped": float(result.uncapped) if rated else 0.0,
            "coverage": float(result.coverage),
            "cap_reason": ", ".join(result.vetoes) if rated and result.vetoes else False,
            "conclusion": found["name"] if found else unrated,
            "conclusion_color": found["color"] if found else 0,
            "advice": found["advice"] if found else False,
            "amount": result.amount or 0.0,
            "has_amount": result.amount is not None,
        }

    @api.constrains("partner_id", "template_id")
    def _check_subject(self):
        """See that there is something to assess; an addon with a subject of its own overrides it."""
        for assessment in self:
            if assessment.template_id.subject == "partner" and not assessment.partner_id:
                raise AssessmentStateError(self.env._("Choose the customer that is assessed."))

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: an assessment begins as a draft with the criteria of its template."""
        partners = (
            self.env["res.partner"]
            .sudo()
            .browse(filter(None, (vals.get("partner_id") for vals in vals_list)))
        )
        partners.fetch(["commercial_partner_id"])
        vals_list = [self._typed(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("line_ids") or vals.get("figure_ids"):
                raise AssessmentStateError(
                    self.env._("Save the assessment first, and answer its questions then.")
                )
            if not self.env.su:
                self._check_assessor(vals.get("user_id", self.env.uid))
        for vals, number in zip(vals_list, self._next_numbers(len(vals_list)), strict=True):
            vals.update(name=number, state="draft", rules=False)
            vals.update(line_ids=[], figure_ids=[], finished_by=False, finished_on=False, cancel_reason=False)
        assessments = super().create(vals_list)
        assessments._draft()
        return assessments.with_env(self.env)

    @api.model
    def _next_numbers(self, count):
        """Return the next numbers, by the sequence of the current company or of all."""
        domain = [("code", "=", "customer.assessment"), ("company_id", "in", [self.env.company.id, False])]
        sequence = self.env["ir.sequence"].sudo().search(domain, order="company_id", limit=1)
        return [sequence.next_by_id() if sequence else "/" for _place in range(count)]

    def _typed(self, vals):
        """Return values with the commercial partner; refuse what nobody types.

        :raises AssessmentWriteError: naming the fields that are copied or computed
        """
        vals = dict(vals)
        refused = [name for name in vals if name not in TYPED and not name.startswith(BESIDE)]
        if refused and not self.env.su:
            raise AssessmentWriteError(
                self.env._(
                    "%(fields)s: an assessment copies or computes this itself. Answer its questions instead.",
                    fields=", ".join(
                        self._fields[name].string if name in self._fields else name for name in refused
                    ),
                )
            )
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            vals["partner_id"] = partner.sudo().commercial_partner_id.id
        return vals

    def _check_assessor(self, user_id):
        """Refuse an assessment in the name of somebody else, except by a manager."""
        if user_id != self.env.uid and not self.env.user.has_group(
            "customer_management.group_customer_manager"
        ):
            raise AssessmentWriteError(
                self.env._("Only a manager enters an assessment for somebody else: judge in your own name.")
            )

    def write(self, vals):
        """Override of `base`: only a draft is edited, and only what people type.

        Another template draws up the questions anew; another customer or period empties the metrics.
        """
        if self.env.su:
            return super().write(vals)
        if all(name.startswith(BESIDE) for name in vals):
            return super().write(vals)
        self.check_access("write")
        vals = self._typed(vals)
        self._ensure_draft()
        if "user_id" in vals:
            self._check_assessor(vals["user_id"])
        others = self.filtered(lambda a: vals.get("template_id", a.template_id.id) != a.template_id.id)
        moved = self.filtered(lambda a: a._is_moved(vals))
        done = super().write(vals)
        others._draft()
        (moved - others)._fill()
        return done

    def _is_moved(self, vals):
        """Return whether values change what the metrics are about."""
        return any(
            name in vals and self._fields[name].convert_to_write(self[name], self) != vals[name]
            for name in MEASURED_BY
        )
