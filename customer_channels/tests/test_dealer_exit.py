from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..exceptions import DealerStateError, ExitStateError
from .conduct_case import ConductCase


@tagged("post_install", "-at_install")
class TestDealerExit(ConductCase):
    def _exit(self, **values):
        values = {"dealer_id": self.dealer.id, "reason": "It sold into other territories.", **values}
        return self.env["customer.dealer.exit"].create(values)

    def _approved(self, **values):
        leaving = self._exit(**values)
        leaving.action_submit()
        leaving.with_user(self.boss).action_approve()
        return leaving

    def _meet(self, leaving, phase):
        lines = leaving.line_ids.filtered(lambda line: line.phase == phase and not line.is_met)
        lines.filtered(lambda line: line.kind == "manual").action_done()
        rest = lines.filtered(lambda line: line.kind != "manual" and not line.is_met)
        rest.note = "Agreed otherwise"
        rest.action_waive()

    def test_a_dealer_is_leaving_from_the_approval_on(self):
        leaving = self._exit()
        self.assertEqual(self.dealer.state, "registered")
        leaving.action_submit()
        leaving.with_user(self.boss).action_approve()
        self.assertEqual((leaving.state, self.dealer.state), ("before", "exiting"))
        leaving.action_cancel()
        self.assertEqual(self.dealer.state, "registered")

    def test_a_phase_ends_when_its_checks_are_met_and_the_last_one_closes_the_dealer(self):
        leaving = self._approved(successor_id=self.other_dealer.id)
        with self.assertRaises(ExitStateError):
            leaving.action_next()
        for phase in ("before", "during"):
            self._meet(leaving, phase)
            leaving.action_next()
        with self.assertRaises(ExitStateError):
            leaving.action_close()
        self._meet(leaving, "after")
        leaving.action_close()
        self.assertEqual((leaving.state, self.dealer.state), ("closed", "closed"))
        with self.assertRaises(UserError):
            leaving.line_ids[:1].note = "later"
        with self.assertRaises(UserError):
            leaving.loss = 1

    def test_the_books_say_what_is_settled(self):
        leaving = self._approved()
        owed = leaving.line_ids.filtered(lambda line: line.kind == "receivable")
        deposit = leaving.line_ids.filtered(lambda line: line.kind == "deposit")
        self.assertTrue(owed.is_met and deposit.is_met)
        self._sell(300, "2025-01-10")
        self._paid_deposit(500)
        leaving.invalidate_recordset()
        leaving.line_ids.invalidate_recordset()
        self.assertFalse(owed.is_met or deposit.is_met)
        self.assertEqual((leaving.receivable, leaving.deposit_balance, leaving.settlement), (300, 500, 200))
        with self.assertRaises(ExitStateError):
            owed.action_done()

    def test_what_was_settled_is_kept_when_it_is_closed(self):
        leaving = self._approved()
        self._sell(300, "2025-01-10")
        for phase in ("before", "during", "after"):
            self._meet(leaving, phase)
            leaving.action_next() if phase != "after" else leaving.action_close()
        self._sell(999, "2025-01-11")
        leaving.invalidate_recordset()
        self.assertEqual(leaving.receivable, 300)

    def test_a_manager_waives_with_a_reason(self):
        leaving = self._approved()
        self.anna.user_id = self.seller
        line = leaving.line_ids.filtered(lambda line: line.kind == "stock")
        with self.assertRaises(AccessError):
            line.with_user(self.seller).action_waive()
        with self.assertRaises(ExitStateError):
            line.action_waive()
        for values in ({"waived_on": "2025-01-01"}, {"done_on": "2025-01-01"}):
            with self.subTest(values), self.assertRaises(ExitStateError):
                line.with_user(self.seller).write(values)
        line.note = "Counted by ourselves"
        line.action_waive()
        self.assertTrue(line.is_met)

    def test_the_phase_is_not_written_by_hand_and_only_one_exit_is_open(self):
        leaving = self._approved()
        for values in ({"phase": "closed"}, {"closed_on": "2025-01-01"}, {"figures": {}}):
            with self.subTest(values), self.assertRaises(UserError):
                leaving.write(values)
        exits = self.env["customer.dealer.exit"].with_context(default_phase="after")
        self.assertEqual(exits.create({"dealer_id": self.other_dealer.id}).phase, "before")

    def test_the_deposit_is_paid_back_in_the_last_phase(self):
        self.env.ref("customer_channels.approval_rule_deposit_refund").sudo().active = False
        self._paid_deposit(500)
        leaving = self._approved()
        for phase in ("before", "during"):
            self._meet(leaving, phase)
            leaving.action_next()
        refund = self._deposit(500, kind="refunded", exit_id=leaving.id)
        refund.action_submit()
        refund.action_post()
        leaving.line_ids.invalidate_recordset()
        self.assertTrue(leaving.line_ids.filtered(lambda line: line.kind == "deposit").is_met)

    def test_another_company_sees_nothing(self):
        leaving = self._approved()
        other = self.env["res.company"].create({"name": "Sister"})
        stranger = self.boss.copy(
            {"login": "stranger", "company_id": other.id, "company_ids": [(6, 0, other.ids)]}
        )
        self.assertFalse(
            self.env["customer.dealer.exit"].with_user(stranger).search([("id", "=", leaving.id)])
        )


@tagged("post_install", "-at_install")
class TestDealerAppraisal(ConductCase):
    def test_three_bad_answers_say_cut(self):
        self._sell(1000, "2025-03-10")
        self._sell(500, "2024-03-10", partner=self.boris)
        self.dealer.area_id, self.other_dealer.area_id = self.city, self.other_city
        one = self.env["customer.dealer.appraisal"].create(
            {"dealer_id": self.dealer.id, "date": "2025-12-31"}
        )
        one.action_compute()
        self.assertEqual((one.revenue, one.neighbour_ids.loss), (1000, 500))
        one.write({"promotions": 10, "can_control": "no"})
        self.assertEqual((one.bad_count, one.proposal), (3, "cut"))
        with self.assertRaises(DealerStateError):
            one.action_submit()
        one.write({"decision": "cut", "decision_note": "It brings nothing."})
        one.action_submit()
        with self.assertRaises(UserError):
            one.neighbour_ids.share = 0
        with self.assertRaises(AccessError):
            one.with_user(self.seller).read(["revenue"])

    def test_two_low_reviews_in_a_row_suggest_conditions(self):
        template = self.env.ref("customer_channels.assessment_template_dealer_review").sudo()
        template.coverage_min = 0
        self._target(1000)
        for day in ("2025-03-31", "2025-06-30"):
            review = self.env["customer.assessment"].create(
                {"template_id": template.id, "partner_id": self.anna.id, "date": day}
            )
            review.action_finish()
            self.assertLess(review.score, 70)
            self.assertEqual(len(self.dealer.activity_ids), int(day == "2025-06-30"))
