from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..exceptions import CreditGrowthError, CreditHoldError, CreditReleaseError
from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestReleaseAsked(CreditCase):
    """A salesperson asks for the release of what is held, and of what a confirmed order shall grow by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account(limit=1000)
        cls.seller = cls._user(
            "asks", "sales_team.group_sale_salesman,customer_management.group_customer_user"
        )
        cls.boss = cls._user(
            "decides", "sales_team.group_sale_manager,customer_management.group_customer_manager"
        )

    def _mine(self, quantity, **values):
        """Return a quotation of the salesperson, of so many at 50."""
        return self._quotation((self.service, quantity), user_id=self.seller.id, **values).with_user(
            self.seller
        )

    def _confirmed(self, quantity=10):
        order = self._mine(quantity)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        return order

    def _refused(self, order, **vals):
        """Have a change of a confirmed order refused, and return the error."""
        with self.assertRaises(CreditGrowthError) as caught, self.env.cr.savepoint():
            order.write(vals)
        self.env.invalidate_all()
        return caught.exception

    def _wish(self, order, error=None, **values):
        """Return the window that the refusal leads to, filled in as the salesperson does."""
        context = error.args[3] if error else order.action_ask_credit_release()["context"]
        form = Form(self.env["customer.credit.growth"].with_user(self.seller).with_context(**context))
        for name, value in values.items():
            form[name] = value
        return form.save()

    # Quotations

    def test_a_quotation_that_passes_is_not_held_for_asking(self):
        order = self._mine(20)
        action = order.action_ask_credit_release()
        self.assertIn("you can confirm it", action["params"]["message"])
        self.assertFalse(order.sudo().credit_hold_ids)
        self.assertFalse(order.sudo().credit_decision_ids)
        self.assertEqual(order.credit_state, "none")

    def test_a_quotation_that_fails_is_held_when_its_release_is_asked_for(self):
        order = self._mine(21)
        action = order.action_ask_credit_release()
        hold = order.credit_hold_ids
        self.assertEqual((action["res_model"], action["res_id"]), (hold._name, hold.id))
        self.assertEqual((hold.state, order.credit_state), ("held", "held"))
        hold.reason = "They pay on Friday"
        hold.action_ask()
        self.assertEqual(order.action_ask_credit_release()["res_id"], hold.id)

    def test_what_was_held_and_passes_by_now_is_confirmed(self):
        order = self._mine(21)
        order.action_confirm()
        self._payment(100, self.today)
        action = order.action_ask_credit_release()
        self.assertIn("is confirmed", action["params"]["message"])
        self.assertEqual((order.state, order.credit_hold_ids.state), ("sale", "cured"))

    def test_nothing_is_released_of_a_cancelled_order(self):
        order = self._mine(21)
        order.action_cancel()
        with self.assertRaisesRegex(CreditReleaseError, "cancelled"):
            order.action_ask_credit_release()

    def test_who_may_not_change_the_order_asks_nothing(self):
        reader = self._user("reads", "base.group_user")
        with self.assertRaises(AccessError):
            self._mine(21).with_user(reader).action_ask_credit_release()
        wish = {"order_id": self._confirmed().id, "wanted_total": 2000}
        other = self._user("other", "sales_team.group_sale_salesman,customer_management.group_customer_user")
        with self.assertRaises(AccessError):
            self.env["customer.credit.growth"].with_user(other).create(wish).action_ask()

    # Deliveries

    def test_the_held_delivery_is_found_from_its_order(self):
        order = self._quotation((self.goods, 10), user_id=self.seller.id)
        order.action_confirm()
        self._limit(self.account, 500, self.today)
        order.picking_ids.move_ids.quantity = 10
        order.picking_ids.button_validate()
        hold = order.credit_hold_ids
        self.assertEqual((hold.stage, hold.state), ("delivery", "held"))
        order = order.with_user(self.seller)
        self.assertEqual(order.action_ask_credit_release()["res_id"], hold.id)
        self.assertEqual((order.credit_state, order.credit_hold_count), ("passed", 1))
        self._limit(self.account, 1000, self.today)
        self.assertEqual(order.action_ask_credit_release()["res_model"], "customer.credit.growth")
        self.assertEqual(hold.state, "cured")

    # Confirmed orders

    def test_the_refusal_of_a_larger_order_leads_to_its_release(self):
        order = self._confirmed()
        error = self._refused(order.order_line, product_uom_qty=22)
        self.assertIn("100.00 too much", str(error))
        self.assertIn("Ask for Credit Release", str(error))
        wish = self._wish(order, error, reason="They pay on Friday")
        self.assertEqual((wish.total, wish.wanted_total), (500, 1100))
        self.assertIn("100.00 too much", str(wish.reasons))
        wish.action_ask()
        hold = order.credit_hold_ids
        self.assertEqual((hold.stage, hold.state, hold.excess, hold.ladder), ("growth", "asked", 100, "low"))
        self.assertEqual((order.state, order.credit_state, order.amount_total), ("sale", "passed", 500))
        self._refused(order.order_line, product_uom_qty=22)
        hold.with_user(self.boss).action_approve()
        self.assertIn("1,100.00", order.activity_ids.filtered("summary").mapped("summary")[0])
        order.order_line.product_uom_qty = 22
        self.assertEqual((order.amount_total, order.credit_state), (1100, "released"))
        with self.assertRaises(CreditHoldError):
            order.order_line.product_uom_qty = 30

    def test_a_higher_price_longer_terms_and_another_payer_are_asked_for_as_well(self):
        thirty, ninety = self._create_term((100, 30)), self._create_term((100, 90))
        self.account.sudo().payment_term_id = thirty
        self._account(self.boris, limit=100)
        for change in (
            {"price_unit": 150},
            {"payment_term_id": ninety.id},
            {"partner_invoice_id": self.boris.id},
        ):
            with self.subTest(change):
                order = self._mine(8, payment_term_id=thirty.id)
                order.action_confirm()
                target = order.order_line if "price_unit" in change else order
                error = self._refused(target, **change)
                self._wish(order, error, reason="Season").action_ask()
                hold = order.credit_hold_ids
                self.assertEqual((hold.stage, hold.state), ("growth", "asked"))
                hold.sudo()._approval_write({"approval_state": "approved", "release_until": self.today})
                target.write(change)
                self.assertEqual(order.credit_state, "released")
                order.order_line.product_uom_qty = 0

    def test_what_would_pass_is_said_and_nothing_is_held(self):
        order = self._confirmed()
        wish = self._wish(order, wanted_total=1000, reason="Season")
        self.assertFalse(wish.reasons)
        self.assertIn("you can change it", wish.action_ask()["params"]["message"])
        self.assertFalse(order.credit_hold_ids)
        with self.assertRaisesRegex(CreditReleaseError, "what .* shall become"):
            self._wish(order, reason="Season").action_ask()

    def test_without_a_reason_nothing_is_asked(self):
        order = self._confirmed()
        values = {"order_id": order.id, "wanted_total": 1100}
        with self.assertRaisesRegex(CreditReleaseError, "Say why"):
            self.env["customer.credit.growth"].with_user(self.seller).create(values).action_ask()

    def test_a_payment_cures_the_wish_and_the_seller_is_told(self):
        order = self._confirmed()
        self._wish(order, wanted_total=1100, reason="Season").action_ask()
        hold = order.credit_hold_ids
        hold.action_recheck()
        self.assertEqual(hold.state, "asked")
        self._payment(100, self.today)
        hold.action_recheck()
        self.assertEqual((hold.state, order.amount_total), ("cured", 500))
        self.assertEqual(order.activity_ids.user_id, self.seller)

    def test_a_refused_wish_leaves_the_order_as_it_is(self):
        order = self._confirmed()
        self._wish(order, wanted_total=1100, reason="Season").action_ask()
        hold = order.credit_hold_ids
        rows = (
            self.env["customer.approval"]
            .sudo()
            .search([("res_model", "=", hold._name), ("res_id", "=", hold.id)])
        )
        rows.with_user(self.boss)._decide("refused", "No")
        self.assertEqual((hold.state, order.state, order.credit_state), ("refused", "sale", "passed"))
        self._refused(order.order_line, product_uom_qty=22)

    def test_a_cancelled_order_wishes_nothing(self):
        order = self._confirmed()
        self._wish(order, wanted_total=1100, reason="Season").action_ask()
        order.with_user(self.boss)._action_cancel()
        hold = order.credit_hold_ids
        hold.sudo()._recheck()
        self.assertEqual(hold.state, "cancelled")
