from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..exceptions import DepositStateError
from .conduct_case import ConductCase


@tagged("post_install", "-at_install")
class TestDealerDeposit(ConductCase):
    def test_the_balance_is_that_of_the_ledger(self):
        self._paid_deposit(500)
        self._paid_deposit(200, kind="topup")
        lines = self.env["account.move.line"].search(
            [("account_id", "=", self.deposits.id), ("parent_state", "=", "posted")]
        )
        self.assertEqual(self.dealer.deposit_balance, -sum(lines.mapped("balance")))
        self.assertEqual(self.dealer.deposit_balance, 700)
        self.assertFalse(set(lines.move_id.line_ids.account_id.mapped("account_type")) & {"income"})
        lines.move_id[:1].button_draft()
        self.dealer.invalidate_recordset()
        self.assertEqual(
            self.dealer.deposit_balance, -sum(line.balance for line in lines if line.parent_state == "posted")
        )

    def test_what_the_contract_asks_for_is_missing_until_it_is_paid(self):
        self._contract(deposit_amount=1000)
        self.assertEqual(self.dealer._deposits_short(), {self.dealer.id: 1000})
        self._paid_deposit(400)
        self.assertEqual(self.dealer._deposits_short(), {self.dealer.id: 600})
        self._paid_deposit(600)
        self.assertEqual((self.dealer + self.other_dealer)._deposits_short(), {})

    def test_the_next_contract_counts_before_one_runs(self):
        contract = self._draft_contract(deposit_amount=300)
        self.assertEqual(self.dealer._deposits_short(), {})
        contract.sudo()._approval_write({"approval_state": "approved"})
        self.assertEqual(self.dealer._deposits_short(), {self.dealer.id: 300})

    def test_only_a_decided_case_takes_from_the_deposit(self):
        self._paid_deposit(1000)
        misc = {"journal_id": self.company_data["default_journal_misc"].id, "kind": "deducted"}
        with self.assertRaises(DepositStateError):
            self._deposit(100, **misc).action_submit()
        case = self._heard_case()
        with self.assertRaises(DepositStateError):
            self._deposit(100, violation_id=case.id, **misc).action_submit()
        case.deduction = 300
        case.action_submit()
        case.with_user(self.boss).action_approve()
        with self.assertRaises(DepositStateError):
            self._deposit(400, violation_id=case.id, **misc).action_submit()
        with self.assertRaises(DepositStateError):
            self._deposit(300, violation_id=case.id, **misc).action_post()
        deposit = self._deposit(300, violation_id=case.id, **misc)
        deposit.action_submit()
        deposit.action_post()
        self.dealer.invalidate_recordset()
        self.assertEqual(self.dealer.deposit_balance, 700)
        self.assertEqual(deposit.move_id.line_ids.account_id, self.deposits + self.penalties)

    def test_a_deposit_is_paid_back_with_an_approval_and_never_more_than_there_is(self):
        self._paid_deposit(500)
        with self.assertRaises(DepositStateError):
            self._deposit(600, kind="refunded").action_submit()
        refund = self._deposit(500, kind="refunded")
        with self.assertRaises(DepositStateError):
            refund.action_post()
        refund.action_submit()
        self.assertEqual(refund.state, "pending")
        refund.with_user(self.boss).action_approve()
        refund.action_post()
        self.dealer.invalidate_recordset()
        self.assertEqual(self.dealer.deposit_balance, 0)

    def test_without_a_rule_nothing_is_paid_back_before_the_exit_is_done(self):
        self.env.ref("customer_channels.approval_rule_deposit_refund").sudo().active = False
        self._paid_deposit(500)
        refund = self._deposit(500, kind="refunded")
        refund.action_submit()
        with self.assertRaises(DepositStateError):
            refund.action_post()

    def test_the_entry_is_not_written_by_hand_and_people_without_the_ledger_do_not_post(self):
        deposit = self._paid_deposit(500)
        with self.assertRaises(UserError):
            self._deposit(10, move_id=deposit.move_id.id)
        with self.assertRaises(UserError):
            deposit.amount = 5
        self.anna.user_id = self.seller
        draft = self._deposit(10)
        with self.assertRaises(AccessError):
            draft.with_user(self.seller).action_post()

    def test_a_top_up_is_asked_for_once_after_a_deduction(self):
        self._contract(deposit_amount=500)
        self._paid_deposit(500)
        case = self._heard_case()
        case.deduction = 150
        case.action_submit()
        case.with_user(self.boss).action_approve()
        case.action_execute()
        case.deposit_ids.action_post()
        for _run in range(2):
            self.env["customer.dealer.deposit"]._cron_topup()
        asked = self.dealer.activity_ids
        self.assertEqual(len(asked), 1)
        self.assertEqual(
            (asked.date_deadline - case.deposit_ids.date).days, self.company.customer_dealer_topup_days
        )

    def test_an_accountant_posts_without_being_of_the_channels(self):
        accountant = new_test_user(
            self.env,
            "deposit_accountant",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        deposit = self._deposit(500).with_user(accountant)
        deposit.action_post()
        self.assertEqual((deposit.state, self.dealer.deposit_balance), ("posted", 500))
        deposit.action_open_move()
