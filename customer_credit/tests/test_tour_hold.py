"""A hold in the browser: asked for, released, refused; a larger order; a customer who signs."""

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestHoldTour(HttpCase, CreditCase):
    """Each person does in the browser what is theirs; the figures are those of the tests of holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account(limit=1000)
        cls.seller = cls._user(
            "tour_seller", "sales_team.group_sale_salesman,customer_management.group_customer_user"
        )
        cls.controller = cls._user(
            "tour_controller", "sales_team.group_sale_manager,customer_credit.group_credit_controller"
        )

    def _own(self, quantity, **values):
        """Return a quotation of the salesperson."""
        return self._quotation((self.service, quantity), user_id=self.seller.id, **values).with_user(
            self.seller
        )

    def _walk(self, order, tour, user):
        self.env.flush_all()
        self.start_tour(f"/odoo/orders/{order.id}" if order else "/odoo", tour, login=user.login)
        self.env.invalidate_all()

    def test_a_held_order_is_asked_for_released_and_goes_on_by_itself(self):
        order = self._own(22)
        self._walk(order, "customer_credit_ask_release", self.seller)
        self.assertEqual((order.state, order.credit_hold_ids.state), ("draft", "asked"))
        self._walk(None, "customer_credit_release", self.controller)
        self.assertEqual((order.state, order.credit_state), ("sale", "released"))

    def test_a_refusal_reaches_the_salesperson_with_its_reason(self):
        order = self._own(22)
        self._walk(order, "customer_credit_ask_release", self.seller)
        self._walk(None, "customer_credit_refuse", self.controller)
        self.assertEqual((order.state, order.credit_state), ("draft", "refused"))
        self._walk(order, "customer_credit_refusal_seen", self.seller)

    def test_a_larger_order_is_refused_in_words_and_its_release_asked_for(self):
        order = self._own(10)
        order.action_confirm()
        self._walk(order, "customer_credit_grow", self.seller)
        self.assertEqual((order.amount_total, order.credit_hold_ids.stage), (500, "growth"))
        self.assertEqual((order.credit_hold_ids.state, order.credit_hold_ids.wanted_total), ("asked", 1100))

    def test_a_customer_who_signs_hears_nothing_about_credit(self):
        order = self._own(22, require_signature=True, require_payment=False, state="sent")
        url = order.get_portal_url()
        self.env.flush_all()
        self.start_tour(url, "customer_credit_portal_sign", login=None)
        self.env.invalidate_all()
        self.assertEqual((order.state, order.signed_by, order.credit_state), ("sent", "Anna Buyer", "held"))

    def test_a_refusal_is_told_to_the_browser_as_an_error_of_the_host(self):
        order = self._own(22)
        self.authenticate(self.seller.login, self.seller.login)
        for method, args, kind in (
            ("write", [order.ids, {"state": "sale"}], "UserError"),
            ("action_ask_credit_release", [self._cancelled().ids], "UserError"),
        ):
            with self.subTest(method):
                error = self._call_error("sale.order", method, args)
                self.assertEqual(error["data"]["context"]["exception_class"], f"odoo.exceptions.{kind}")
                self.assertTrue(error["data"]["arguments"][0])
        hold = order.credit_hold_ids or self._held(order)
        error = self._call_error(hold._name, "write", [hold.ids, {"closed": "cured"}])
        self.assertEqual(error["data"]["context"]["exception_class"], "odoo.exceptions.AccessError")

    def _cancelled(self):
        order = self._own(1)
        order.action_cancel()
        return order

    def _held(self, order):
        order.action_confirm()
        return order.credit_hold_ids

    def _call_error(self, model, method, args):
        """Call a method as the web client does, and return the error that it answers with."""
        self.env.flush_all()
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        with mute_logger("odoo.http"):
            response = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}", json={"jsonrpc": "2.0", "params": params}
            )
        return response.json()["error"]
