from odoo import fields, models

from ..exceptions import OpinionError

TODO = "mail.mail_activity_data_todo"


class CustomerComplaintOpinion(models.Model):
    """How a department is asked and answers."""

    _inherit = "customer.complaint.opinion"

    def action_ask(self):
        """Ask now: the person gets an activity with the day by which to answer."""
        self._ensure_step("planned")
        now = fields.Datetime.now()
        for opinion in self.sudo():
            calendar = opinion.complaint_id.team_id._calendar(opinion.company_id)
            hours = opinion.days * (calendar.hours_per_day or 8)
            opinion.write(
                {
                    "state": "asked",
                    "asked_on": now,
                    "due_on": calendar.plan_hours(hours, now, compute_leaves=True) if calendar else False,
                }
            )

    def action_answer(self):
        """Give the opinion; the department whose turn comes next is asked.

        :raises OpinionError: without a word, or by somebody who was not asked
        """
        self._ensure_step("asked")
        if not self._works_in_service() and self.filtered(lambda one: one.user_id != self.env.user):
            raise OpinionError(self.env._("Somebody else was asked."))
        now = fields.Datetime.now()
        for opinion in self.sudo():
            if not (opinion.opinion or "").strip():
                raise OpinionError(self.env._("%s: write the opinion first.", opinion.display_name))
            calendar = opinion.complaint_id.team_id._calendar(opinion.company_id)
            opinion.write(
                {
                    "state": "answered",
                    "answered_on": now,
                    "answered_by_id": self.env.uid,
                    "hours": calendar.get_work_hours_count(opinion.asked_on, now) if calendar else 0,
                }
            )
            opinion.activity_feedback([TODO])
        self.sudo().complaint_id._ask_next()

    def _remind(self):
        """Give the person the activity, or move it to who is asked now. As the system."""
        for opinion in self:
            opinion.activity_unlink([TODO])
            opinion.activity_schedule(
                TODO,
                date_deadline=fields.Date.to_date(opinion.due_on) or fields.Date.context_today(opinion),
                summary=self.env._("Opinion on %s", opinion.complaint_id.display_name),
                user_id=opinion.user_id.id,
            )


class CustomerComplaint(models.Model):
    """A complaint asks the departments of its kind while it is assessed."""

    _inherit = "customer.complaint"

    opinion_ids = fields.One2many("customer.complaint.opinion", "complaint_id", string="Opinions")
    opinions_open = fields.Integer("Opinions Awaited", compute="_compute_opinions_open")

    def _compute_opinions_open(self):
        """Count the opinions that are still to come, in one query."""
        counts = dict(
            self.env["customer.complaint.opinion"]
            .sudo()
            ._read_group(
                [("complaint_id", "in", self.ids), ("state", "in", ("planned", "asked"))],
                ["complaint_id"],
                ["__count"],
            )
        )
        for complaint in self:
            complaint.opinions_open = counts.get(complaint._origin, 0)

    def _stage_entered(self, stage, before):
        """Override of customer service: ask the departments when the assessment begins; at the end, nobody any more."""
        result = super()._stage_entered(stage, before)
        if stage == "assess":
            self._plan_opinions()
        elif stage == "closed":
            waiting = self.sudo().opinion_ids.filtered(lambda one: one.state in ("planned", "asked"))
            waiting.write({"state": "dropped"})
            waiting.activity_unlink([TODO])
        return result

    def _plan_opinions(self):
        """Put down whom the kind asks, those that it already has left alone, and ask the first."""
        complaint = self.sudo()
        asked = complaint.kind_id.asked_ids.filtered(
            lambda row: row.company_id in (complaint.company_id, row.company_id.browse())
        )
        for row in asked.filtered(lambda row: row.department_id not in complaint.opinion_ids.department_id):
            self.env["customer.complaint.opinion"].sudo().create(
                {
                    "complaint_id": complaint.id,
                    "sequence": row.sequence,
                    "role": row.role,
                    "department_id": row.department_id.id,
                    "user_id": row._person(complaint).id,
                    "days": row.days,
                    "is_required": row.is_required,
                }
            )
        complaint._ask_next()

    def _ask_next(self):
        """Ask those whose turn it is, when nobody before them is still to answer. As the system."""
        for complaint in self:
            if complaint.stage == "closed":
                continue
            planned = complaint.opinion_ids.filtered(lambda one: one.state == "planned")
            if planned and not complaint.opinion_ids.filtered(lambda one: one.state == "asked"):
                turn = min(planned.mapped("sequence"))
                planned.filtered(lambda one, turn=turn: one.sequence == turn).action_ask()

    def _missing_for(self, stage):
        """Override of customer service: what is agreed on rests on the opinions that the kind requires."""
        missing = super()._missing_for(stage)
        if stage == "agree":
            waiting = self.sudo().opinion_ids.filtered(
                lambda one: one.is_required and one.state in ("planned", "asked")
            )
            missing += [
                self.env._(
                    "The opinion of %(department)s, asked of %(person)s.",
                    department=one.department_id.name,
                    person=one.user_id.name,
                )
                for one in waiting
            ]
        return missing
