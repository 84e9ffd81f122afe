from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import SuggestionStepError
from .service_case import ServiceCase

SALES = "customer_management.group_customer_user,sales_team.group_sale_salesman"


@tagged("post_install", "-at_install")
class TestServiceSuggestion(ServiceCase):
    """A customer proposes something: it gets an answer in time, and a reward by what it brings."""

    def _suggestion(self, user=None, **values):
        values = {"partner_id": self.anna.id, "summary": "Larger labels", "user_id": self.agent.id, **values}
        return self.env["customer.service.suggestion"].with_user(user or self.agent).create(values)

    def _adopted(self, **values):
        one = self._suggestion(**values)
        one.action_screen()
        one.answer = "Gladly"
        one.with_user(self.boss).action_adopt()
        return one

    def test_from_submitted_to_done(self):
        one = self._suggestion(benefit_estimate=20000)
        self.assertNotEqual(one.name, "/")
        one.action_screen()
        self.assertEqual(one.activity_ids.date_deadline, one.date_due)
        with self.assertRaisesRegex(SuggestionStepError, "told"):
            one.with_user(self.boss).action_adopt()
        one.answer = "Gladly"
        one.with_user(self.boss).action_adopt()
        self.assertFalse(one.activity_ids)
        one.result = "Labels are larger"
        with self.assertRaisesRegex(SuggestionStepError, "Tell the customer"):
            one.action_done()
        one.action_tell()
        one.action_done()
        self.assertEqual((one.state, one.reward_amount), ("done", 1000))

    def test_the_reward_goes_by_the_benefit_up_to_the_highest(self):
        """5 % of 20,000 is 1,000; of 200,000 it would be 10,000, but 5,000 is the most; 0 is no limit."""
        one = self._adopted(benefit_estimate=1000)
        for benefit, highest, reward in ((20000, 5000, 1000), (200000, 5000, 5000), (200000, 0, 10000)):
            one.benefit = benefit
            self.env.company.customer_service_reward_max = highest
            self.assertEqual(one._reward(), reward)
        one.benefit = 0
        self.assertEqual(one._reward(), 50)

    def test_the_answer_is_due_after_ten_working_days(self):
        """Received on Monday the 2nd: ten working days later is Monday the 16th."""
        one = self._suggestion(date_received="2026-03-02")
        self.assertEqual(str(one.date_due), "2026-03-16")
        self.env.company.customer_service_suggestion_days = 1
        self.assertEqual(str(self._suggestion(date_received="2026-03-06").date_due), "2026-03-09")

    def test_a_late_answer_is_found(self):
        with freeze_time("2026-03-02 08:00:00"):
            one = self._suggestion(date_received="2026-03-02")
            self.assertFalse(one.is_overdue)
        late = self.env["customer.service.suggestion"].search([("is_overdue", "=", True)])
        self.assertTrue(one.date_due < one.create_date.date() or one in late)

    def test_only_a_manager_decides_and_what_was_said_stands(self):
        one = self._suggestion()
        one.action_screen()
        one.answer = "No"
        with self.assertRaises(AccessError):
            one.action_decline()
        one.with_user(self.boss).action_decline()
        with self.assertRaises(SuggestionStepError):
            one.text = "Something else"
        with self.assertRaises(SuggestionStepError):
            one.state = "done"
        with self.assertRaises(AccessError):
            one.action_reopen()
        one.with_user(self.boss).action_reopen()
        self.assertEqual((one.state, one.told_on), ("screened", False))

    def test_a_salesperson_brings_suggestions_of_own_customers(self):
        lena, igor = (self._user(f"suggestion_{name}", SALES) for name in ("lena", "igor"))
        self.anna.user_id = lena
        one = self._suggestion(user=lena)
        with self.assertRaises(AccessError):
            one.with_user(igor).check_access("read")
        with self.assertRaises(AccessError):
            one.with_user(lena).unlink()
