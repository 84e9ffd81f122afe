from datetime import timedelta

from odoo import api, fields, models

# In the demo: which complaint shows which colour; the others show what their days make of them.
COLOURS = {"rattle": 0.15, "attitude": 0.9}
# Those that had their solution in time.
KEPT = ("short", "colour")


class CustomerDemoStory(models.AbstractModel):
    """One complaint in time, one nearly due, one late and one that waits for the customer."""

    _inherit = "customer.demo.story"

    @api.model
    def _complaint_clocks(self):
        """Let the clocks of the complaints say what their days say, and show every colour."""
        boss = self.env.ref("customer_management.user_chenjing")
        self.env.ref("customer_service.service_team").manager_id = boss
        complaints = self.env["customer.complaint"].search([("name", "!=", "/")])
        complaints._demo_clocks()
        for code in KEPT:
            self.env.ref(f"customer_service.complaint_{code}")._demo_hurry()
        for code, part in COLOURS.items():
            self.env.ref(f"customer_service.complaint_{code}")._demo_colour(part)
        self.env.ref("customer_service.complaint_dent")._demo_wait(0.5)
        rows = complaints.clock_ids.sudo().filtered(
            lambda row: row.date_check and row.date_check <= fields.Datetime.now() and not row.date_done
        )
        complaints.sudo()._clock_look(rows, fields.Datetime.now())


class CustomerComplaint(models.Model):
    """How the demo dates clocks back."""

    _inherit = "customer.complaint"

    def _demo_clocks(self):
        """Begin the clocks of complaints anew, from what their stages say. As the system."""
        for complaint in self.sudo():
            complaint.clock_ids.unlink()
            complaint._clock_begin(complaint.date_received)
            if complaint.date_answered:
                complaint._clock_answer(complaint.date_answered)
            solved = complaint.stage_ids.filtered(lambda row: row.stage in ("follow_up", "closed"))[:1]
            if solved:
                complaint._clock_resolve(solved.entered_on)
            complaint.clock_ids.write({"history": False})

    def _demo_wait(self, part):
        """Let a complaint wait for the customer since this part of its time had passed."""
        complaint = self.sudo()
        row = complaint.clock_ids.filtered(lambda row: row.target == "resolution")
        time, seconds = row._working_times(fields.Datetime.now())[row]
        start = time.due(row.date_from, round(seconds * part))
        complaint.pause_ids.create({"document_id": complaint.id, "date_from": start})
        complaint.waiting_since = start

    def _demo_hurry(self):
        """Move the stages of a complaint so close together that it was solved in time."""
        complaint = self.sudo()
        start, rows = complaint.date_received, complaint.stage_ids
        answer_due, due = complaint.date_response_due, complaint.date_due
        span = (min(answer_due, due) - start) / (len(rows) + 1)
        for number, row in enumerate(rows):
            row.entered_on = start + span * number
            row.left_on = row.left_on and start + span * (number + 1)
        complaint.write({"date_answered": start + span, "date_acknowledged": start + span})
        complaint.date_closed = rows[-1].entered_on
        complaint._demo_clocks()

    def _demo_colour(self, part):
        """Move when a complaint was received so that this part of its nearest promise has passed now."""
        complaint, now = self.sudo(), fields.Datetime.now()
        rows = complaint.clock_ids.filtered(lambda row: not row.date_done and row.date_due).sorted("date_due")
        time, seconds = rows._working_times(now)[rows[0]]
        start = now
        while time.between(start, now) < seconds * part:
            start -= timedelta(minutes=30)
        complaint.date_received = start
        complaint.stage_ids.sorted("id")[:1].entered_on = start
        complaint._demo_clocks()
