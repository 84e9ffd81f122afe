from odoo import api, fields, models
from odoo.tools import SQL

from .complaint import OUTCOMES


class CustomerComplaintStage(models.Model):
    """By when a complaint should have left a stage."""

    _inherit = "customer.complaint.stage"

    date_due = fields.Datetime("Due", compute="_compute_date_due", store=True, index="btree_not_null")
    outcome = fields.Selection(OUTCOMES, readonly=True, help="With which it was closed then.")
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")

    @api.depends(
        "entered_on",
        "complaint_id.department_id",
        "complaint_id.team_id.resource_calendar_id",
        "complaint_id.pause_ids.date_to",
    )
    def _compute_date_due(self):
        """Count the days of the stages that complaints are at; those that they left keep theirs."""
        limits, times = self.env["customer.complaint.step.limit"].sudo().search([(1, "=", 1)]), {}
        for row in self.filtered(lambda row: not row.left_on):
            complaint = row.complaint_id
            calendar = complaint._clock_calendar().sudo()
            key = (calendar, complaint.company_id)
            if key not in times:
                times[key] = calendar._customer_working_time(complaint.company_id)
            days = limits._best(row.stage, complaint)
            hours = calendar.hours_per_day or 8 if calendar else 24
            pauses = [pause for pause in complaint._clock_pauses() if pause[1]]
            row.date_due = bool(days) and times[key].due(row.entered_on, round(days * hours * 3600), pauses)

    @api.depends("date_due", "left_on")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for row in self:
            row.is_late = bool(row.date_due and (row.left_on or now) > row.date_due)

    @api.model
    def _search_is_late(self, operator, value):
        """Find the stages that took, or take, longer than they may."""
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        now = fields.Datetime.now()
        return fields.Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s < COALESCE(%s, %s)",
                SQL.identifier(alias, "date_due"),
                SQL.identifier(alias, "left_on"),
                now,
            )
        )

    @api.model
    def _enter(self, complaints, stage):
        """Override: a complaint may be reopened; the log keeps how it had ended."""
        rows = super()._enter(complaints, stage)
        if stage == "closed":
            for row in rows:
                row.outcome = row.complaint_id.outcome
        return rows
