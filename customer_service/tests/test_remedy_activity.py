from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .remedy_case import RemedyCase


@tagged("post_install", "-at_install")
class TestRemedyActivity(RemedyCase):
    """A credit note of a complaint is something to do, with a last day, until it is posted."""

    def _credit(self):
        complaint = self._take(self._complaint(partner=self.anna, user_id=self.agent.id), "agree")
        return self._done(complaint, {"kind": "refund", "amount": 50}).line_ids.credit_move_id

    def _asked(self, credit):
        kind = self.env.ref("customer_service.activity_type_credit")
        return credit.activity_ids.filtered(lambda one: one.activity_type_id == kind)

    @freeze_time("2026-03-05 09:00:00")
    def test_it_is_due_after_the_working_days_of_the_company(self):
        self.env.company.customer_complaint_credit_days = 2
        asked = self._asked(self._credit())
        self.assertEqual(asked.user_id, self.agent, "who handles it, where nobody is named")
        self.assertEqual(asked.date_deadline, fields.Date.to_date("2026-03-09"), "Thursday, then the weekend")

    def test_whom_the_company_names_has_it_to_do_until_it_is_posted(self):
        self.env.company.customer_complaint_credit_user_id = self.boss
        credit = self._credit()
        self.assertEqual(self._asked(credit).user_id, self.boss)
        credit.action_post()
        self.assertFalse(self._asked(credit))

    def test_a_cancelled_one_is_asked_for_again_when_it_is_made_anew(self):
        credit = self._credit()
        credit.button_cancel()
        self.assertFalse(self._asked(credit))
        remedy = (
            self.env["customer.complaint.remedy.line"].search([("credit_move_id", "=", credit.id)]).remedy_id
        )
        remedy.action_carry_out()
        anew = remedy.line_ids.credit_move_id
        self.assertNotEqual(anew, credit)
        self.assertEqual(len(self._asked(anew)), 1)

    def test_the_policy_says_the_days(self):
        self.env.company.customer_complaint_credit_days = 7
        settings = self.env["customer.policy.setting"]
        self.assertEqual(settings._setting_complaint_credit_days(self.env.company), "7")
