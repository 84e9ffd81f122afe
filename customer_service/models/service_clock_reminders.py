from odoo import models

from .service_clock_row import WARN


class CustomerServiceClockRow(models.AbstractModel):
    """What people are told of a promised time."""

    _inherit = "customer.service.clock.row"

    def _percents_passed(self, now):
        """Return which of the moments that are looked at have passed: {row: part of the time, 0 for none}."""
        times, passed = self._working_times(now), {}
        tables = {
            company: {WARN, 100} | self.env["customer.service.escalation"]._percents(company)
            for company in self.document_id.company_id
        }
        for row in self:
            time, seconds = times[row]
            pauses = [pause for pause in row.document_id._clock_pauses() if pause[1]]
            moments = {
                percent: seconds and time.due(row.date_from, round(seconds * percent / 100), pauses)
                for percent in tables[row.document_id.company_id]
            }
            over = [percent for percent, moment in moments.items() if moment and moment < now]
            passed[row] = max(over, default=0)
        return passed

    def _reminder_values(self, step, user, now):
        """Return the line of the log."""
        return {
            "document_id": self.document_id.id,
            "clock_id": self.id,
            "target": self.target,
            "percent": step.percent,
            "recipient": step.recipient,
            "user_id": user.id,
            "sent_on": now,
        }

    def _activity_values(self, passed, user):
        """Return the activity, in the words of who is told: that it is late, or soon due."""
        document = self.document_id
        row = self.with_context(lang=user.lang)
        what = dict(row._fields["target"]._description_selection(row.env))[self.target]
        say = row.env._("%s: late", what) if passed >= 100 else row.env._("%s: soon due", what)
        kind = self.env.ref("customer_service.mail_activity_type_clock")
        return {
            "res_model_id": self.env["ir.model"]._get_id(document._name),
            "res_id": document.id,
            "activity_type_id": kind.id,
            "summary": say,
            "date_deadline": self.date_due.date(),
            "user_id": user.id,
            "automated": True,
        }
