from datetime import UTC, datetime, time, timedelta

from pytz import timezone

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class CustomerComplaint(models.Model):
    """How many promises to customers were kept: one definition, for lists, metrics and reports."""

    _inherit = "customer.complaint"

    @api.model
    def _clock_figures(self, domain, date_from, date_to):
        """Return how many first answers and solutions came in time, of those judged in some days.

        A promise is judged when it is kept, or at the moment at which it is broken; what was not needed
        is not counted. A rate is None as long as nothing was judged.

        :param domain: of the complaints
        :param date date_from: the first day, in the time zone of the company
        :param date date_to: the last day
        :return: ``{response | resolution | update: {"met": n, "missed": n, "rate": per cent or None}}``
        :rtype: dict[str, dict]
        """
        zone = timezone(self._clock_zone())
        low, high = (
            zone.localize(datetime.combine(day, time.min)).astimezone(UTC).replace(tzinfo=None)
            for day in (date_from, date_to + timedelta(days=1))
        )
        judged = Domain("judged_on", ">=", low) & Domain("judged_on", "<", high)
        if not Domain(domain).is_true():
            judged &= Domain("document_id", "any", domain)
        rows = self._clock_rows()._read_group(judged, ["target", "verdict"], ["__count"])
        counts = {(target, verdict): count for target, verdict, count in rows}
        figures = {}
        for target in ("response", "update", "resolution"):
            met, missed = counts.get((target, "met"), 0), counts.get((target, "missed"), 0)
            rate = 100 * met / (met + missed) if met + missed else None
            figures[target] = {"met": met, "missed": missed, "rate": rate}
        return figures

    @api.model
    def _on_time_sql(self):
        """Override: in time is a complaint of which no promised solution was missed, reopened ones included."""
        self._clock_rows().flush_model()
        return SQL(
            """
            %s UNION ALL
            SELECT document_id, bool_and(verdict = 'met') FROM customer_complaint_clock
             WHERE target = 'resolution' AND verdict IN ('met', 'missed') GROUP BY document_id
            """,
            super()._on_time_sql(),
        )

    def _due_moments(self):
        """Override: by when the solution was promised, where a service level says so."""
        promised = {one._origin.id: one.date_due for one in self if one.date_due}
        return {**super()._due_moments(), **promised}

    def _reminders(self):
        """Override: how often somebody was told that it is late or soon will be, and what was counted before."""
        counts = super()._reminders()
        rows = self.env["customer.complaint.reminder"].sudo()
        for complaint, number in rows._read_group(
            [("document_id", "in", self.ids)], ["document_id"], ["__count"]
        ):
            counts[complaint.id] = counts.get(complaint.id, 0) + number
        return counts

    @api.model
    def _clock_zone(self):
        """Return the time zone in which the days of the company are counted."""
        company = self.env.company
        return company.resource_calendar_id.tz or company.partner_id.tz or "UTC"
