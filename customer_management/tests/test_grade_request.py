from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import ApprovalStateError, GradeRunStateError, GradeWriteError
from .common import TODAY, CustomerCase


@tagged("post_install", "-at_install")
class TestGradeRequest(CustomerCase):
    """Somebody asks for a grade; approved, it is given and kept from the runs until its last day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls.customers = cls._invoice_all({"big": 700, "middle": 200, "small": 100})
        cls.small = cls.customers["small"]
        cls.small.user_id = cls.seller
        cls.scheme = cls._make_scheme(70, 90)
        cls.a, cls.b, cls.c = cls.scheme.grade_ids
        cls.first_run = cls.scheme.with_user(cls.manager).action_run(TODAY)
        cls.first_run.action_apply()
        cls.until = fields.Date.today() + relativedelta(months=3)

    def _make_rule(self, *users):
        kind = self.env["ir.model"]._get_id("customer.grade.request")
        people = [Command.set([user.id for user in users])]
        rule = {"name": "Head of sales", "model_id": kind, "company_id": self.company.id, "user_ids": people}
        return self.env["customer.approval.rule"].create(rule)

    def _ask(self, grade=None, until=None, user=None, **values):
        requests = self.env["customer.grade.request"].with_user(user or self.seller)
        values = {"partner_id": self.small.id, "reason": "Opens new markets", "valid_until": until, **values}
        return requests.create({"grade_id": (grade or self.a).id, **values})

    def _run(self, day, **values):
        run = self.scheme.with_user(self.manager).action_run(day)
        run.action_apply()
        return run

    def test_approved_the_grade_is_given_with_the_reason(self):
        self._make_rule(self.manager)
        request = self._ask(until=self.until)
        request.action_submit()
        self.assertEqual((request.current_grade_id, self.small.customer_grade_id), (self.c, self.c))
        request.with_user(self.manager).action_approve()
        self.assertEqual(self.small.customer_grade_id, self.a)
        self.assertEqual(self.small.customer_grade_locked_until, self.until)
        row = self.small.customer_grade_history_ids[0]
        self.assertEqual((row.reason, row.user_id, row.grade_id), ("Opens new markets", self.manager, self.a))

    def test_refused_nothing_changes(self):
        self._make_rule(self.manager)
        request = self._ask(until=self.until)
        request.action_submit()
        request.with_user(self.manager)._approval_mine()._decide("refused", "No")
        self.assertEqual((self.small.customer_grade_id, request.approval_state), (self.c, "refused"))

    def test_a_run_keeps_a_locked_grade_and_says_so(self):
        self._ask(until=self.until).action_submit()
        for day in (date(2025, 1, 31), fields.Date.today()):
            run = self._run(day)
            result = self._result(run, self.small)
            self.assertEqual(
                (result.proposed_grade_id, result.grade_id, result.kept), (self.c, self.a, "lock")
            )
            self.assertEqual(self.small.customer_grade_id, self.a)
        self.assertFalse(self._result(run, self.customers["big"]).kept)

    def test_after_its_last_day_the_next_run_grades_as_usual(self):
        self._ask(until=fields.Date.today()).action_submit()
        self.small.sudo().with_company(self.company).customer_grade_locked_until = date(2025, 6, 30)
        self.assertEqual(self._result(self._run(date(2025, 6, 30)), self.small).kept, "lock")
        run = self._run(date(2025, 7, 1))
        self.assertEqual(self._result(run, self.small).grade_id, self.c)
        self.assertEqual(self.small.customer_grade_id, self.c)

    def test_a_lock_that_came_after_computing_counts_when_the_run_is_applied(self):
        later = self.scheme.with_user(self.manager).action_run(TODAY + timedelta(days=31))
        self._result(later, self.small).write({"override_grade_id": self.b.id, "override_reason": "Better"})
        self._ask(until=self.until).action_submit()
        later.action_apply()
        result = self._result(later, self.small)
        self.assertEqual(
            (result.grade_id, result.kept, self.small.customer_grade_id), (self.a, "lock", self.a)
        )
        self.assertNotIn(later, self.small.customer_grade_history_ids.run_id)

    def test_a_locked_grade_is_not_overridden_in_a_run(self):
        self._ask(until=self.until).action_submit()
        run = self.scheme.with_user(self.manager).action_run(TODAY)
        with self.assertRaisesRegex(GradeRunStateError, "is locked until"):
            self._result(run, self.small).write({"override_grade_id": self.b.id, "override_reason": "Better"})

    def test_without_a_last_day_the_next_run_grades_as_usual(self):
        self._ask(until=self.until).action_submit()
        self._ask(self.b).action_submit()
        self.assertFalse(self.small.customer_grade_locked_until)
        self._run(date(2025, 1, 31))
        self.assertEqual(self.small.customer_grade_id, self.c)

    def test_a_lock_is_no_longer_than_the_scheme_allows(self):
        far = fields.Date.today() + relativedelta(months=7)
        request = self._ask(until=far)
        with self.assertRaisesRegex(ApprovalStateError, "6 months at most"):
            request.action_submit()
        with self.assertRaisesRegex(ApprovalStateError, "is past"):
            self._ask(until=fields.Date.today() - timedelta(days=1)).action_submit()
        self.scheme.lock_months = 0
        request.action_submit()
        self.assertEqual(self.small.customer_grade_locked_until, far)

    def test_special_terms_are_approved_without_a_grade(self):
        request = self._ask(kind="price", grade_id=False, current_terms="List", asked_terms=" ", amount=900)
        with self.assertRaisesRegex(ApprovalStateError, "Say which terms"):
            request.action_submit()
        request.asked_terms = "5 % off"
        request.action_submit()
        self.assertEqual((request.approval_state, self.small.customer_grade_id), ("approved", self.c))

    def test_the_change_of_a_manager_is_a_request_too(self):
        self._make_rule(self.second_manager)
        change = self.env["customer.grade.change"].with_user(self.manager)
        values = {"partner_ids": self.small.ids, "grade_id": self.b.id, "reason": "Reference customer"}
        action = change.create(values).action_change()
        request = self.env["customer.grade.request"].search(action["domain"])
        self.assertEqual((request.approval_state, self.small.customer_grade_id), ("pending", self.c))
        request.with_user(self.second_manager).action_approve()
        self.assertEqual(self.small.customer_grade_id, self.b)

    def test_nobody_writes_a_lock(self):
        for user in (self.seller, self.manager):
            with self.assertRaises(GradeWriteError):
                self.small.with_user(user).customer_grade_locked_until = self.until
            partners = self.env["res.partner"].with_user(user)
            with self.assertRaises(GradeWriteError):
                partners.create({"name": "New", "customer_grade_locked_until": self.until})
            new = partners.with_context(default_customer_grade_locked_until=self.until).create(
                {"name": "New"}
            )
            self.assertFalse(new.customer_grade_locked_until)

    def test_a_salesperson_asks_for_the_own_customers_only(self):
        rival = self._make_user("rival", "customer_management.group_customer_user")
        with self.assertRaises(AccessError):
            self._ask(user=rival)
        request = self._ask()
        self.assertFalse(request.with_user(rival).search([("id", "=", request.id)]))
        with self.assertRaises(AccessError):
            self._ask(user=self.outsider)
