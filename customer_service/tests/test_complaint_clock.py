from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..exceptions import ComplaintStepError
from .clock_case import ClockCase, moment


@tagged("-at_install", "post_install")
class TestComplaintClock(ClockCase):
    def test_a_normal_complaint_of_friday_is_due_after_three_working_days(self):
        complaint = self._at("2026-03-06 16:00:00")
        self.assertEqual(complaint.service_level_id, self.normal)
        self.assertEqual(complaint.date_due, moment("2026-03-11 16:00:00"))
        self.assertFalse(complaint.date_update_due)

    def test_a_major_complaint_is_answered_in_12_hours_and_hears_again_in_two_days(self):
        complaint = self._at("2026-03-02 08:00:00", harm="3", spread="2")
        self.assertEqual(complaint.date_response_due, moment("2026-03-03 12:00:00"))
        self.assertEqual(complaint.date_update_due, moment("2026-03-03 17:00:00"))
        self.assertEqual(complaint.date_due, moment("2026-03-06 17:00:00"))

    def test_an_urgent_complaint_runs_by_the_clock_at_the_weekend_too(self):
        complaint = self._at("2026-03-07 22:00:00", harm="4")
        self.assertEqual(self._due(complaint), (moment("2026-03-08 00:00:00"), moment("2026-03-08 22:00:00")))

    def test_the_clock_stands_still_while_it_waits_over_a_weekend(self):
        complaint = self._at("2026-03-06 08:00:00")
        with freeze_time("2026-03-06 12:00:00"):
            complaint.with_user(self.agent).action_acknowledge()
            complaint.with_user(self.agent).action_wait()
        self.assertEqual((complaint.clock_state, complaint.clock_due_on), ("waiting", False))
        self._job("2026-03-12 08:00:00")
        self.assertEqual(self._row(complaint, "resolution").verdict, "running")
        with freeze_time("2026-03-09 10:00:00"):
            complaint.with_user(self.agent).action_resume()
        # Four hours on Friday, and the other 20 from Monday 10 o'clock on.
        self.assertEqual(complaint.date_due, moment("2026-03-11 15:00:00"))
        with freeze_time("2026-03-10 12:00:00"):
            complaint.with_user(self.agent).action_told()
        row = self._row(complaint, "response")
        self.assertEqual((row.seconds_used, row.seconds_paused), (14 * 3600, 6 * 3600))

    def test_a_severity_raised_on_the_way_counts_from_the_beginning(self):
        complaint = self._at("2026-03-02 08:00:00")
        with freeze_time("2026-03-02 09:00:00"):
            complaint.harm = "4"
            self.assertEqual(complaint.date_response_due, moment("2026-03-02 10:00:00"))
        late = self._at("2026-03-02 08:00:00")
        with freeze_time("2026-03-03 09:00:00"):
            late.harm = "4"
            self.env.flush_all()
        self._job("2026-03-03 09:05:00")
        row = self._row(late, "response")
        # Nobody could have known before: it was broken when it was raised.
        self.assertEqual((row.verdict, row.breached_on), ("missed", moment("2026-03-03 09:00:00")))

    def test_a_breach_is_recorded_at_night_although_nobody_moves_the_complaint(self):
        complaint = self._at("2026-03-07 22:00:00", harm="4")
        self._job("2026-03-08 00:05:00")
        row = self._row(complaint, "response")
        self.assertEqual((row.verdict, row.breached_on), ("missed", moment("2026-03-08 00:00:00")))
        self.assertEqual(complaint.clock_state, "red")
        with freeze_time("2026-03-08 01:00:00"):
            complaint.harm = "1"
        self._say(complaint, "2026-03-08 02:00:00")
        self.assertEqual(row.verdict, "missed", "A lower severity does not undo what was broken.")

    def test_the_first_message_of_a_person_is_the_answer_and_that_of_a_machine_is_not(self):
        complaint = self._at("2026-03-02 08:00:00")
        robot = self.env.ref("base.user_root")
        with freeze_time("2026-03-02 08:01:00"):
            complaint.with_user(robot).message_post(
                body="Received", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
            complaint.message_post(
                body="By itself", message_type="auto_comment", subtype_xmlid="mail.mt_comment"
            )
            complaint.with_user(self.agent).message_post(body="Among us", message_type="comment")
            complaint.message_post(
                body="Where are you?",
                message_type="email",
                subtype_xmlid="mail.mt_comment",
                author_id=self.anna.id,
            )
        self.assertFalse(complaint.date_answered)
        self._say(complaint, "2026-03-02 09:00:00")
        self._say(complaint, "2026-03-02 10:00:00")
        self.assertEqual(complaint.date_answered, moment("2026-03-02 09:00:00"))
        row = self._row(complaint, "response")
        self.assertEqual((row.verdict, row.date_done), ("met", moment("2026-03-02 09:00:00")))

    def test_each_word_to_the_customer_promises_the_next(self):
        complaint = self._at("2026-03-02 08:00:00", harm="3", spread="2")
        self._say(complaint, "2026-03-02 12:00:00")
        self.assertEqual(complaint.date_update_due, moment("2026-03-04 12:00:00"))
        self._say(complaint, "2026-03-05 08:30:00")
        rows = complaint.clock_ids.filtered(lambda row: row.target == "update").sorted("id")
        self.assertEqual(rows.mapped("verdict"), ["met", "missed", "running"])

    def test_the_solution_is_there_when_it_is_carried_out_and_not_when_it_is_closed(self):
        with freeze_time("2026-03-02 08:00:00"):
            complaint = self._complaint()
            self._take(complaint, "follow_up")
        with freeze_time("2026-04-02 08:00:00"):
            self._take(complaint, "closed")
        self.assertEqual(self._row(complaint, "resolution").verdict, "met")
        self.assertEqual(self._row(complaint, "response").verdict, "void")
        self.assertFalse(complaint.clock_state)

    def test_a_reopened_complaint_keeps_its_verdict_and_is_promised_anew(self):
        with freeze_time("2026-03-02 08:00:00"):
            complaint = self._complaint()
            self._say(complaint, "2026-03-02 08:30:00")
            self._take(complaint, "closed")
        with freeze_time("2026-03-09 08:00:00"):
            complaint._reopen("Still leaks")
        self.assertEqual(complaint.date_due, moment("2026-03-11 17:00:00"))
        self._job("2026-03-12 08:00:00")
        verdicts = [self._row(complaint, "resolution", period).verdict for period in (1, 2)]
        self.assertEqual(verdicts, ["met", "missed"])
        self._say(complaint, "2026-03-12 09:00:00")
        self.assertEqual(self._row(complaint, "response", 2).date_done, moment("2026-03-12 09:00:00"))
        self.assertEqual(complaint.date_answered, moment("2026-03-02 08:30:00"))

    def test_what_falls_away_is_not_judged_unless_it_was_late_already(self):
        early, late = self._at("2026-03-02 08:00:00"), self._at("2026-03-02 08:00:00")
        with freeze_time("2026-03-02 12:00:00"):
            early._withdraw("Found it")
        with freeze_time("2026-03-12 12:00:00"):
            late._withdraw("Found it")
        self.assertEqual(set(early.clock_ids.mapped("verdict")), {"void"})
        self.assertEqual(self._row(late, "resolution").verdict, "missed")

    def _grade(self):
        """Return a grade that customers of the company may have."""
        scheme = self.env["customer.grade.scheme"].sudo()
        values = {"name": "By sales", "company_id": self.env.company.id, "method": "threshold"}
        values["grade_ids"] = [
            Command.create({"name": "A", "cut": 1000}),
            Command.create({"name": "B", "cut": 0}),
        ]
        return scheme.create(values).grade_ids[:1].with_env(self.env)

    def test_the_level_that_asks_for_most_wins(self):
        grade = self._grade()
        levels = self.env["customer.service.level"]
        base = {"severity": "normal", "resolution": 1, "resolution_unit": "days"}
        complaint = self._at("2026-03-02 08:00:00")
        best = levels.create({"name": "Grade", "grade_id": grade.id, **base})
        self.assertEqual(complaint.service_level_id, self.normal)
        self.anna.sudo()._change_customer_grade(grade, "Test")
        self.assertEqual(complaint.service_level_id, best)
        kind = levels.create({"name": "Kind", "grade_id": grade.id, "kind_id": self.kind.id, **base})
        self.assertEqual(complaint.service_level_id, kind)
        kind.active = False
        self.assertEqual(complaint.service_level_id, best)
        best.unlink()
        self.assertEqual(complaint.service_level_id, self.normal)

    def test_no_promise_is_not_a_promise_of_zero(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.normal.response = 0
            self.env.flush_all()

    def test_without_a_level_the_days_of_the_kind_are_promised(self):
        (self.normal | self.major | self.urgent).active = False
        complaint = self._at("2026-03-02 08:00:00")
        self.assertEqual(complaint.date_due, moment("2026-03-10 17:00:00"))
        self.assertFalse(complaint.date_response_due)
        self._say(complaint, "2026-03-02 09:00:00")
        self.assertEqual(self._row(complaint, "response").verdict, "void")

    def test_nobody_writes_a_verdict_by_hand(self):
        complaint = self._at("2026-03-02 08:00:00")
        row = self._row(complaint, "response")
        for user in (self.agent, self.boss):
            with self.assertRaises(AccessError):
                row.with_user(user).verdict = "met"
            with self.assertRaises(AccessError):
                row.with_user(user).unlink()
        with self.assertRaises(ComplaintStepError):
            complaint.with_user(self.agent).date_answered = moment("2026-03-02 08:00:00")

    def test_salespeople_see_the_clocks_of_their_own_customers_only(self):
        seller = new_test_user(self.env, "clock_seller", "customer_management.group_customer_user")
        self.anna.user_id, self.boris.user_id = seller, self.boss
        own, other = self._at("2026-03-02 08:00:00"), self._at("2026-03-02 08:00:00", partner=self.boris)
        rows = self.env["customer.complaint.clock"].with_user(seller)
        self.assertEqual(rows.search([("document_id", "in", (own + other).ids)]).document_id.ids, own.ids)

    def test_a_change_of_the_level_recomputes_500_complaints_in_a_fixed_number_of_statements(self):
        def change(count, hours):
            with freeze_time("2026-03-02 09:00:00"):
                self.env["customer.complaint"].create(
                    [
                        {"summary": f"No. {number}", "kind_id": self.kind.id, "partner_id": self.anna.id}
                        for number in range(count)
                    ]
                )
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.normal.response = hours
                self.env.flush_all()
                return self.env.cr.sql_log_count - before

        few = change(50, 20)
        many = change(450, 16)
        # Reads and writes go in batches of the host; a statement each would be 450 more.
        self.assertLess(many, few + 60)
