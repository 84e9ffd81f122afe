from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import ComplaintStepError
from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestComplaint(ServiceCase):
    """A complaint goes through its stages by its steps, and in no other way."""

    def test_from_listening_to_following_up(self):
        complaint = self._complaint()
        self.assertEqual(complaint.team_id, self.team)
        complaint.with_user(self.agent).action_acknowledge()
        self.assertEqual(complaint.user_id, self.agent)
        self._take(complaint, "closed")
        self.assertEqual(complaint.outcome, "settled")
        self.assertEqual(
            complaint.stage_ids.mapped("stage"),
            ["listen", "confirm", "assess", "agree", "carry_out", "follow_up", "closed"],
        )
        self.assertEqual(len(complaint.stage_ids.filtered(lambda row: not row.left_on)), 1)

    def test_a_step_says_all_that_is_missing(self):
        complaint = self._complaint(kind_id=False)
        complaint.action_acknowledge()
        with self.assertRaisesRegex(ComplaintStepError, "kind"):
            complaint.action_confirm()
        complaint.kind_id = self.kind
        complaint.action_confirm()
        with self.assertRaisesRegex(ComplaintStepError, "found(.|\n)*justified"):
            complaint.action_assess()

    def test_the_stage_is_not_written_by_hand_created_copied_or_taken_from_the_context(self):
        agent = self._complaint().with_user(self.agent)
        with self.assertRaises(ComplaintStepError):
            agent.write({"stage": "closed"})
        with self.assertRaises(ComplaintStepError):
            self._complaint(stage="closed")
        complaint = self._complaint().with_context(default_stage="closed", default_outcome="settled")
        made = complaint.create({"partner_id": self.anna.id, "summary": "x"})
        self.assertEqual((made.stage, made.outcome), ("listen", False))
        self.assertEqual(self._take(self._complaint(), "assess").copy().stage, "listen")

    def test_only_a_manager_rejects_and_says_why(self):
        complaint = self._take(self._complaint(), "assess")
        with self.assertRaises(AccessError):
            complaint.with_user(self.agent)._reject("No fault found")
        with self.assertRaisesRegex(ComplaintStepError, "Say why"):
            complaint.with_user(self.boss)._reject(" ")
        complaint.with_user(self.boss)._reject("No fault found")
        self.assertEqual((complaint.stage, complaint.outcome), ("closed", "rejected"))

    def test_a_duplicate_is_of_the_same_customer_and_of_no_duplicate(self):
        first, second, other = self._complaint(), self._complaint(), self._complaint(self.boris)
        with self.assertRaises(ComplaintStepError):
            second._mark_duplicate(other)
        with self.assertRaises(ComplaintStepError):
            second._mark_duplicate(second)
        second._mark_duplicate(first)
        self.assertEqual((second.outcome, second.original_id), ("duplicate", first))
        with self.assertRaises(ComplaintStepError):
            self._complaint()._mark_duplicate(second)

    def test_a_reopened_complaint_has_no_end_and_keeps_its_past(self):
        complaint = self._take(self._complaint(), "closed")
        complaint._reopen("It leaks again")
        self.assertEqual(
            (complaint.stage, complaint.outcome, complaint.date_closed), ("assess", False, False)
        )
        self.assertEqual(complaint.reopen_count, 1)
        self.assertEqual(complaint.stage_ids.mapped("stage").count("assess"), 2)

    def test_harm_and_spread_make_the_severity(self):
        """Domain 8.3: 12 and more is urgent, 6 to 11 major, safety always urgent."""
        for harm, spread, severity in (
            ("1", "4", "normal"),
            ("2", "3", "major"),
            ("3", "4", "urgent"),
            ("4", "1", "urgent"),
        ):
            with self.subTest(harm=harm, spread=spread):
                self.assertEqual(self._complaint(harm=harm, spread=spread).severity, severity)

    def test_a_salesperson_sees_the_complaints_of_the_own_customers(self):
        lena = self._user(
            "service_lena", "customer_management.group_customer_user,sales_team.group_sale_salesman"
        )
        igor = self._user(
            "service_igor", "customer_management.group_customer_user,sales_team.group_sale_salesman"
        )
        self.anna.user_id = lena
        complaint = self._complaint()
        self.assertEqual(complaint.with_user(lena).name, complaint.name)
        with self.assertRaises(AccessError):
            complaint.with_user(igor).check_access("read")

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        complaint = self._complaint()
        stranger = self._user("service_stranger", "customer_service.group_service_manager")
        stranger.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertFalse(
            self.env["customer.complaint"].with_user(stranger).search([("id", "=", complaint.id)])
        )
