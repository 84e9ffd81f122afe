from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .clock_case import ClockCase, moment


@tagged("-at_install", "post_install")
class TestComplaintEscalation(ClockCase):
    def _told(self, complaint, target="resolution"):
        lines = complaint.reminder_ids.filtered(lambda line: line.target == target)
        return [(line.percent, line.user_id) for line in lines.sorted("id")]

    def test_the_handler_is_told_before_the_leader_after_and_the_manager_last(self):
        self.normal.response_unit = "none"
        complaint = self._at("2026-03-02 08:00:00", user_id=self.agent.id)
        self._job("2026-03-04 10:00:00")
        self.assertEqual((complaint.clock_state, self._told(complaint)), ("green", []))
        # 80 % of 24 hours are 19 hours and 12 minutes.
        self._job("2026-03-04 11:13:00")
        self.assertEqual((complaint.clock_state, self._told(complaint)), ("amber", [(80, self.agent)]))
        self._job("2026-03-05 08:01:00")
        self.assertEqual(complaint.clock_state, "red")
        self.assertEqual(self._told(complaint)[1:], [(100, self.boss)])
        self._job("2026-03-09 08:00:00")
        self.assertEqual(self._told(complaint)[2:], [(150, self.env.user)])
        self.assertEqual(len(complaint.activity_ids), 3)

    def test_run_again_it_tells_nobody_again(self):
        complaint = self._at("2026-03-02 08:00:00", user_id=self.agent.id)
        for _run in range(3):
            self._job("2026-03-20 08:00:00")
        self.assertEqual(len(complaint.reminder_ids), 6)
        # Even somebody who did not see what another job has told is stopped by the database.
        line = complaint.reminder_ids[0]
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            line.sudo().copy()

    def test_whoever_is_missing_is_stood_in_for(self):
        self.team.write({"user_id": False, "manager_id": self.boss.id})
        complaint = self._at("2026-03-02 08:00:00")
        self._job("2026-03-20 08:00:00")
        self.assertEqual({user for _percent, user in self._told(complaint)}, {self.boss})

    def test_who_leads_and_manages_is_told_once(self):
        self.normal.response_unit = "none"
        self.team.manager_id = self.boss
        complaint = self._at("2026-03-02 08:00:00", user_id=self.agent.id)
        for when in ("2026-03-04 11:13:00", "2026-03-05 08:01:00", "2026-03-09 08:00:00"):
            self._job(when)
        self.assertEqual(self._told(complaint), [(80, self.agent), (100, self.boss)])
        self.assertEqual(len(complaint.activity_ids), 2)

    def test_who_handles_it_and_leads_hears_that_it_is_nearly_and_that_it_is_late(self):
        self.normal.response_unit = "none"
        self.team.manager_id = self.boss
        complaint = self._at("2026-03-02 08:00:00", user_id=self.boss.id)
        for when in ("2026-03-04 11:13:00", "2026-03-05 08:01:00", "2026-03-09 08:00:00"):
            self._job(when)
        self.assertEqual(self._told(complaint), [(80, self.boss), (100, self.boss)])

    def test_a_killed_job_goes_on_where_it_stopped(self):
        complaints = self._at("2026-03-02 08:00:00")
        for _number in range(3):
            complaints += self._at("2026-03-02 08:00:00")
        # Killed after the first batch: the host gives no more time.
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 0)
        with freeze_time("2026-03-20 08:00:00"):
            self.env["customer.complaint"]._cron_clock(batch=3)
            # Nobody handles them: the leader, who stands in, is told once, and the manager.
            self.assertEqual(len(complaints.reminder_ids), 6)
        self._job("2026-03-20 08:00:00")
        self.assertEqual(len(complaints.reminder_ids), 16)
        self.assertEqual(set(complaints.clock_ids.filtered("date_due").mapped("verdict")), {"missed"})

    def test_what_is_settled_takes_its_reminders_back(self):
        complaint = self._at("2026-03-02 08:00:00", user_id=self.agent.id)
        self._job("2026-03-20 08:00:00")
        with freeze_time("2026-03-20 09:00:00"):
            self._take(complaint, "follow_up")
        self.assertFalse(complaint.activity_ids)
        self.assertTrue(complaint.reminder_ids)

    def test_a_company_has_a_table_of_its_own(self):
        self.env["customer.service.escalation"].create(
            {"percent": 50, "recipient": "leader", "company_id": self.env.company.id}
        )
        complaint = self._at("2026-03-02 08:00:00", user_id=self.agent.id)
        self._job("2026-03-20 08:00:00")
        self.assertEqual(self._told(complaint), [(50, self.boss)])

    def test_the_figures_count_each_promise_once_when_it_is_judged(self):
        kept, broken = self._at("2026-03-02 08:00:00"), self._at("2026-03-02 08:00:00")
        self._say(kept, "2026-03-03 08:00:00")
        self._job("2026-03-10 08:00:00")
        day_from, day_to = moment("2026-03-01 00:00:00").date(), moment("2026-03-31 00:00:00").date()
        domain = [("id", "in", (kept + broken).ids)]
        figures = self.env["customer.complaint"]._clock_figures(domain, day_from, day_to)
        self.assertEqual(figures["response"], {"met": 1, "missed": 1, "rate": 50})
        self.assertEqual(figures["resolution"]["rate"], 0)
        self.assertIsNone(figures["update"]["rate"])
        later = moment("2026-04-01 00:00:00").date()
        figures = self.env["customer.complaint"]._clock_figures(domain, later, later)
        self.assertIsNone(figures["response"]["rate"])
