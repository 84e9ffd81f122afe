from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

from ..exceptions import PlanStateError

OPEN = ("draft", "running")


class CustomerPlan(models.Model):
    """What is done for or about a customer: goal, measures, and the effect in the figures.

    The goal is a metric. Its value is frozen when the plan starts and measured again when it ends, so that
    the effect is what changed in the books and not what somebody thinks.
    """

    _name = "customer.plan"
    _description = "Customer Plan"
    _inherit = ["customer.steps.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "state desc, date_due, id desc"
    _rec_name = "number"
    _rec_names_search = ["number", "partner_id.name", "kind_id.name"]
    _check_company_auto = True
    _step_error = PlanStateError
    _step_fields = (
        "number",
        "state",
        "value_before",
        "has_before",
        "measured_from",
        "value_after",
        "has_after",
        "measured_on",
        "closed_on",
    )
    # What a plan says stands with its end; what it is about and measured by, from its start.
    _step_open = {
        **dict.fromkeys(("kind_id", "partner_id", "company_id", "metric_id", "months"), ("draft",)),
        **dict.fromkeys(
            "user_id team_id situation goal_value date_start date_due date_review result line_ids".split(),
            OPEN,
        ),
    }

    number = fields.Char(readonly=True, copy=False, index="trigram", help="Given when the plan starts.")
    kind_id = fields.Many2one(
        "customer.plan.kind", required=True, index=True, ondelete="restrict", tracking=True
    )
    guidance = fields.Html(related="kind_id.guidance")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('parent_id', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        tracking=True,
    )
    team_id = fields.Many2one(
        "crm.team", compute="_compute_team_id", store=True, readonly=False, check_company=True
    )
    situation = fields.Html(help="Where the customer stands, and why something has to be done.")
    metric_id = fields.Many2one(
        "customer.metric",
        string="Goal In",
        ondelete="set null",
        compute="_compute_from_kind",
        store=True,
        readonly=False,
        precompute=True,
    )
    unit = fields.Selection(related="metric_id.unit")
    by_period = fields.Boolean(related="metric_id.by_period")
    months = fields.Integer(
        required=True,
        compute="_compute_from_kind",
        store=True,
        readonly=False,
        precompute=True,
    )
    goal_value = fields.Float(string="Goal", tracking=True)
    value_before = fields.Float(string="Before", readonly=True, copy=False, aggregator="sum")
    has_before = fields.Boolean(readonly=True, copy=False)
    measured_from = fields.Date(string="Measured Before On", readonly=True, copy=False)
    value_after = fields.Float(string="After", readonly=True, copy=False, aggregator="sum")
    has_after = fields.Boolean(readonly=True, copy=False)
    measured_on = fields.Date(readonly=True, copy=False)
    effect = fields.Float(
        compute="_compute_effect", store=True, help="After less before, in the unit of the goal."
    )
    effect_rate = fields.Float(
        string="Effect %",
        compute="_compute_effect",
        store=True,
        aggregator="avg",
        help="The effect as part of before.",
    )
    has_effect = fields.Boolean(compute="_compute_effect", store=True)
    attained = fields.Boolean(string="Goal Attained", compute="_compute_effect", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    date_start = fields.Date(string="Start", required=True, default=fields.Date.context_today)
    date_due = fields.Date(
        string="Due", required=True, compute="_compute_from_kind", store=True, readonly=False, precompute=True
    )
    date_review = fields.Date(string="Review")
    closed_on = fields.Date(readonly=True, copy=False)
    result = fields.Text(copy=False, help="What came of it.")
    line_ids = fields.One2many("customer.plan.line", "plan_id", string="Measures", copy=True)
    line_count = fields.Integer(compute="_compute_progress", string="Measures Planned")
    progress = fields.Float(
        compute="_compute_progress", help="Percent of the measures that are done or dropped."
    )
    overdue_count = fields.Integer(compute="_compute_progress", string="Overdue Measures")
    alert_ids = fields.One2many("customer.alert", "plan_id", string="Answers the Alerts", readonly=True)

    _one_open = models.UniqueIndex(
        "(kind_id, partner_id, company_id) WHERE state IN ('draft', 'running')",
        "The customer has an open plan of this kind already: add the measures to it, or finish it first.",
    )
    _dates_in_order = models.Constraint("CHECK(date_due >= date_start)", "A plan is due after it starts.")
    _months_valid = models.Constraint(
        "CHECK(months BETWEEN 1 AND 120)", "The period is between 1 and 120 months long."
    )

    @api.depends("number", "kind_id.name", "partner_id.name")
    def _compute_display_name(self):
        for plan in self:
            parts = (plan.number, plan.kind_id.name, plan.partner_id.name)
            plan.display_name = " · ".join(part for part in parts if part)

    @api.depends("user_id")
    def _compute_team_id(self):
        for plan in self:
            plan.team_id = plan.user_id.sale_team_id or plan.team_id

    @api.depends("kind_id")
    def _compute_from_kind(self):
        for plan in self:
            kind = plan.kind_id
            plan.metric_id = kind.metric_id or plan.metric_id
            plan.months = kind.months or plan.months or 3
            start = plan.date_start or fields.Date.context_today(plan)
            plan.date_due = start + timedelta(days=kind.duration or 90)

    @api.onchange("date_start")
    def _onchange_date_start(self):
        if self.date_start and self.date_due and self.date_due < self.date_start:
            self.date_due = self.date_start + timedelta(days=self.kind_id.duration or 90)

    @api.onchange("kind_id")
    def _onchange_kind_id(self):
        """Begin with the usual measures of the kind, as long as nobody has written any."""
        if self.kind_id and not any(line.result or line._origin for line in self.line_ids):
            self.line_ids = [
                Command.clear(),
                *self._suggested_lines(self.kind_id, self.user_id, self.date_start),
            ]

    @api.depends(
        "value_before", "has_before", "value_after", "has_after", "goal_value", "metric_id.higher_is_better"
    )
    def _compute_effect(self):
        for plan in self:
            plan.has_effect = plan.has_before and plan.has_after
            plan.effect = plan.value_after - plan.value_before if plan.has_effect else 0
            plan.effect_rate = (
                plan.effect / abs(plan.value_before) if plan.value_before and plan.has_effect else 0
            )
            gap = plan.value_after - plan.goal_value
            plan.attained = plan.has_after and (gap >= 0 if plan.metric_id.higher_is_better else gap <= 0)

    @api.depends("line_ids.state", "line_ids.date_due", "state")
    def _compute_progress(self):
        today = fields.Date.context_today(self)
        for plan in self:
            lines = plan.line_ids
            waiting = lines.filtered(lambda line: line.state == "open")
            plan.line_count = len(lines)
            plan.progress = 100 * (len(lines) - len(waiting)) / len(lines) if lines else 0
            late = waiting.filtered(lambda line: line.date_due and line.date_due < today)
            plan.overdue_count = len(late) if plan.state == "running" else 0

    @api.model
    def _suggested_lines(self, kind, user, start):
        """Return commands for the usual measures of a kind."""
        start = start or fields.Date.context_today(self)
        return [
            Command.create(
                {
                    "sequence": suggestion.sequence,
                    "problem": suggestion.problem,
                    "measure": suggestion.measure,
                    "user_id": user.id,
                    "date_due": start + timedelta(days=suggestion.days),
                }
            )
            for suggestion in kind.suggestion_ids
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        self._ensure_state("draft", "cancelled")
