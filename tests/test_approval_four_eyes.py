"""Nobody decides the own request; who is away is represented."""

from tools.approval_case import ApprovalCase

from odoo import fields
from odoo.tests import tagged

from odoo.addons.customer_management.exceptions import ApprovalRightError, ApprovalRuleError


@tagged("post_install", "-at_install")
class TestFourEyes(ApprovalCase):
    def test_nobody_decides_the_own_request_not_even_in_a_crowd(self):
        self._make_rule(self.ann, self.bob)
        request = self._submit()
        self.assertEqual(self.rows(request).approver_ids, self.bob)
        with self.assertRaises(ApprovalRightError):
            request.action_approve()
        self.assertFalse(request.can_decide)
        self.assertTrue(request.with_user(self.bob).can_decide)

    def test_who_made_it_does_not_decide_it_when_somebody_else_submits(self):
        self._make_rule(self.bob, self.cem)
        request = self._make_request(self.bob)
        request.with_user(self.ann).action_submit()
        self.assertEqual(self.rows(request).approver_ids, self.cem)
        with self.assertRaises(ApprovalRightError):
            request.with_user(self.bob).action_approve()

    def test_a_rule_may_let_people_decide_their_own(self):
        self._make_rule(self.ann, allow_requester=True)
        request = self._submit()
        request.action_approve()
        self.assertEqual((request.approval_state, self.rows(request).allow_requester), ("approved", True))

    def test_neither_a_manager_nor_the_system_decides_what_it_is_not_asked(self):
        self._make_rule(self.bob)
        request = self._submit()
        admin = self.env.ref("base.user_admin")
        admin.company_ids |= self.company
        for one in (request.with_user(self.max), request.sudo(), request.with_user(admin)):
            with self.assertRaises(ApprovalRightError):
                one.action_approve()

    def test_a_stand_in_decides_and_the_record_names_both(self):
        self._make_rule(self.bob)
        self._delegate(self.bob, self.dee)
        request = self._submit()
        request.with_user(self.dee).action_approve()
        row = self.rows(request)
        self.assertEqual((row.decided_by_id, row.on_behalf_of_id), (self.dee, self.bob))

    def test_a_stand_in_never_decides_the_own_request(self):
        self._make_rule(self.bob)
        self._delegate(self.bob, self.ann)
        request = self._submit()
        self.assertFalse(request.can_decide)
        with self.assertRaisesRegex(ApprovalRightError, "somebody else has to decide"):
            request.action_approve()

    def test_a_stand_in_counts_on_the_days_of_the_delegation_only(self):
        self._make_rule(self.bob)
        today = fields.Date.today()
        self._delegate(
            self.bob, self.dee, today.replace(year=today.year - 2), today.replace(year=today.year - 1)
        )
        self._delegate(
            self.bob, self.cem, today.replace(year=today.year + 1), today.replace(year=today.year + 2)
        )
        request = self._submit()
        for user in (self.dee, self.cem):
            with self.assertRaises(ApprovalRightError):
                request.with_user(user).action_approve()

    def test_a_delegation_that_was_ended_counts_no_more(self):
        self._make_rule(self.bob)
        delegation = self._delegate(self.bob, self.dee)
        request = self._submit()
        delegation.action_end()
        with self.assertRaises(ApprovalRightError):
            request.with_user(self.dee).action_approve()
        with self.assertRaisesRegex(ApprovalRuleError, "is over"):
            delegation.date_to = "2999-01-01"

    def test_delegations_make_no_chain(self):
        self._make_rule(self.bob)
        self._delegate(self.bob, self.dee)
        self._delegate(self.dee, self.eve)
        with self.assertRaises(ApprovalRightError):
            self._submit().with_user(self.eve).action_approve()

    def test_a_delegation_of_another_company_does_not_count(self):
        self._make_rule(self.bob)
        other = self._make_company("Elsewhere", books=False)
        self._delegate(self.bob.sudo(), self.dee).sudo().write({"company_id": other.id})
        with self.assertRaises(ApprovalRightError):
            self._submit().with_user(self.dee).action_approve()

    def test_nobody_makes_oneself_the_stand_in_of_another(self):
        values = {"user_id": self.bob.id, "delegate_id": self.max.id, "date_to": "2999-12-31"}
        with self.assertRaises(ApprovalRuleError):
            self.env["customer.approval.delegation"].with_user(self.max).create(values)

    def test_an_approver_who_may_not_read_the_document_any_more_does_not_decide_it(self):
        self._make_rule(self.bob, self.cem)
        request = self._submit()
        self.env["ir.rule"].create(
            {
                "name": "No printers for Bob",
                "model_id": self.model.id,
                "domain_force": f"[(1, '=', 1)] if user.id != {self.bob.id} else [(0, '=', 1)]",
            }
        )
        with self.assertRaisesRegex(Exception, "access|Access"):
            self.rows(request).with_user(self.bob).action_approve()
        self.assertEqual(request.approval_state, "pending")
