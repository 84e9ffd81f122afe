from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.customer_management.exceptions import ApprovalRightError

from ..exceptions import CreditHoldError, CreditRecordError, CreditReleaseError
from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestRules(CreditCase):
    """What a rule checks, for whom, and what follows."""

    def _rule(self, kind, **values):
        return self.env["customer.credit.rule"].create({"name": kind, "kind": kind, **values})

    def test_overdue_warns_first_and_holds_later(self):
        self._account(limit=100000)
        self._invoice(100, self.today - timedelta(days=20))
        order = self._order((self.service, 1))
        self.assertEqual((order.state, order.credit_state), ("sale", "warned"))
        self._invoice(100, self.today - timedelta(days=61))
        self.assertEqual(self._order((self.service, 1)).credit_state, "held")

    def test_a_stopped_account_blocks_and_cannot_be_released(self):
        account = self._account(limit=100000, is_stopped=True, stop_reason="Lawsuit")
        order = self._order((self.service, 1))
        self.assertEqual((order.credit_state, order.credit_hold_ids.ladder), ("held", "never"))
        order.credit_hold_ids.reason = "Please"
        with self.assertRaisesRegex(CreditReleaseError, "cannot be released"):
            order.credit_hold_ids.action_ask()
        account.write({"is_stopped": False})
        order.credit_hold_ids.action_recheck()
        self.assertEqual((order.state, order.credit_hold_ids.state), ("sale", "cured"))

    def test_the_group_binds_when_it_leaves_less_room(self):
        group = self._account(limit=1000)
        self._account(self.boris, limit=900, parent_id=group.id)
        self.assertEqual(self._order((self.service, 14)).state, "sale")
        order = self._order((self.service, 8), partner=self.boris)
        self.assertEqual(order.credit_state, "held")
        self.assertEqual(order.credit_hold_ids.decision_id.failed[0]["account"], group.id)
        self.assertEqual(self._order((self.service, 6), partner=self.boris).state, "sale")

    def test_the_tolerance_of_the_rating_is_added(self):
        account = self._account(limit=1000)
        account.sudo().rating_id = self.env.ref("customer_credit.credit_rating_aa")
        self.assertEqual(self._order((self.service, 22)).state, "sale")
        self.assertEqual(self._order((self.service, 1)).state, "draft")

    def test_asking_rules_are_released_by_a_reason(self):
        self._rule("order_amount", threshold=400, action="ask")
        self._account(limit=100000)
        order = self._order((self.service, 10))
        self.assertEqual((order.credit_state, order.credit_hold_ids.ladder), ("held", "ask"))
        order.credit_hold_ids.reason = "Season"
        order.credit_hold_ids.action_ask()
        self.assertEqual((order.state, order.credit_state), ("sale", "released"))

    def test_excluded_payers_are_left_alone(self):
        self._account(limit=100)
        self.env.ref("customer_credit.credit_rule_limit").excluded_ids = self.anna
        self.assertEqual(self._order((self.service, 10)).state, "sale")

    def test_an_ended_limit_holds(self):
        account = self._account()
        self._limit(account, 1000, "2024-01-01", "2024-06-30")
        order = self._order((self.service, 1))
        self.assertEqual(order.credit_hold_ids.decision_id.failed[0]["kind"], "expired")


@tagged("post_install", "-at_install")
class TestHolds(CreditCase):
    """Holds are released by who may, and nobody gets around them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account(limit=1000)
        rights = {"company_id": cls.env.company.id, "company_ids": cls.env.company.ids}
        cls.seller = new_test_user(
            cls.env,
            "seller",
            "sales_team.group_sale_salesman,customer_management.group_customer_user",
            **rights,
        )
        cls.boss = new_test_user(
            cls.env,
            "boss",
            "sales_team.group_sale_manager,customer_management.group_customer_manager",
            **rights,
        )
        cls.controller = new_test_user(
            cls.env,
            "controller",
            "sales_team.group_sale_manager,customer_credit.group_credit_controller",
            **rights,
        )

    def _held(self, quantity=21, seller=None):
        seller = seller or self.seller
        order = self._quotation((self.service, quantity), user_id=seller.id).with_user(seller)
        self.action = order.action_confirm()
        return order, order.credit_hold_ids

    def test_the_salesperson_sees_why_and_asks_and_the_manager_releases(self):
        order, hold = self._held()
        self.assertEqual((self.action["res_model"], self.action["res_id"]), (hold._name, hold.id))
        self.assertEqual(hold.ladder, "low")
        hold.reason = "They pay on Friday"
        hold.action_ask()
        self.assertEqual((order.state, order.credit_state), ("draft", "asked"))
        hold.with_user(self.boss).action_approve()
        self.assertEqual((order.state, order.credit_state, hold.state), ("sale", "released", "released"))

    def test_a_middle_excess_is_not_for_the_sales_manager(self):
        order, hold = self._held(24)
        self.assertEqual(hold.ladder, "middle")
        hold.with_user(self.boss)._grant({"reason": "Good customer"})
        self.assertEqual((hold.state, order.state), ("asked", "draft"))
        hold.with_user(self.controller).action_approve()
        self.assertEqual(order.state, "sale")

    def test_who_wanted_the_order_does_not_release_it(self):
        order, hold = self._held(seller=self.boss)
        hold.with_user(self.boss)._grant({"reason": "Mine"})
        self.assertEqual((hold.state, order.state), ("asked", "draft"))
        with self.assertRaises(ApprovalRightError):
            hold.with_user(self.boss).action_approve()

    def test_a_released_order_may_grow_a_little(self):
        order, hold = self._held()
        hold.with_user(self.boss)._grant({"reason": "Good customer"})
        order.order_line.product_uom_qty = 22
        with self.assertRaises(CreditHoldError):
            order.order_line.product_uom_qty = 23

    def test_a_release_up_to_an_amount_covers_several_orders_and_no_more(self):
        _order, hold = self._held()
        hold.with_user(self.boss)._grant(
            {"reason": "Season", "release_kind": "amount", "release_amount": 1300}
        )
        self.assertEqual(self._order((self.service, 4)).credit_state, "released")
        self.assertEqual(self._order((self.service, 2)).credit_state, "held")

    def test_such_a_release_gives_its_payer_an_account_without_a_limit(self):
        boss = {"user_ids": self.boss.ids, "model_id": self.env["ir.model"]._get_id("customer.credit.hold")}
        self.env["customer.approval.rule"].sudo().create({"name": "Boss", **boss})
        rule = {"name": "Large", "kind": "order_amount", "threshold": 500, "action": "hold"}
        self.env["customer.credit.rule"].sudo().create(rule)
        order = self._quotation((self.service, 20), partner=self.boris, user_id=self.seller.id)
        order.with_user(self.seller).action_confirm()
        hold = order.credit_hold_ids
        hold.with_user(self.boss)._grant(
            {"reason": "Season", "release_kind": "amount", "release_amount": 1300}
        )
        self.assertEqual((hold.state, hold.account_id.partner_id), ("released", self.boris))
        self.assertEqual(hold.account_id.limit_state, "none")

    def test_a_release_for_days_covers_all_orders_until_its_last_day(self):
        _order, hold = self._held()
        hold.with_user(self.boss)._grant(
            {"reason": "Season", "release_kind": "days", "release_until": self.today}
        )
        self.assertEqual(self._order((self.service, 400)).credit_state, "released")
        hold.sudo()._approval_write({"release_until": "2024-01-01"})
        self.assertEqual(self._order((self.service, 1)).credit_state, "held")

    def test_a_payment_lets_the_order_go_on_by_itself(self):
        order, hold = self._held()
        self._payment(100, self.today)
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        self.env["customer.credit.hold"]._cron_recheck()
        self.assertEqual((order.state, order.credit_state, hold.state), ("sale", "passed", "cured"))

    def test_a_cancelled_order_is_held_no_more(self):
        order, hold = self._held()
        order.action_cancel()
        self.assertEqual(hold.state, "cancelled")

    def test_nobody_writes_holds_decisions_or_limits_past_the_steps(self):
        order, hold = self._held()
        for values in (
            {"approval_state": "approved"},
            {"closed": "cured"},
            {"decision_id": 1},
            {"order_id": 1},
        ):
            for user in (self.seller, self.boss, self.controller, self.env.ref("base.user_admin")):
                with self.subTest(values=values, user=user.login), self.assertRaises(UserError):
                    with self.env.cr.savepoint():
                        hold.with_user(user).write(values)
        with self.assertRaises(AccessError):
            self.env["customer.credit.hold"].with_user(self.boss).create({"partner_id": self.anna.id})
        with self.assertRaises(CreditRecordError):
            order.sudo().credit_decision_ids.write({"result": "passed"})
        with self.assertRaises(AccessError):
            self.account.with_user(self.seller).read(["limit"])
        with self.assertRaises(AccessError):
            self.env["customer.credit.limit"].with_user(self.seller).create(
                {"account_id": self.account.id, "amount": 9999, "reason": "me"}
            )
        self.assertEqual(order.state, "draft")

    def test_the_context_opens_no_way(self):
        order = self._quotation((self.service, 22))
        order.with_context(
            bypass_risk=True, credit_cleared=[order.id], force=True, default_state="sale"
        ).action_confirm()
        self.assertEqual(order.state, "draft")

    def test_the_form_says_before_what_would_happen(self):
        order = self._quotation((self.service, 22))
        self.assertIn("will be held", order.partner_credit_warning)
        with Form(order) as form:
            self.assertIn("100.00 too much", form.partner_credit_warning)
        self.assertFalse(order.credit_decision_ids)

    def test_the_list_of_held_orders_finds_them(self):
        order, _hold = self._held()
        held = self.env["sale.order"].search([("credit_state", "in", ["held", "asked"])])
        self.assertIn(order, held)
        self.assertNotIn(order, self.env["sale.order"].search([("credit_state", "=", "none")]))
