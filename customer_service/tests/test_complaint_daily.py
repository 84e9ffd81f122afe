from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .clock_case import ClockCase


@tagged("-at_install", "post_install")
class TestComplaintDaily(ClockCase):
    def _day(self, day, complaint):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["customer.complaint.daily"]
        row = rows.search([("date", "=", day), ("complaint_id", "=", complaint.id)])
        names = ("received", "closed", "still_open", "overdue", "severity", "days_used", "days_left")
        return row and tuple(row[name] for name in names)

    def test_a_past_day_reads_as_it_did_in_its_evening(self):
        complaint = self._at("2026-03-02 08:00:00", user_id=self.agent.id)
        with freeze_time("2026-03-02 18:00:00"):
            evening = self._day("2026-03-02", complaint)
        self.assertEqual(evening, (1, 0, 1, 0, "normal", 0, 2))
        with freeze_time("2026-03-04 09:00:00"):
            complaint.write({"harm": "3", "spread": "2", "user_id": self.boss.id})
            self.env.flush_all()
        self._job("2026-03-12 08:00:00")
        with freeze_time("2026-03-13 09:00:00"):
            self._take(complaint, "closed")
        with freeze_time("2026-03-20 09:00:00"):
            self.assertEqual(self._day("2026-03-02", complaint), evening)
            self.assertEqual(self._day("2026-03-04", complaint), (0, 0, 1, 0, "major", 2, 2))
            self.assertEqual(self._day("2026-03-10", complaint), (0, 0, 1, 1, "major", 8, -4))
            self.assertEqual(self._day("2026-03-13", complaint)[:4], (0, 1, 0, 0))
            self.assertFalse(self._day("2026-03-14", complaint))
            past = self.env["customer.complaint.daily"].search(
                [("date", "=", "2026-03-02"), ("complaint_id", "=", complaint.id)]
            )
            self.assertEqual((past.user_id, past.stage), (self.agent, "listen"))

    def test_a_reopened_complaint_was_closed_in_between(self):
        with freeze_time("2026-03-02 08:00:00"):
            complaint = self._complaint()
            self._take(complaint, "closed")
        with freeze_time("2026-03-09 08:00:00"):
            complaint._reopen("Again")
        with freeze_time("2026-03-10 20:00:00"):
            self.assertEqual(self._day("2026-03-02", complaint)[:4], (1, 1, 0, 0))
            self.assertFalse(self._day("2026-03-05", complaint))
            self.assertEqual(self._day("2026-03-09", complaint)[:4], (0, 0, 1, 0))
            row = self.env["customer.complaint.daily"].search(
                [("date", "=", "2026-03-02"), ("complaint_id", "=", complaint.id)]
            )
            self.assertEqual(row.outcome, "settled")

    def test_a_day_is_one_of_the_company_and_tomorrow_is_not_told(self):
        self.env.company.resource_calendar_id = self._calendar("Asia/Shanghai")
        complaint = self._at("2026-03-02 17:00:00")
        with freeze_time("2026-03-02 18:00:00"):
            days = self.env["customer.complaint.daily"].search([("complaint_id", "=", complaint.id)])
            self.assertEqual([str(day) for day in days.mapped("date")], ["2026-03-03"])

    def test_the_evening_counts_for_the_time_in_which_it_waits(self):
        with freeze_time("2026-03-02 08:00:00"):
            complaint = self._complaint()
            self._take(complaint, "confirm")
            complaint.action_wait()
        with freeze_time("2026-03-20 08:00:00"):
            complaint.action_resume()
            rows = self.env["customer.complaint.daily"]
            self.env.flush_all()
            row = rows.search([("date", "=", "2026-03-10"), ("complaint_id", "=", complaint.id)])
            self.assertEqual((row.is_waiting, row.overdue), (True, 0))

    def test_strangers_see_nothing_of_it(self):
        clerk = new_test_user(self.env, "daily_clerk", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["customer.complaint.daily"].with_user(clerk).search([("date", "=", "2026-03-02")])
