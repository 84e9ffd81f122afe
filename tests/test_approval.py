"""Who decides what, in which order, and what is kept of it."""

from freezegun import freeze_time
from tools.approval_case import ApprovalCase

from odoo import fields
from odoo.tests import tagged

from odoo.addons.customer_management.exceptions import (
    ApprovalLockError,
    ApprovalRightError,
    ApprovalRuleError,
    ApprovalStateError,
)


@tagged("post_install", "-at_install")
class TestSteps(ApprovalCase):
    def test_without_a_rule_it_is_approved_at_once_and_the_record_says_so(self):
        request = self._submit()
        self.assertEqual(request.approval_state, "approved")
        self.assertEqual(request.outcome, "granted by cm_ann")
        row = self.rows(request)
        self.assertEqual((row.state, row.requester_id), ("none_needed", self.ann))
        self.assertFalse(row.decided_by_id)

    def test_one_of_the_approvers_is_enough(self):
        self._make_rule(self.bob, self.cem)
        request = self._submit()
        self.assertEqual(request.approval_state, "pending")
        self.assertEqual(request.approval_waits_for, f"{self.bob.name}, {self.cem.name}")
        request.with_user(self.cem).action_approve("Needed")
        self.assertEqual(request.approval_state, "approved")
        self.assertEqual(request.outcome, "granted by cm_cem")
        row = self.rows(request)
        self.assertEqual((row.decided_by_id, row.on_behalf_of_id.id, row.reason), (self.cem, False, "Needed"))

    def test_steps_follow_each_other_and_the_last_one_grants(self):
        self._make_rule(self.cem, name="Second", sequence=20)
        self._make_rule(self.bob, name="First", sequence=10)
        request = self._submit()
        self.assertEqual(self.states(request), ["pending", "waiting"])
        with self.assertRaisesRegex(ApprovalRightError, "It asks"):
            request.with_user(self.cem).action_approve()
        with self.assertRaisesRegex(ApprovalStateError, "Its turn comes"):
            self.rows(request)[1].with_user(self.cem).action_approve()
        request.with_user(self.bob).action_approve()
        self.assertEqual(self.states(request), ["approved", "pending"])
        self.assertFalse(request.outcome)
        request.with_user(self.cem).action_approve()
        self.assertEqual((request.approval_state, request.outcome), ("approved", "granted by cm_cem"))

    def test_steps_side_by_side_need_everybody(self):
        self._make_rule(self.bob, name="Money")
        self._make_rule(self.cem, name="Law")
        self._make_rule(self.dee, name="Board", sequence=20)
        request = self._submit()
        self.assertEqual(self.states(request), ["pending", "pending", "waiting"])
        request.with_user(self.cem).action_approve()
        self.assertEqual(self.states(request), ["pending", "approved", "waiting"])
        request.with_user(self.bob).action_approve()
        self.assertEqual(self.states(request), ["approved", "approved", "pending"])

    def test_nothing_is_decided_twice(self):
        self._make_rule(self.bob, self.cem)
        request = self._submit()
        request.with_user(self.bob).action_approve()
        with self.assertRaises(ApprovalStateError):
            request.with_user(self.cem).action_approve()
        with self.assertRaisesRegex(ApprovalStateError, "cm_bob .* decided it on"):
            self.rows(request).with_user(self.cem)._decide("refused", "No")

    def test_a_refusal_needs_a_reason_and_ends_all_other_steps(self):
        self._make_rule(self.bob, name="Money")
        self._make_rule(self.cem, name="Law")
        self._make_rule(self.dee, name="Board", sequence=20)
        request = self._submit()
        with self.assertRaisesRegex(ApprovalStateError, "needs a reason"):
            self.refuse(request, self.bob, "  ")
        self.refuse(request, self.bob)
        self.assertEqual(self.states(request), ["refused", "void", "void"])
        self.assertEqual((request.approval_state, request.outcome), ("refused", "refused by cm_bob"))

    def test_refused_changed_and_submitted_again_keeps_what_was_decided(self):
        self._make_rule(self.bob)
        request = self._submit()
        self.refuse(request, self.bob)
        request.action_reset()
        self.assertEqual(request.approval_state, "draft")
        request.amount = 100
        request.action_submit()
        request.with_user(self.bob).action_approve()
        rows = self.rows(request)
        self.assertEqual(rows.mapped("round"), [1, 2])
        self.assertEqual(rows.mapped("state"), ["refused", "approved"])
        self.assertEqual(rows.mapped("amount"), [500, 100])
        self.assertIn("Too dear", request.approval_chain)

    def test_withdrawn_by_its_requester_it_is_a_draft_again(self):
        self._make_rule(self.bob)
        request = self._submit()
        with self.assertRaises(ApprovalRightError):
            request.with_user(self.eve).action_withdraw()
        request.action_withdraw()
        self.assertEqual((request.approval_state, self.states(request)), ("draft", ["withdrawn"]))
        request.name = "Scanner"
        with self.assertRaises(ApprovalStateError):
            self.rows(request).with_user(self.bob)._decide("approved")
        self._submit().with_user(self.max).action_withdraw()

    def test_who_is_asked_is_frozen_when_it_is_submitted(self):
        rule = self._make_rule(self.bob)
        request = self._submit()
        rule.write({"user_ids": [(6, 0, self.eve.ids)], "name": "Other", "allow_requester": True})
        self.assertEqual(self.rows(request).mapped("name"), ["Boss"])
        with self.assertRaises(ApprovalRightError):
            request.with_user(self.eve).action_approve()
        rule.active = False
        request.with_user(self.bob).action_approve()
        rule.unlink()
        self.assertEqual(self.rows(request).name, "Boss")


@tagged("post_install", "-at_install")
class TestRules(ApprovalCase):
    def test_bands_include_the_lower_amount_and_not_the_upper_one(self):
        self._make_rule(self.bob, name="Small", amount_max=1000)
        self._make_rule(self.cem, name="Large", amount_min=1000)
        for amount, step in ((0, "Small"), (999.99, "Small"), (1000, "Large"), (99999, "Large")):
            self.assertEqual(self.rows(self._submit(amount=amount)).mapped("name"), [step], amount)

    def test_a_negative_amount_is_as_large_as_a_positive_one(self):
        self._make_rule(self.bob, name="Large", amount_min=1000)
        self.assertEqual(self.rows(self._submit(amount=-5000)).mapped("name"), ["Large"])

    def test_amounts_are_compared_in_the_currency_of_the_company(self):
        yuan = self._make_currency("CNY", {"2020-01-01": 7.0})
        self._make_rule(self.bob, name="Large", amount_min=1000)
        free, held = (self._submit(amount=amount, currency_id=yuan.id) for amount in (6999, 7000))
        self.assertEqual((free.approval_state, held.approval_state), ("approved", "pending"))
        self.assertEqual(self.rows(held).currency_id, yuan)

    def test_a_condition_says_which_documents(self):
        self._make_rule(self.bob, domain='[("name", "ilike", "print")]')
        self.assertEqual(self._submit(name="Printer").approval_state, "pending")
        self.assertEqual(self._submit(name="Chair").approval_state, "approved")

    def test_rules_of_another_company_do_not_count(self):
        other = self._make_company("Elsewhere", books=False)
        self._make_rule(self.bob, company_id=other.id)
        self.assertEqual(self._submit().approval_state, "approved")

    def test_a_group_a_field_and_a_team_leader_decide(self):
        field = self.env["ir.model.fields"]._get("customer.test.request", "boss_id")
        self._make_rule(name="Field", approver_kind="field", field_id=field.id)
        self.assertEqual(self.rows(self._submit(boss_id=self.cem.id)).approver_ids, self.cem)
        self.env["customer.approval.rule"].search([("company_id", "=", self.company.id)]).active = False
        group = self.env["res.groups"].create(
            {"name": "Deciders", "user_ids": [(6, 0, (self.bob | self.dee).ids)]}
        )
        rule = self._make_rule(name="Group", approver_kind="group", group_id=group.id)
        self.assertEqual(self.rows(self._submit()).approver_ids, self.bob | self.dee)
        rule.active = False
        team = {
            "name": "North",
            "user_id": self.cem.id,
            "member_ids": self.ann.ids,
            "company_id": self.company.id,
        }
        self.env["crm.team"].create(team)
        self._make_rule(name="Leader", approver_kind="team_leader")
        self.assertEqual(self.rows(self._submit()).approver_ids, self.cem)

    def test_a_step_that_nobody_can_decide_stops_the_submission(self):
        rule = self._make_rule(self.ann, name="Head")
        request = self._make_request()
        with self.assertRaisesRegex(ApprovalRuleError, "step “Head”.*only cm_ann"):
            request.action_submit()
        stranger = self._make_user("stranger", "base.group_user")
        rule.user_ids = stranger
        with self.assertRaisesRegex(ApprovalRuleError, "no right to read"):
            request.action_submit()
        rule.write({"user_ids": [(6, 0, self.bob.ids)]})
        self.bob.active = False
        with self.assertRaises(ApprovalRuleError):
            request.action_submit()
        self.assertEqual(request.approval_state, "draft")

    def test_a_rule_that_makes_no_sense_is_refused(self):
        for values in (
            {"domain": "[('no_such_field', '=', 1)]"},
            {"domain": "__import__('os')"},
            {"domain": "[("},
            {"model_id": self.env["ir.model"]._get_id("res.partner")},
            {"approver_kind": "group"},
            {
                "approver_kind": "field",
                "field_id": self.env["ir.model.fields"]._get("res.partner", "user_id").id,
            },
        ):
            with self.subTest(values=values), self.assertRaises(ApprovalRuleError):
                self._make_rule(self.bob, **values)
        with self.assertRaises(ApprovalRuleError):
            self._make_rule()

    def test_many_are_submitted_and_decided_in_a_bounded_number_of_statements(self):
        self._make_rule(self.bob)

        def cost(count):
            requests = self.env["customer.test.request"].with_user(self.ann)
            requests = requests.create([{"name": f"Printer {i}", "amount": 5} for i in range(count)])
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            requests.action_submit()
            requests.with_user(self.bob).action_approve()
            self.env.flush_all()
            self.assertEqual(set(requests.mapped("approval_state")), {"approved"})
            return self.env.cr.sql_log_count - start

        cost(2)
        self.assertLessEqual(cost(40) - cost(10), 10)


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


@tagged("post_install", "-at_install")
class TestLock(ApprovalCase):
    def test_what_waits_or_is_approved_is_not_changed_but_for_what_is_free(self):
        self._make_rule(self.bob)
        request = self._submit(line_ids=[(0, 0, {"name": "Paper"})])
        for _state in ("pending", "approved"):
            for person in (request, request.with_user(self.max), request.sudo()):
                for values in ({"amount": 1}, {"note": "x", "name": "y"}, {"line_ids": [(5, 0, 0)]}):
                    with self.assertRaises(ApprovalLockError):
                        person.write(values)
                with self.assertRaises(ApprovalLockError):
                    person.unlink()
                with self.assertRaises(ApprovalLockError):
                    person.update_field_translations("name", {"en_US": "Other"})
            request.note = "Called the shop"
            request.message_post(body="Still needed")
            request.with_user(self.bob).sudo(False).action_approve() if _state == "pending" else None

    def test_lines_are_locked_with_their_document(self):
        self._make_rule(self.bob)
        lines = self.env["customer.test.request.line"].with_user(self.ann)
        draft = self._make_request()
        loose = lines.create({"name": "Loose", "request_id": draft.id})
        held = self._submit(line_ids=[(0, 0, {"name": "Paper"})])
        for attempt in (
            lambda: lines.create({"name": "More", "request_id": held.id}),
            lambda: lines.with_context(default_request_id=held.id).create({"name": "More"}),
            lambda: loose.write({"request_id": held.id}),
            lambda: held.line_ids.write({"request_id": draft.id}),
            lambda: held.line_ids.write({"name": "Ink"}),
            lambda: held.line_ids.sudo().write({"name": "Ink"}),
            lambda: held.line_ids.unlink(),
            lambda: held.write({"line_ids": [(0, 0, {"name": "More"})]}),
        ):
            with self.assertRaises(ApprovalLockError), self.cr.savepoint():
                attempt()
        self.assertEqual(held.line_ids.mapped("name"), ["Paper"])

    def test_evidence_stays(self):
        self._make_rule(self.bob)
        request = self._make_request()
        evidence = {"name": "offer.txt", "raw": b"500", "res_model": request._name, "res_id": request.id}
        paper = self.env["ir.attachment"].with_user(self.ann).create(evidence)
        request.action_submit()
        for attempt in (lambda: paper.write({"raw": b"100"}), paper.unlink, paper.sudo().unlink):
            with self.assertRaises(ApprovalLockError):
                attempt()
        request.action_withdraw()
        paper.write({"raw": b"100"})

    def test_a_document_that_somebody_decided_about_is_never_deleted(self):
        self._make_rule(self.bob)
        request = self._submit()
        self.refuse(request, self.bob)
        with self.assertRaises(ApprovalLockError):
            request.unlink()
        request.action_reset()
        with self.assertRaises(ApprovalLockError):
            request.unlink()
        withdrawn = self._submit()
        withdrawn.action_withdraw()
        rows = self.rows(withdrawn)
        withdrawn.unlink()
        self.assertEqual((rows.exists().state, rows.subject), ("withdrawn", "Printer"))

    def test_a_copy_of_something_approved_is_a_draft(self):
        request = self._submit()
        copy = request.copy()
        self.assertEqual((copy.approval_state, copy.requested_by_id.id), ("draft", False))
        self.assertFalse(copy.approval_ids)
        with self.assertRaises(ApprovalRightError):
            request.copy({"approval_state": "approved"})


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
        first, _second = self._submit(), self._submit()
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
