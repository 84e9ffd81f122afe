from odoo.exceptions import AccessError
from odoo.tests import tagged

from .clock_case import ClockCase


@tagged("-at_install", "post_install")
class TestServiceLevel(ClockCase):
    def test_policies_read_what_the_tables_say(self):
        settings, company = self.env["customer.policy.setting"], self.env.company
        self.major.response = 10
        self.assertIn("Major: 10 h", settings._setting_complaint_response_hours(company))
        self.assertIn("10 h", settings._setting_service_levels(company))
        self.assertIn("Carry Out", settings._setting_complaint_steps_days(company))
        self.assertIn("80 %", settings._setting_complaint_escalation(company))
        (self.normal | self.major | self.urgent).active = False
        self.assertIsNone(settings._setting_complaint_response_hours(company))

    def test_agents_read_the_tables_and_managers_change_them(self):
        step = self.env.ref("customer_service.service_escalation_handler")
        self.assertTrue(self.normal.with_user(self.agent).response)
        for record in (self.normal, step, self.env.ref("customer_service.complaint_step_limit_agree")):
            with self.assertRaises(AccessError):
                record.with_user(self.agent).unlink()
        self.normal.with_user(self.boss).response = 20
        step.with_user(self.boss).percent = 70

    def test_another_company_has_its_own_levels(self):
        abroad = self.env["res.company"].create({"name": "Abroad"})
        level = self.env["customer.service.level"].create(
            {"name": "Abroad", "severity": "normal", "company_id": abroad.id, "response": 1, "resolution": 1}
        )
        here = self._at("2026-03-02 08:00:00")
        self.assertEqual(here.service_level_id, self.normal)
        there = self._at("2026-03-02 08:00:00", company_id=abroad.id, kind_id=False, user=self.env.user)
        self.assertEqual(there.service_level_id, level)

    def test_the_night_job_catches_up_with_what_changed_past_us(self):
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        complaint = self._at("2026-03-02 08:00:00")
        self.env.flush_all()
        complaint.clock_ids.sudo().unlink()
        self.env["customer.complaint"]._cron_clock_night()
        self.assertEqual(len(complaint.clock_ids), 3)
        self.assertEqual(str(complaint.date_due), "2026-03-04 17:00:00")
        self.env.cr.execute("UPDATE resource_calendar_attendance SET hour_to = 18 WHERE hour_to = 17")
        self.env.invalidate_all()
        self.env["customer.complaint"]._cron_clock_night()
        self.assertEqual(str(complaint.date_due), "2026-03-04 15:00:00")
