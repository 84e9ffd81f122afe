from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import ViolationStateError
from .conduct_case import ConductCase


@tagged("post_install", "-at_install")
class TestDealerViolation(ConductCase):
    def test_a_case_goes_from_report_to_execution_and_is_locked_once_decided(self):
        self._paid_deposit(1000)
        self._sell(1000, "2025-03-05")
        case = self._heard_case(goods_amount=80)
        self.assertEqual((case.nature, case.repeat_number, case.deduction), ("malicious", 1, 300))
        self.assertEqual((case.rebate, case.consequence), ("quarter", "warning"))
        case.action_submit()
        self.assertEqual(case.state, "deciding")
        case.with_user(self.boss).action_approve()
        self.assertEqual((case.state, case.is_proven), ("decided", True))
        with self.assertRaises(UserError):
            case.deduction = 1
        case.action_execute()
        self.assertEqual((case.deposit_ids.amount, case.deposit_ids.state), (300, "approved"))
        case.action_close()
        self.assertEqual(case.state, "closed")

    def test_up_to_five_percent_of_the_month_is_natural(self):
        self._sell(1000, "2025-03-05")
        self._paid_deposit(1000)
        case = self._heard_case(goods_amount=50)
        self.assertEqual((case.month_share, case.nature, case.deduction), (5, "natural", 0))
        self.assertEqual(case.consequence, "buy_back")

    def test_the_ladder_grows_with_proven_cases_and_with_the_volume(self):
        self._paid_deposit(1000)
        self._sell(1000, "2025-03-05")
        self._decided_case(goods_amount=80)
        second = self._heard_case(goods_amount=80)
        self.assertEqual((second.deduction, second.rebate, second.stop_days), (500, "all", 30))
        large = self._heard_case(self.other_dealer, goods_amount=0)
        self.assertEqual(large.deduction, 0)
        self.assertEqual(self._heard_case(goods_amount=110).consequence, "terminate")

    def test_supply_stops_and_starts_again_after_an_appeal(self):
        contract = self._contract()
        self._paid_deposit(1000)
        case = self._heard_case()
        case.write({"deduction": 100, "consequence": "stop_supply", "stop_days": 30})
        case.action_submit()
        case.with_user(self.boss).action_approve()
        case.action_execute()
        self.assertEqual(self.dealer.state, "suspended")
        case.deposit_ids.action_post()
        self.assertEqual(self._proven(), {self.dealer.id: 1})
        with self.assertRaises(ViolationStateError):
            case.action_appeal()
        case.appeal = "The goods were stolen; here is the report."
        case.action_appeal()
        case.with_user(self.boss).action_accept_appeal()
        self.assertEqual((self.dealer.state, case.state), ("active", "closed"))
        self.assertEqual(self._proven(), {})
        case.deposit_ids.action_reverse()
        self.dealer.invalidate_recordset()
        self.assertEqual(self.dealer.deposit_balance, 1000)
        self.assertTrue(contract)

    def _proven(self):
        return self.dealer._violations_proven("2025-01-01", "2025-12-31")

    def test_price_cases_are_watched_only_until_they_are_cleared(self):
        self._paid_deposit(1000)
        case = self._heard_case(kind="price")
        self.assertEqual((case.deduction, case.consequence), (0, "none"))
        with self.assertRaises(ValidationError):
            case.deduction = 100
        case.action_submit()
        case.with_user(self.boss).action_approve()
        self.assertEqual(self._proven(), {})
        self.company.customer_dealer_price_cleared = True
        self.assertEqual(self._proven(), {self.dealer.id: 1})

    def test_nothing_is_found_without_evidence_nor_decided_without_hearing(self):
        case = self._case(document_ids=[])
        with self.assertRaises(ViolationStateError):
            case.action_found()
        case.action_accept()
        with self.assertRaises(ViolationStateError):
            case.action_found()
        case.document_ids = [Command.create({"name": "photo.txt", "raw": b"x"})]
        case.action_found()
        with self.assertRaises(ViolationStateError):
            case.action_submit()
        with self.assertRaises(ViolationStateError):
            case.action_heard()
        with freeze_time(case.deadline.replace(year=case.deadline.year + 1)):
            case.action_heard()
        with self.assertRaises(ViolationStateError):
            case.action_submit()

    def test_who_made_a_case_does_not_decide_it(self):
        case = self._heard_case()
        case.action_submit()
        with self.assertRaises(AccessError):
            case.action_approve()

    def test_the_stage_is_not_written_by_hand(self):
        case = self._case()
        for values in ({"stage": "closed"}, {"appeal_result": "accepted"}, {"decided_on": "2025-01-01"}):
            with self.subTest(values), self.assertRaises(UserError):
                case.write(values)
        draft = self._case.__func__(type(self))
        self.assertEqual(draft.stage, "reported")
        cases = self.env["customer.dealer.violation"].with_context(default_stage="decided")
        self.assertEqual(cases.create({"dealer_id": self.dealer.id, "summary": "x"}).stage, "reported")

    def test_injured_dealers_are_compensated_by_quantity_times_margin(self):
        case = self._case(
            injury_ids=[
                Command.create(
                    {
                        "dealer_id": self.other_dealer.id,
                        "product_id": self.pot.id,
                        "quantity": 40,
                        "margin": 5,
                    }
                )
            ]
        )
        self.assertEqual(case.compensation, 200)

    def test_salespeople_see_cases_of_their_dealers_only_and_carry_none_out(self):
        self.anna.user_id, self.boris.user_id = self.seller, self.boss
        own, other = self._decided_case(), self._case(self.other_dealer)
        seen = (
            self.env["customer.dealer.violation"]
            .with_user(self.seller)
            .search([("id", "in", (own + other).ids)])
        )
        self.assertEqual(seen, own)
        with self.assertRaises(AccessError):
            own.with_user(self.seller).action_execute()

    def test_the_metric_counts_proven_cases_and_says_zero_without(self):
        self._decided_case()
        known = self.env["customer.metric"]._evaluate(["violations"], "2025-12-31")
        self.assertEqual((known[self.anna.id]["violations"], known[self.boris.id]["violations"]), (1, 0))
