"""Low answers, and what customers say about the handling of their complaints."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .satisfaction_case import SatisfactionCase


@tagged("post_install", "-at_install")
class TestSatisfactionLow(SatisfactionCase):
    def _low(self, **marks):
        customer = self._customers(1)
        [invitation] = self._start(self._wave())
        self._say(invitation.user_input_id, **marks)
        return customer, invitation.user_input_id

    def _opened(self):
        return self.env["customer.complaint"].search([("source", "=", "survey")])

    def test_a_low_mark_opens_one_complaint_that_says_what_was_said(self):
        customer, answer = self._low(overall=2, product=9, words="Nobody <b>calls</b> back")
        complaint = self._opened()
        self.assertEqual(complaint.commercial_partner_id, customer)
        self.assertEqual(complaint.sudo().satisfaction_input_id, answer)
        self.assertIn("overall", complaint.summary)
        self.assertNotIn("product", complaint.summary)
        self.assertIn("2 on a scale from 1 to 10", complaint.description)
        self.assertIn("Nobody &lt;b&gt;calls", complaint.description)

    def test_answered_twice_it_opens_one(self):
        _customer, answer = self._low(overall=2)
        self._say(answer, overall=1)
        answer._mark_done()
        self.assertEqual(len(self._opened()), 1)

    def test_a_good_mark_opens_nothing(self):
        # 5 of 10 is 44 points.
        self._low(overall=5, nps=4)
        self.assertFalse(self._opened())

    def test_a_question_has_its_own_limit_or_none(self):
        self.questions["overall"].sudo().write({"satisfaction_low_rule": "own", "satisfaction_low": 60})
        self._low(overall=5)
        self.assertEqual(len(self._opened()), 1)
        self.questions["overall"].sudo().satisfaction_low_rule = "never"
        self._low(overall=1)
        self.assertEqual(len(self._opened()), 1)

    def test_poor_marks_for_a_competitor_are_good_news(self):
        self._low(overall=9, rival_name="Sail", rival=1)
        self.assertFalse(self._opened())

    def test_an_activity_of_the_salesperson_instead(self):
        self.company.customer_satisfaction_low_action = "activity"
        seller = self._user("low_seller", "customer_management.group_customer_user")
        customer = self._customers(1, user_id=seller.id)
        [invitation] = self._start(self._wave())
        self._say(invitation.user_input_id, overall=1)
        activity = self.env["mail.activity"].search([("user_id", "=", seller.id)])
        self.assertEqual((activity.res_model, activity.res_id), ("res.partner", customer.id))
        self.assertFalse(self._opened())

    def test_nothing_when_the_company_says_so(self):
        self.company.customer_satisfaction_low_action = "none"
        customer, _answer = self._low(overall=1)
        self.assertFalse(self._opened() or customer.activity_ids)


@tagged("post_install", "-at_install")
class TestSatisfactionAfterComplaint(SatisfactionCase):
    def setUp(self):
        super().setUp()
        [self.contact] = self._people(self.anna, 1)

    def _closed(self):
        complaint = self._take(self._complaint(self.contact), "closed")
        return complaint, complaint.sudo().satisfaction_invitation_ids

    def _mark(self, invitation, mark):
        for question in invitation.survey_id.sudo().question_ids.filtered("satisfaction_figure"):
            invitation.user_input_id._save_lines(question, str(mark))
        invitation.user_input_id._mark_done()

    def _ask(self):
        with freeze_time(fields.Datetime.now() + timedelta(days=4)):
            self._run()

    def test_some_days_after_it_is_closed_the_customer_is_asked_once(self):
        complaint, invitation = self._closed()
        self.assertEqual((invitation.partner_id, invitation.state), (self.contact, "planned"))
        self.assertEqual(invitation.send_on, self._today(3))
        self._run()
        self.assertEqual(invitation.state, "planned")
        self._ask()
        self.assertEqual(invitation.state, "sent")
        self.assertEqual(invitation.user_input_id.satisfaction_complaint_id, complaint)
        self.assertFalse(complaint.has_handling_satisfaction)
        self._mark(invitation, 4)
        complaint.invalidate_recordset()
        self.assertEqual(complaint._handling_satisfaction(), {complaint.id: 4})
        self.assertTrue(complaint.has_handling_satisfaction)
        measured = self.scores.search([("complaint_id", "=", complaint.id)]).mapped("measure")
        self.assertIn("handling", measured)
        self.assertNotIn("index", measured, "One complaint is not the whole")
        rows = self.env.execute_query(complaint._satisfaction_sql())
        self.assertIn((complaint.id, 75.0), [(row[0], float(row[1])) for row in rows])

    def test_a_complaint_that_is_reopened_is_asked_about_when_it_is_closed_again(self):
        complaint, first = self._closed()
        complaint._reopen("It leaks again")
        self.assertEqual(first.state, "cancelled")
        self._take(complaint, "closed")
        second = complaint.sudo().satisfaction_invitation_ids - first
        self.assertEqual(second.state, "planned")

    def test_a_duplicate_is_not_asked_about(self):
        original, complaint = self._complaint(self.contact), self._complaint(self.contact)
        complaint._mark_duplicate(original)
        self.assertFalse(complaint.sudo().satisfaction_invitation_ids)

    def test_when_it_is_carried_out_if_the_company_says_so(self):
        self.company.customer_satisfaction_after = "follow_up"
        complaint = self._take(self._complaint(self.contact), "follow_up")
        self.assertEqual(len(complaint.sudo().satisfaction_invitation_ids), 1)
        complaint.action_close()
        self.assertEqual(len(complaint.sudo().satisfaction_invitation_ids), 1)

    def test_a_poor_mark_goes_to_who_handled_it(self):
        complaint, invitation = self._closed()
        self._ask()
        self._mark(invitation, 1)
        self.assertEqual(complaint.activity_ids.user_id, complaint.user_id)
        self.assertFalse(self.env["customer.complaint"].search([("source", "=", "survey")]))
