from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.customer_management.exceptions import ApprovalLockError

from ..exceptions import PromotionStateError
from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealerPromotion(DealerCase):
    def _promotion(self, submit=True, **values):
        promotion = self.env["customer.dealer.promotion"].create(
            {
                "name": "Spring",
                "dealer_id": self.dealer.id,
                "date_from": "2025-03-11",
                "date_to": "2025-03-20",
                "aim": "New pots",
                "goal_amount": 1000,
                "budget_ours": 150,
                **values,
            }
        )
        if submit:
            promotion.action_submit()
        return promotion

    def _cost(self, promotion, amount=100, paper=True, **values):
        proof = self.env["ir.attachment"].create({"name": "slip", "raw": b"x"}) if paper else []
        return self.env["customer.dealer.promotion.cost"].create(
            {
                "promotion_id": promotion.id,
                "name": "Posters",
                "amount": amount,
                "proof_ids": [Command.set(proof.ids)] if paper else [],
                **values,
            }
        )

    def test_the_result_is_the_sales_of_its_days_and_goods_against_as_many_days_before(self):
        for amount, day, product in (
            (300, "2025-03-01", self.pot),
            (500, "2025-03-11", self.pot),
            (400, "2025-03-20", self.pot),
            (90, "2025-03-15", self.spade),
            (70, "2025-03-21", self.pot),
            (80, "2025-02-28", self.pot),
        ):
            self._sell(amount, day, product=product)
        promotion = self._promotion(categ_id=self.kitchen.id)
        self._cost(promotion, 120)
        self._cost(promotion, 60, payer="dealer")
        self.assertEqual((promotion.sales, promotion.sales_before, promotion.extra_sales), (900, 300, 600))
        self.assertAlmostEqual(promotion.attainment, 0.9)
        self.assertEqual((promotion.cost_ours, promotion.cost_dealer), (120, 60))
        self.assertAlmostEqual(promotion.cost_ratio, 120 / 900)
        self.assertAlmostEqual(promotion.roi, (600 - 120) / 120)

    def test_a_promotion_without_sales_or_cost_has_no_ratios(self):
        promotion = self._promotion()
        self.assertEqual((promotion.sales, promotion.cost_ratio, promotion.roi), (0, 0, 0))

    def test_a_plan_needs_a_goal_and_is_locked_once_approved(self):
        with self.assertRaises(PromotionStateError):
            self._promotion(goal_amount=0)
        with self.assertRaises(ApprovalLockError):
            self._promotion().goal_amount = 5

    def test_proofs_are_checked_by_somebody_else_and_none_is_settled_unchecked(self):
        boss = new_test_user(self.env, "promotion_boss", "customer_channels.group_channel_manager")
        promotion = self._promotion()
        cost, bare = self._cost(promotion), self._cost(promotion, paper=False)
        with self.assertRaises(PromotionStateError):
            cost.action_check()
        with self.assertRaises(PromotionStateError):
            promotion.action_close()
        cost.with_user(boss).action_check()
        with self.assertRaises(PromotionStateError):
            bare.with_user(boss).action_check()
        bare.refusal = "No paper"
        bare.with_user(boss).action_refuse()
        self.assertEqual(promotion.cost_ours, 100)
        promotion.with_user(boss).action_close()
        self.assertEqual((promotion.state, promotion.checked_by_id), ("closed", boss))
        with self.assertRaises(PromotionStateError):
            self._cost(promotion)

    def test_the_steps_are_not_written_by_hand(self):
        boss = new_test_user(self.env, "promotion_boss", "customer_channels.group_channel_manager")
        promotion = self._promotion().with_user(boss)
        cost = self._cost(promotion)
        with self.assertRaises(PromotionStateError):
            promotion.write({"closed_on": fields.Date.today()})
        with self.assertRaises(PromotionStateError):
            cost.with_user(boss).write({"state": "checked"})
        cost.refusal = "Not ours"
        cost.with_user(boss).action_refuse()
        with self.assertRaises(PromotionStateError):
            cost.with_user(boss).write({"state": "open"})
        made = (
            cost.with_user(boss)
            .with_context(default_state="checked")
            .create({"promotion_id": promotion.id, "name": "More", "amount": 1})
        )
        self.assertEqual(made.state, "open")

    def test_a_bill_counts_once_and_not_for_more_than_it_is(self):
        bill = self._invoice(80, "2025-03-12", partner=self.boris, kind="in_invoice")
        promotion = self._promotion()
        with self.assertRaises(PromotionStateError):
            self._cost(promotion, 90, move_id=bill.id)
        cost = self.env["customer.dealer.promotion.cost"].create(
            {"promotion_id": promotion.id, "name": "Stand", "move_id": bill.id}
        )
        self.assertEqual(cost.amount, 80)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._cost(promotion, 10, move_id=bill.id)

    def test_the_sales_of_many_promotions_take_one_statement(self):
        promotions = self.env["customer.dealer.promotion"].union(
            *[self._promotion(False, name=str(number)) for number in range(5)]
        )
        promotions._sales()
        for some in (promotions[:1], promotions):
            with self.subTest(len(some)), self.assertQueryCount(2):
                some._sales()
