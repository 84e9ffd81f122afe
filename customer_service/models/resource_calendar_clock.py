from datetime import UTC, datetime, time, timedelta

from pytz import timezone

from odoo import api, models
from odoo.fields import Domain

from ..tools import WorkingTime

# What of a calendar says when it works; its attendances and leaves say the rest.
HOURS = {"tz", "attendance_ids", "two_weeks_calendar", "schedule_type", "flexible_hours", "hours_per_day"}


class ResourceCalendar(models.Model):
    """The host's working hours, as the clocks of customer service read them."""

    _inherit = "resource.calendar"

    def _customer_working_time(self, company):
        """Return the working time of a calendar in a company; without a calendar the clock always runs."""
        if not self:
            return WorkingTime()
        return WorkingTime(lambda low, high: self._customer_spans(company, low, high))

    def _customer_spans(self, company, low, high):
        """Return when people work, holidays left out, as pairs of naive moments in UTC.

        In whole weeks from Monday on: the host counts the weeks of flexible hours from the first day that is
        asked for, and the same hour would otherwise be work in one question and none in another.
        """
        zone = timezone(self.tz or "UTC")
        first = low.replace(tzinfo=UTC).astimezone(zone).date()
        last = high.replace(tzinfo=UTC).astimezone(zone).date()
        first -= timedelta(days=first.weekday())
        last += timedelta(days=7 - last.weekday())
        bounds = (zone.localize(datetime.combine(day, time.min)) for day in (first, last))
        leaves = Domain("time_type", "=", "leave") & Domain("company_id", "in", [False, company.id])
        work = self.sudo()._work_intervals_batch(*bounds, domain=list(leaves), tz=zone)[False]
        return [tuple(end.astimezone(UTC).replace(tzinfo=None) for end in span[:2]) for span in work]

    def write(self, vals):
        """Override of `base`: other hours, other deadlines."""
        result = super().write(vals)
        if HOURS & set(vals):
            self._customer_hours_changed()
        return result

    def _customer_hours_changed(self):
        """Compute the deadlines of the cases again that run by these hours; by any, when none are given."""
        for model in self.env["customer.service.clock.mixin"]._clock_models():
            rows = model._clock_rows().sudo()
            rows = rows.search([("date_done", "=", False)])
            if self:
                rows = rows.filtered(lambda row: row.document_id._clock_calendar() in self)
            model._clock_again(rows, "date_due")

    def _customer_hours_changed_some(self):
        """Do so for these calendars, and for none when there are none."""
        if self:
            self._customer_hours_changed()


class ResourceCalendarAttendance(models.Model):
    """Working hours of a day: changed ones move deadlines."""

    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: more hours, earlier deadlines."""
        attendances = super().create(vals_list)
        attendances.calendar_id._customer_hours_changed_some()
        return attendances

    def write(self, vals):
        """Override of `base`: other hours, other deadlines."""
        calendars = self.calendar_id
        result = super().write(vals)
        (calendars | self.calendar_id)._customer_hours_changed_some()
        return result

    def unlink(self):
        """Override of `base`: fewer hours, later deadlines."""
        calendars = self.calendar_id
        result = super().unlink()
        calendars.exists()._customer_hours_changed_some()
        return result


class ResourceCalendarLeaves(models.Model):
    """Holidays of a company: they move deadlines. Those of single people do not."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a holiday moves deadlines."""
        leaves = super().create(vals_list)
        leaves._customer_holidays_changed()
        return leaves

    def write(self, vals):
        """Override of `base`: a moved holiday moves deadlines, where it was and where it is."""
        before = self._customer_holidays_of()
        result = super().write(vals)
        self._customer_holidays_changed(before)
        self._customer_holidays_changed()
        return result

    def unlink(self):
        """Override of `base`: a holiday that is none moves deadlines back."""
        before = self._customer_holidays_of()
        result = super().unlink()
        self._customer_holidays_changed(before)
        return result

    def _customer_holidays_of(self):
        """Return the calendars that holidays of everybody are in: none for every one, None for no such holiday."""
        holidays = self.filtered(lambda leave: not leave.resource_id)
        if not holidays:
            return None
        shared = any(not leave.calendar_id for leave in holidays)
        return self.env["resource.calendar"] if shared else holidays.calendar_id

    def _customer_holidays_changed(self, calendars=False):
        """Compute the deadlines again that holidays of everybody may move.

        :param calendars: see ``_customer_holidays_of``; False for those of these holidays
        """
        calendars = self._customer_holidays_of() if calendars is False else calendars
        if calendars is not None:
            calendars._customer_hours_changed()
