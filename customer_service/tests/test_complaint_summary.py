from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import SummaryStepError
from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestComplaintSummary(ServiceCase):
    """The summary of a period: counted by the system, concluded by a person, and standing once closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)

    def _summary(self, **values):
        values = {"date_from": self.today - timedelta(days=30), "date_to": self.today, **values}
        return self.env["customer.complaint.summary"].with_user(self.boss).create(values)

    def test_what_is_counted(self):
        other = self.env["customer.complaint.cause"].create({"name": "Ink", "code": "test_ink"})
        first = self._take(self._complaint(), "closed")
        first._reopen("Again")
        second = self._complaint(follows_id=first.id)
        self._found(second)
        self._complaint().cause_id = other
        self._complaint()._mark_duplicate(first)
        self._complaint(date_received=fields.Datetime.now() - timedelta(days=370))
        summary = self._summary()
        self.assertEqual(
            (summary.case_count, summary.justified_count, summary.repeat_count, summary.reopened_count),
            (3, 2, 1, 1),
        )
        self.assertEqual(summary.previous_count, 1)
        self.assertEqual(summary.main_causes, "Bad seal: 2 (67%)\nInk: 1 (33%)")
        self.assertFalse(summary.has_loss or summary.has_satisfaction)

    def test_it_is_closed_with_lessons_and_goals_only(self):
        summary = self._summary()
        with self.assertRaisesRegex(SummaryStepError, "Lessons, Next Goals"):
            summary.action_close()
        summary.write({"lessons": "Look twice", "goals": "Half as many"})
        summary.action_close()
        self.assertEqual((summary.state, summary.closed_by_id), ("closed", self.boss))

    def test_closed_it_stands_whatever_happens_later(self):
        self._complaint()
        summary = self._summary(lessons="Look twice", goals="Half as many")
        summary.action_close()
        self._complaint()
        for step in (summary.action_compute, summary.action_close, summary.unlink):
            with self.assertRaises(SummaryStepError):
                step()
        with self.assertRaises(SummaryStepError):
            summary.lessons = "Something else"
        self.assertEqual(summary.case_count, 1)

    def test_figures_are_not_typed_by_whatever_road(self):
        with self.assertRaises(SummaryStepError):
            self._summary().case_count = 0
        with self.assertRaises(SummaryStepError):
            self._summary(date_to=self.today - timedelta(days=1), case_count=7)
        summaries = self.env["customer.complaint.summary"].with_user(self.boss)
        made = summaries.with_context(default_state="closed", default_case_count=9).create({})
        self.assertEqual((made.state, made.case_count), ("draft", 0))

    def test_the_goal_comes_from_the_settings(self):
        self.env.company.customer_service_goal_satisfaction = 92
        self.assertEqual(self._summary().goal_satisfaction, 92)

    def test_an_agent_reads_and_a_manager_writes(self):
        summary = self._summary()
        self.assertEqual(summary.with_user(self.agent).case_count, 0)
        with self.assertRaises(AccessError):
            summary.with_user(self.agent).lessons = "x"
        with self.assertRaises(AccessError):
            summary.with_user(self.agent).action_close()
