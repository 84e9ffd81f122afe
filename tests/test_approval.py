"""Who decides what, in which order, and what is kept of it."""

from tools.approval_case import ApprovalCase

from odoo.tests import tagged

from odoo.addons.customer_management.exceptions import (
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
