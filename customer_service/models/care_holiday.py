from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import anniversary, lunar

CALENDARS = [("solar", "Solar"), ("lunar", "Chinese")]


class CustomerCareHoliday(models.Model):
    """A day of the year on which customers are greeted, in the solar or the Chinese calendar."""

    _name = "customer.care.holiday"
    _description = "Holiday of Care"
    _order = "next_date, name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    calendar = fields.Selection(CALENDARS, required=True, default="solar")
    month = fields.Integer(required=True)
    day = fields.Integer(
        required=True,
        help="30 in the Chinese calendar: the last day of the month, such as New Year's Eve on 12-30.",
    )
    next_date = fields.Date(compute="_compute_next_date", store=True, help="From today on.")

    _day_exists = models.Constraint(
        "CHECK(month BETWEEN 1 AND 12 AND day BETWEEN 1 AND 31)", "There is no such day in a year."
    )

    @api.constrains("calendar", "month", "day")
    def _check_day(self):
        for holiday in self:
            if not day_exists(holiday.calendar, holiday.month, holiday.day):
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: month %(month)s has no day %(day)s in its calendar.",
                        name=holiday.name,
                        month=holiday.month,
                        day=holiday.day,
                    )
                )

    @api.depends("calendar", "month", "day")
    def _compute_next_date(self):
        today = fields.Date.context_today(self)
        for holiday in self:
            holiday.next_date = next_kept(holiday.calendar, holiday.month, holiday.day, False, today)

    @api.model
    def _renew(self):
        """Work out the next day of holidays that are over."""
        today = fields.Date.context_today(self)
        past = self.with_context(active_test=False).search(
            ["|", ("next_date", "<", today), ("next_date", "=", False)]
        )
        self.env.add_to_compute(self._fields["next_date"], past)


def day_exists(calendar, month, day):
    """Return whether a calendar ever has a day: up to 30 in a Chinese month, 29 in February."""
    longest = 30 if calendar == "lunar" or month in (4, 6, 9, 11) else 29 if month == 2 else 31
    return 1 <= month <= 12 and 1 <= day <= longest


def next_kept(calendar, month, day, leap, today):
    """Return the next date from today on, on which a day of a calendar is kept; False when there is none.

    Beyond the table of the Chinese calendar, which ends in 2100, there is none.
    """
    if not day_exists(calendar, month or 0, day or 0):
        return False
    for year in range(today.year - 1, today.year + 3):
        try:
            if calendar == "lunar":
                found = lunar.celebrated(year, month, day, leap)
            else:
                found = anniversary.celebrated(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return False


def kept_between(first, last):
    """Return what is kept on each of some days, in both calendars.

    :return: rows of (calendar, month, day, leap, date, year of the calendar)
    """
    rows = []
    for number in range((last - first).days + 1):
        date = fields.Date.add(first, days=number)
        rows += [("solar", *one, False, date, date.year) for one in anniversary.kept_on(date)]
        try:
            year = lunar.to_lunar(date).year
            rows += [("lunar", *one, date, year) for one in lunar.kept_on(date)]
        except ValueError:
            # Beyond the table nothing is kept by the Chinese calendar.
            continue
    return rows
