from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .clock_case import ClockCase, moment


@tagged("-at_install", "post_install")
class TestComplaintClockHours(ClockCase):
    def test_a_holiday_does_not_count_and_one_entered_late_moves_what_still_runs(self):
        complaint = self._at("2026-03-02 08:00:00")
        self.assertEqual(complaint.date_due, moment("2026-03-04 17:00:00"))
        with freeze_time("2026-03-02 10:00:00"):
            holiday = self.env["resource.calendar.leaves"].create(
                {
                    "name": "Spring",
                    "calendar_id": self.office.id,
                    "date_from": moment("2026-03-03 00:00:00"),
                    "date_to": moment("2026-03-03 23:59:59"),
                }
            )
            self.assertEqual(complaint.date_due, moment("2026-03-05 17:00:00"))
            holiday.unlink()
            self.assertEqual(complaint.date_due, moment("2026-03-04 17:00:00"))

    def test_the_holiday_of_one_person_and_of_another_company_move_nothing(self):
        complaint = self._at("2026-03-02 08:00:00")
        abroad = self.env["res.company"].create({"name": "Abroad"})
        person = self.env["resource.resource"].sudo().create({"name": "Lee", "calendar_id": self.office.id})
        day = {"date_from": moment("2026-03-03 00:00:00"), "date_to": moment("2026-03-03 23:59:59")}
        leaves = self.env["resource.calendar.leaves"]
        leaves.create({"name": "Lee", "resource_id": person.id, "calendar_id": self.office.id, **day})
        leaves.with_company(abroad).create({"name": "Abroad", **day})
        with freeze_time("2026-03-02 10:00:00"):
            self.env["customer.complaint"]._clock_change(None)
            complaint._clock_change(None)
            self.assertEqual(complaint.date_due, moment("2026-03-04 17:00:00"))

    def test_the_hours_are_those_of_the_time_zone_of_the_team(self):
        self.team.resource_calendar_id = self._calendar("Asia/Shanghai")
        complaint = self._at("2026-03-02 00:00:00", harm="3", spread="2")
        # 8 in the morning in Shanghai; 12 hours later there it is noon of the next day.
        self.assertEqual(complaint.date_response_due, moment("2026-03-03 04:00:00"))

    def test_the_night_in_which_summer_time_begins_has_an_hour_less(self):
        nights = self._calendar("Europe/Berlin", spans=((0, 24),), days=range(7), hours_per_day=24)
        self.team.resource_calendar_id = nights
        self.major.response = 6
        spring = self._at("2026-03-28 23:00:00", harm="3", spread="2")
        autumn = self._at("2026-10-24 22:00:00", harm="3", spread="2")
        # Six hours after midnight by a stopwatch: 7 o'clock in spring, 5 o'clock in autumn.
        self.assertEqual(spring.date_response_due, moment("2026-03-29 05:00:00"))
        self.assertEqual(autumn.date_response_due, moment("2026-10-25 04:00:00"))
        self.team.resource_calendar_id = self._calendar("Europe/Berlin", days=range(7))
        self.major.response = 8
        # From noon on Saturday: four hours there and four on Sunday morning, whatever the night did.
        spring = self._at("2026-03-28 12:00:00", harm="3", spread="2")
        self.assertEqual(spring.date_response_due, moment("2026-03-29 10:00:00"))

    def test_of_a_calendar_of_two_weeks_only_the_own_week_counts(self):
        spans = [("0", 8, 12, week) for week in ("0", "1")] + [("1", 8, 12, "1")]
        self.office.write(
            {
                "two_weeks_calendar": True,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {"name": "x", "dayofweek": day, "hour_from": start, "hour_to": end, "week_type": week}
                    )
                    for day, start, end, week in spans
                ],
            }
        )
        self.normal.write({"response": 8, "response_unit": "hours"})
        attendance = self.env["resource.calendar.attendance"]
        monday = moment("2026-03-02 08:00:00")
        if attendance.get_week_type(monday.date()) != 1:
            monday += timedelta(weeks=1)
        long_week = self._at(str(monday))
        short_week = self._at(str(monday + timedelta(weeks=1)))
        self.assertEqual(long_week.date_response_due, monday + timedelta(days=1, hours=4))
        self.assertEqual(short_week.date_response_due, monday + timedelta(weeks=2, hours=4))

    def test_flexible_hours_are_the_same_whenever_they_are_asked_for(self):
        flexible = self.env["resource.calendar"].create(
            {
                "name": "Flexible",
                "tz": "UTC",
                "schedule_type": "flexible",
                "hours_per_day": 8,
                "full_time_required_hours": 40,
                "company_id": self.env.company.id,
            }
        )
        self.team.resource_calendar_id = flexible
        complaints = [self._at(f"2026-03-{day:02} 08:00:00") for day in (2, 4, 6)]
        dues = [complaint.date_due for complaint in complaints]
        flexible.hours_per_day = 8
        with freeze_time("2026-03-20 08:00:00"):
            self.env["customer.complaint"].union(*complaints)._clock_change(None)
            self.assertEqual([complaint.date_due for complaint in complaints], dues)
        # From Monday 8 o'clock, three days of the hours around noon: the host's working week.
        self.assertEqual(dues[0], moment("2026-03-04 16:00:00"))

    def test_without_any_calendar_the_clock_always_runs(self):
        self.env.company.resource_calendar_id = False
        complaint = self._at("2026-03-07 08:00:00")
        self.assertEqual(complaint.date_response_due, moment("2026-03-08 08:00:00"))
