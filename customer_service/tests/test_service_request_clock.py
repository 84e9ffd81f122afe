from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import ServiceRequestError
from .clock_case import ClockCase, moment
from .request_case import RequestCase


@tagged("-at_install", "post_install")
class TestServiceRequestClock(RequestCase, ClockCase):
    """Service that is asked for is planned and done by when it was promised."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        refs = [f"customer_service.service_level_request_{name}" for name in ("normal", "urgent")]
        cls.usual, cls.quick = (cls.env.ref(name) for name in refs)
        (cls.usual | cls.quick).active = True
        cls.usual.write({"response": 8, "response_unit": "hours", "resolution": 3})

    @classmethod
    def _asked(cls, when, **values):
        """Return a request that is reported and taken in at a moment."""
        with freeze_time(when):
            values = {
                "date_reported": moment(when),
                "team_id": cls.team.id,
                "user_id": cls.agent.id,
                **values,
            }
            request = cls._request(**values)
            cls.env.flush_all()
        return request

    def _planned(self, request, when):
        with freeze_time(when):
            self._visit(request, "2026-03-20 08:00:00")
            request.with_user(self.agent).action_plan()
            self.env.flush_all()

    def _worked(self, request, when):
        with freeze_time(when):
            self._done(request)
            self.env.flush_all()

    def _watch(self, when):
        """Let the job of the requests run at a moment."""
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        with freeze_time(when):
            self.env["customer.service.request"]._cron_clock()
            self.env.flush_all()
        self.env.invalidate_all()

    # By when

    def test_over_a_weekend_only_working_hours_count(self):
        request = self._asked("2026-03-06 15:00:00")
        self.assertEqual(request.service_level_id, self.usual)
        self.assertEqual(request.date_response_due, moment("2026-03-09 15:00:00"))
        self.assertEqual(request.date_due, moment("2026-03-11 15:00:00"))

    def test_a_holiday_does_not_count_and_one_entered_late_moves_what_still_runs(self):
        request = self._asked("2026-03-02 08:00:00")
        self.assertEqual(request.date_due, moment("2026-03-04 17:00:00"))
        with freeze_time("2026-03-02 10:00:00"):
            self.env["resource.calendar.leaves"].create(
                {
                    "name": "Spring",
                    "calendar_id": self.office.id,
                    "date_from": moment("2026-03-03 00:00:00"),
                    "date_to": moment("2026-03-03 23:59:59"),
                }
            )
            self.assertEqual(request.date_due, moment("2026-03-05 17:00:00"))
            self.assertEqual(request.date_response_due, moment("2026-03-02 17:00:00"))

    def test_the_hours_are_those_of_the_time_zone_of_the_team(self):
        self.team.resource_calendar_id = self._calendar("Asia/Shanghai")
        request = self._asked("2026-03-02 00:00:00")
        self.assertEqual(request.date_response_due, moment("2026-03-02 09:00:00"))

    def test_the_night_in_which_summer_time_begins_has_an_hour_less(self):
        self.team.resource_calendar_id = self._calendar("Europe/Berlin", days=range(7))
        spring = self._asked("2026-03-28 12:00:00")
        autumn = self._asked("2026-10-24 11:00:00")
        # From one o'clock on Saturday: four hours there and four on Sunday morning, whatever the night did.
        self.assertEqual(spring.date_response_due, moment("2026-03-29 10:00:00"))
        self.assertEqual(autumn.date_response_due, moment("2026-10-25 11:00:00"))

    def test_urgent_ones_and_those_of_urgent_complaints_have_the_times_of_urgent_ones(self):
        request = self._asked("2026-03-02 08:00:00")
        with freeze_time("2026-03-02 09:00:00"):
            request.with_user(self.agent).priority = "1"
            self.assertEqual(request.service_level_id, self.quick)
            self.assertEqual(request.date_response_due, moment("2026-03-02 10:00:00"))
        with freeze_time("2026-03-02 08:00:00"):
            complaint = self._complaint(harm="4", spread="4")
        self.assertEqual(complaint.severity, "urgent")
        other = self._asked("2026-03-02 08:00:00", complaint_id=complaint.id)
        self.assertEqual((other.severity, other.service_level_id), ("urgent", self.quick))

    # Kept or broken

    def test_planned_is_the_first_answer_and_done_is_the_solution(self):
        request = self._asked("2026-03-02 08:00:00")
        self._planned(request, "2026-03-02 10:00:00")
        self.assertEqual(self._row(request, "response").verdict, "met")
        self.assertEqual(self._row(request, "response").hours_used, 2)
        self._worked(request, "2026-03-05 09:00:00")
        self.assertEqual(self._row(request, "resolution").verdict, "missed")
        self.assertEqual(self._row(request, "resolution").breached_on, moment("2026-03-04 17:00:00"))
        self.assertFalse(request.clock_state)

    def test_remote_help_that_begins_without_a_plan_is_answered(self):
        request = self._asked("2026-03-02 08:00:00", kind="remote")
        with freeze_time("2026-03-02 09:00:00"):
            request.action_start()
        self.assertEqual(self._row(request, "response").verdict, "met")

    def test_what_is_called_off_was_not_promised(self):
        request = self._asked("2026-03-02 08:00:00")
        with freeze_time("2026-03-02 09:00:00"):
            request.action_cancel()
        self.assertEqual(set(request.clock_ids.mapped("verdict")), {"void"})

    def test_reopened_it_counts_anew_and_what_was_judged_stays(self):
        request = self._asked("2026-03-02 08:00:00")
        self._planned(request, "2026-03-02 09:00:00")
        self._worked(request, "2026-03-03 09:00:00")
        with freeze_time("2026-03-09 08:00:00"):
            request._reopen("It leaks again")
            self.env.flush_all()
        self.assertEqual(self._row(request, "resolution").verdict, "met")
        self.assertEqual(self._row(request, "resolution", period=2).verdict, "running")
        self.assertEqual(request.date_due, moment("2026-03-11 17:00:00"))

    def test_while_it_waits_for_the_customer_the_clock_stands_still(self):
        request = self._asked("2026-03-02 08:00:00")
        self._planned(request, "2026-03-02 09:00:00")
        with freeze_time("2026-03-02 10:00:00"):
            request.with_user(self.agent).action_wait()
            self.env.flush_all()
        self.assertEqual(request.clock_state, "waiting")
        self._watch("2026-03-12 08:00:00")
        self.assertFalse(request.reminder_ids)
        with freeze_time("2026-03-12 10:00:00"):
            request.message_post(
                body="Come on Friday",
                author_id=self.anna.id,
                message_type="email",
                subtype_xmlid="mail.mt_comment",
            )
            self.env.flush_all()
        self.assertFalse(request.waiting_since)
        self.assertEqual(
            request.date_due,
            moment("2026-03-13 17:00:00") + (moment("2026-03-13") - moment("2026-03-12")) * 3,
        )

    def test_what_somebody_else_writes_ends_no_waiting(self):
        request = self._asked("2026-03-02 08:00:00")
        request.action_wait()
        request.message_post(body="x", author_id=self.boris.id, message_type="email")
        self.assertTrue(request.waiting_since)

    # What changes it

    def test_another_grade_is_another_promise(self):
        scheme = self.env["customer.grade.scheme"].sudo()
        values = {"name": "By sales", "company_id": self.env.company.id, "method": "threshold"}
        values["grade_ids"] = [
            Command.create({"name": "A", "cut": 1000}),
            Command.create({"name": "B", "cut": 0}),
        ]
        grade = scheme.create(values).grade_ids[:1].with_env(self.env)
        best = self.env["customer.service.level"].create(
            {"name": "A", "applies_to": "request", "grade_id": grade.id, "response": 4, "resolution": 1}
        )
        request = self._asked("2026-03-02 08:00:00")
        with freeze_time("2026-03-02 09:00:00"):
            self.anna.sudo()._change_customer_grade(grade, "Test")
            self.assertEqual(request.service_level_id, best)
            self.assertEqual(request.date_due, moment("2026-03-02 17:00:00"))

    def test_another_team_and_other_hours_move_what_still_runs(self):
        request = self._asked("2026-03-02 08:00:00")
        night = self._calendar("UTC", spans=((0, 24),), days=range(7), hours_per_day=24)
        other = self.env["customer.service.team"].create({"name": "Night", "resource_calendar_id": night.id})
        with freeze_time("2026-03-02 09:00:00"):
            request.team_id = other
            self.assertEqual(request.date_response_due, moment("2026-03-02 16:00:00"))
            other.resource_calendar_id = self.office
            self.assertEqual(request.date_response_due, moment("2026-03-02 17:00:00"))

    def test_what_was_reported_earlier_was_promised_earlier(self):
        request = self._asked("2026-03-03 08:00:00")
        with freeze_time("2026-03-03 09:00:00"):
            request.with_user(self.agent).date_reported = moment("2026-03-02 08:00:00")
            self.assertEqual(request.date_response_due, moment("2026-03-02 17:00:00"))

    # Who is told

    def test_the_handler_is_told_before_the_leader_after_and_the_manager_last(self):
        self.usual.response_unit = "none"
        request = self._asked("2026-03-02 08:00:00")
        self._watch("2026-03-04 11:13:00")
        self.assertEqual(request.clock_state, "amber")
        self._watch("2026-03-05 08:01:00")
        self.assertEqual(request.clock_state, "red")
        self._watch("2026-03-09 08:00:00")
        told = [(line.percent, line.user_id) for line in request.reminder_ids.sorted("id")]
        self.assertEqual(told, [(80, self.agent), (100, self.boss), (150, self.env.user)])
        self._worked(request, "2026-03-09 10:00:00")
        self.assertFalse(request.activity_ids, "nobody needs the reminders any more")

    def test_requests_from_before_there_were_clocks_get_one(self):
        request = self._asked("2026-03-02 08:00:00")
        self._planned(request, "2026-03-02 09:00:00")
        request.clock_ids.sudo().unlink()
        with freeze_time("2026-03-03 01:00:00"):
            self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
            self.env["customer.service.request"]._cron_clock_night()
        self.assertEqual(self._row(request, "response").verdict, "void")
        self.assertEqual(request.date_due, moment("2026-03-04 17:00:00"))

    # Who may

    def test_nobody_writes_by_hand_what_is_promised(self):
        request = self._asked("2026-03-02 08:00:00").with_user(self.agent)
        lax = self.usual.copy({"resolution": 300})
        for values in (
            {"service_level_id": lax.id},
            {"date_due": "2030-01-01 00:00:00"},
            {"clock_state": "green"},
            {"waiting_since": "2026-03-01 00:00:00"},
        ):
            with self.assertRaises(ServiceRequestError), self.cr.savepoint():
                request.write(values)
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.clock_ids.write({"verdict": "met"})
        with self.assertRaises(AccessError), self.cr.savepoint():
            request.pause_ids.create({"document_id": request.id, "date_from": "2026-03-01 00:00:00"})

    def test_salespeople_see_the_promises_to_their_own_customers(self):
        mine = self._user("clock_seller", "customer_management.group_customer_user")
        other = self._user("clock_other", "customer_management.group_customer_user")
        self.anna.user_id = mine
        request = self._asked("2026-03-02 08:00:00")
        rows = self.env["customer.service.request.clock"]
        domain = [("document_id", "=", request.id)]
        self.assertEqual(rows.with_user(mine).search_count(domain), 3)
        self.assertEqual(rows.with_user(other).search_count(domain), 0)
