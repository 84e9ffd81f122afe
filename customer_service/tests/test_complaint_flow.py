from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .clock_case import ClockCase


@tagged("-at_install", "post_install")
class TestComplaintFlow(ClockCase):
    def _steps(self, user=None):
        flow = self.env["customer.complaint"].with_user(user or self.boss).get_flow()
        return {step["code"]: step for step in flow["steps"]}

    def test_a_stage_shows_how_many_are_there_how_long_and_how_many_too_long(self):
        before = self._steps()
        with freeze_time("2026-03-02 08:00:00"):
            complaint = self._complaint()
            self._take(complaint, "assess")
        with freeze_time("2026-03-20 08:00:00"):
            steps = self._steps()
            self.assertEqual(steps["assess"]["count"], before["assess"]["count"] + 1)
            self.assertIn("18.0", steps["assess"]["note"])
            self.assertTrue(steps["assess"]["alarm"])
            row = complaint.stage_ids[-1]
            self.assertEqual((str(row.date_due), row.is_late), ("2026-03-05 17:00:00", True))
            late = self.env["customer.complaint.stage"].search([("is_late", "=", True)])
            self.assertIn(row, late)

    def test_a_department_may_have_days_of_its_own(self):
        self.env["customer.complaint.step.limit"].create(
            {
                "stage": "assess",
                "days": 1,
                "department_id": self.quality.id,
                "company_id": self.env.company.id,
            }
        )
        with freeze_time("2026-03-02 08:00:00"):
            complaint = self._complaint(department_id=self.quality.id)
            self._take(complaint, "assess")
        self.assertEqual(str(complaint.stage_ids[-1].date_due), "2026-03-02 17:00:00")

    def test_every_number_is_that_of_the_list_behind_it(self):
        with freeze_time("2026-03-02 08:00:00"):
            for stage in ("listen", "confirm", "assess", "carry_out", "closed"):
                self._take(self._complaint(), stage)
        complaints = self.env["customer.complaint"].with_user(self.boss)
        for code, step in self._steps().items():
            action = complaints.action_open_flow(code)
            self.assertEqual(complaints.search_count(action["domain"]), step["count"], code)

    def test_boxes_do_not_overlap_and_strangers_see_nothing(self):
        flow = self.env["customer.complaint"].with_user(self.boss).get_flow()
        places = {(step["x"], step["y"]) for step in flow["steps"]}
        self.assertEqual(len(places), len(flow["steps"]))
        clerk = new_test_user(self.env, "flow_stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self._steps(clerk)
