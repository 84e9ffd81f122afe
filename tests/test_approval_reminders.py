"""How people learn that something waits for them."""

from freezegun import freeze_time
from tools.approval_case import ApprovalCase

from odoo import fields
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestReminders(ApprovalCase):
    def activities(self, request):
        kind = self.env.ref("customer_management.mail_activity_type_approval")
        found = self.env["mail.activity"].search(
            [
                ("res_model", "=", request._name),
                ("res_id", "=", request.id),
                ("activity_type_id", "=", kind.id),
            ]
        )
        return found.user_id

    def test_each_approver_has_an_activity_until_it_is_decided(self):
        self._make_rule(self.bob, self.cem, days=3)
        request = self._submit()
        self.assertEqual(self.activities(request), self.bob | self.cem)
        self.assertEqual(self.rows(request).deadline, fields.Date.add(fields.Date.today(), days=3))
        request.with_user(self.bob).action_approve()
        self.assertFalse(self.activities(request))

    def test_the_stand_in_has_the_activity_while_the_delegation_runs(self):
        self._make_rule(self.bob)
        request = self._submit()
        delegation = self._delegate(self.bob, self.dee)
        self.assertEqual(self.activities(request), self.dee)
        delegation.action_end()
        self.assertEqual(self.activities(request), self.bob)

    def test_the_requester_hears_what_became_of_it(self):
        self._make_rule(self.bob)
        request = self._submit()
        self.refuse(request, self.bob)
        told = self.env["mail.message"].search(
            [
                ("model", "=", request._name),
                ("res_id", "=", request.id),
                ("partner_ids", "in", self.ann.partner_id.ids),
            ]
        )
        self.assertEqual(told.mapped("subject"), ["Refused: Printer"])

    def test_what_is_overdue_is_reminded_of_every_second_day(self):
        self._make_rule(self.bob, days=1)
        with freeze_time("2030-03-01 08:00:00"):
            request = self._submit()
        sent = []
        for day in range(1, 9):
            with freeze_time(f"2030-03-0{day} 09:00:00"), self.enter_registry_test_mode():
                before = self.reminders(request)
                self.env.ref("customer_management.approval_cron_remind").method_direct_trigger()
                self.env.ref("customer_management.approval_cron_remind").method_direct_trigger()
                if self.reminders(request) > before:
                    sent.append(day)
        self.assertEqual(sent, [3, 5, 7])

    def reminders(self, request):
        self.env.invalidate_all()
        return self.env["mail.message"].search_count(
            [
                ("model", "=", request._name),
                ("res_id", "=", request.id),
                ("subject", "like", "Still to be decided"),
            ]
        )

    def test_the_inbox_counts_what_waits_for_me(self):
        self._make_rule(self.bob, name="First")
        self._make_rule(self.cem, name="Second", sequence=20)
        first = self._submit()
        self._submit()
        approvals = self.env["customer.approval"]

        def counts():
            people = (self.ann, self.bob, self.cem, self.dee, self.max)
            return [approvals.with_user(user).get_waiting_count() for user in people]

        self.assertEqual(counts(), [0, 2, 0, 0, 0])
        first.with_user(self.bob).action_approve()
        self.assertEqual(counts(), [0, 1, 1, 0, 0])
        self._delegate(self.cem, self.dee)
        self.assertEqual(counts(), [0, 1, 1, 1, 0])
        mine = approvals.with_user(self.bob).search([("waits_for_me", "=", True)])
        mine.action_approve()
        self.assertEqual(counts(), [0, 0, 2, 2, 0])
        self.assertEqual(approvals.with_user(self.bob).search_count([("waits_for_me", "=", False)]), 2)

    def test_the_counter_rings_for_who_is_asked(self):
        self._make_rule(self.bob)
        self._delegate(self.bob, self.dee)
        self.env["bus.bus"].search([]).unlink()
        self._submit()
        self.env.cr.precommit.run()
        rung = self.env["bus.bus"].search([("message", "like", "customer.approval/changed")])
        channels = " ".join(rung.mapped("channel"))
        for user in (self.bob, self.dee):
            self.assertIn(f'"res.partner",{user.partner_id.id}]', channels.replace(" ", ""))
