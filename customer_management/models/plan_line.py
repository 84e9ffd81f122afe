from odoo import api, fields, models

from ..exceptions import PlanStateError
from .plan import OPEN


class CustomerPlanLine(models.Model):
    """One measure of a plan: against which problem, by whom, until when, and what came of it."""

    _name = "customer.plan.line"
    _description = "Measure"
    _inherit = ["customer.steps.mixin"]
    _order = "plan_id, sequence, id"
    _rec_name = "measure"
    _check_company_auto = True
    _step_error = PlanStateError
    _step_fields = ("state", "closed_on", "activity_id")

    plan_id = fields.Many2one("customer.plan", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="plan_id.partner_id", store=True, index=True)
    kind_id = fields.Many2one(related="plan_id.kind_id", store=True)
    plan_state = fields.Selection(related="plan_id.state", string="State of the Plan", store=True)
    problem_kind = fields.Selection(
        [
            ("payment", "Payment"),
            ("price", "Price"),
            ("territory", "Cross-Territory"),
            ("complaint", "Complaint"),
            ("return", "Returns"),
            ("operation", "Its Business"),
            ("other", "Other"),
        ],
        string="Kind of Problem",
    )
    problem = fields.Char()
    cause = fields.Char()
    rival_move = fields.Char(string="Competitor's Move")
    measure_kind = fields.Selection(
        [
            ("cash", "Cash Only"),
            ("limit", "Lower Limit"),
            ("collect", "Take Goods Back"),
            ("security", "Security"),
            ("stop", "Stop Supply"),
            ("legal", "Legal"),
            ("care", "Care"),
            ("offer", "Offer"),
            ("other", "Other"),
        ],
        string="Kind of Measure",
    )
    measure = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    date_due = fields.Date(string="Due")
    budget = fields.Monetary()
    result = fields.Char(copy=False)
    state = fields.Selection(
        [("open", "To Do"), ("done", "Done"), ("dropped", "Dropped")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
    )
    closed_on = fields.Date(readonly=True, copy=False)
    is_overdue = fields.Boolean(string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue")
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    @api.depends("state", "date_due", "plan_state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for line in self:
            waiting = line.state == "open" and line.plan_state in OPEN
            line.is_overdue = bool(waiting and line.date_due and line.date_due < today)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = fields.Domain(
            [
                ("state", "=", "open"),
                ("plan_state", "in", OPEN),
                ("date_due", "<", fields.Date.context_today(self)),
            ]
        )
        wanted = {bool(v) for v in value}
        if wanted == {True, False}:
            return fields.Domain.TRUE
        return late if True in wanted else ~late

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a measure begins as open; in a running plan its owner is told at once."""
        lines = super().create(vals_list)
        if not self.env.su:
            lines.plan_id._ensure_state(*OPEN)
        lines._schedule_activities()
        return lines

    def write(self, vals):
        """Override of `base`: nothing changes after the plan has ended; activities follow their measure."""
        if not self.env.su:
            self.plan_id._ensure_state(*OPEN)
        done = super().write(vals)
        if not self.env.su and "plan_id" in vals:
            self.plan_id._ensure_state(*OPEN)
        if not {"user_id", "date_due", "measure"}.isdisjoint(vals):
            self._reschedule_activities()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ended(self):
        if not self.env.su:
            self.plan_id._ensure_state(*OPEN)
        self._end_activities()

    def action_done(self):
        """Note that the measures are carried out.

        :raises PlanStateError: without a result
        """
        self._end("done")

    def action_drop(self):
        """Note that the measures are given up.

        :raises PlanStateError: without a result, which says why
        """
        self._end("dropped")

    def action_reopen(self):
        """Take measures up again."""
        self.check_access("write")
        self.plan_id._ensure_state("running")
        self.sudo().write({"state": "open", "closed_on": False})
        self._schedule_activities()

    def _end(self, state):
        self._ensure_step("open")
        self.plan_id._ensure_state("running")
        for line in self:
            if not (line.result or "").strip():
                raise PlanStateError(
                    self.env._("Say what came of the measure “%s” in its result.", line.measure)
                )
        self.sudo().write({"state": state, "closed_on": fields.Date.context_today(self)})
        self._end_activities(done=state == "done")

    # Activities

    def _schedule_activities(self):
        """Give each owner of an open measure in a running plan an activity on the plan."""
        lines = self.sudo().filtered(
            lambda line: line.state == "open"
            and line.plan_id.state == "running"
            and line.user_id.active
            and not line.activity_id
        )
        if not lines:
            return
        model = self.env["ir.model"]._get_id("customer.plan")
        kind = self.env.ref("mail.mail_activity_data_todo").id
        values = [
            {
                "res_model_id": model,
                "res_id": line.plan_id.id,
                "activity_type_id": kind,
                "user_id": line.user_id.id,
                "date_deadline": line.date_due or line.plan_id.date_due,
                "summary": line.measure,
            }
            for line in lines
        ]
        activities = (
            self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(values)
        )
        for line, activity in zip(lines, activities, strict=True):
            line.activity_id = activity

    def _reschedule_activities(self):
        """Let the activities follow owner, date and words of their measures."""
        self._end_activities()
        self._schedule_activities()

    def _end_activities(self, done=False):
        """Take the activities of the measures away, or note them as done with the result."""
        lines = self.sudo().filtered("activity_id")
        for line in lines:
            activity, line.activity_id = line.activity_id, False
            if done:
                activity.action_feedback(feedback=line.result)
            else:
                activity.unlink()
