from odoo import api, fields, models
from odoo.tools import SQL

# What a complaint has when it enters a stage: form 8.14 has a column for each.
ENTERED = {
    "assess": "date_confirmed",
    "agree": "date_investigated",
    "carry_out": "date_agreed",
    "follow_up": "date_carried_out",
}


class CustomerComplaint(models.Model):
    """The tracking of complaints (8.14): the day of each stage, the days late, how often somebody was urged."""

    _inherit = "customer.complaint"

    date_confirmed = fields.Datetime("Facts Confirmed", compute="_compute_stage_dates")
    date_investigated = fields.Datetime(
        "Investigated", help="And a remedy proposed.", compute="_compute_stage_dates"
    )
    date_agreed = fields.Datetime(
        "Approved",
        help="And agreed with the customer.",
        compute="_compute_stage_dates",
    )
    date_carried_out = fields.Datetime("Carried Out", compute="_compute_stage_dates")
    date_followed_up = fields.Datetime("Followed Up", compute="_compute_stage_dates")
    reminder_count = fields.Integer("Times Reminded", compute="_compute_reminder_count")

    @api.depends("stage_ids.entered_on", "stage_ids.left_on")
    def _compute_stage_dates(self):
        """Take the first time that each stage was entered, for all complaints in one query."""
        rows = self.env["customer.complaint.stage"]
        rows.flush_model()
        found = {}
        for complaint, stage, entered, left in self.env.execute_query(
            SQL(
                """
                SELECT complaint_id, stage, MIN(entered_on), MAX(left_on)
                  FROM customer_complaint_stage
                 WHERE complaint_id = ANY(%s)
                 GROUP BY complaint_id, stage
                """,
                self._origin.ids,
            )
        ):
            found[complaint, stage] = (entered, left)
        for complaint in self:
            for stage, name in ENTERED.items():
                complaint[name] = found.get((complaint._origin.id, stage), (False, False))[0]
            complaint.date_followed_up = found.get((complaint._origin.id, "follow_up"), (False, False))[1]

    def _compute_reminder_count(self):
        counts = self._reminders()
        for complaint in self:
            complaint.reminder_count = counts.get(complaint._origin.id, 0)

    def _reminders(self):
        """Hook: return how often somebody was urged: ``{complaint id: count}``. At first: opinions that came late."""
        late = self.env["customer.complaint.opinion"].sudo()
        domain = [("complaint_id", "in", self.ids), ("is_late", "=", True)]
        return {one.id: count for one, count in late._read_group(domain, ["complaint_id"], ["__count"])}
