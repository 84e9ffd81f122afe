import base64

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.account_payment.tests.common import AccountPaymentCommon

from .credit_case import CreditCase

PIXEL = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
).decode()


@tagged("post_install", "-at_install")
class TestOnlineOrders(AccountPaymentCommon, HttpCase, CreditCase):
    """Customers who sign or pay online get no goods beyond their limit, and no word about it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._account(limit=1000)

    def _sign(self, order):
        """Sign a quotation as the customer does, in the portal."""
        return self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {"access_token": order._portal_ensure_token(), "name": "Anna", "signature": PIXEL},
        )

    def test_a_signed_order_within_the_limit_is_confirmed(self):
        order = self._quotation((self.service, 10), require_signature=True, require_payment=False)
        self._sign(order)
        self.assertEqual((order.state, order.signed_by), ("sale", "Anna"))

    def test_who_has_not_signed_yet_is_not_thanked_for_an_order(self):
        order = self._quotation(
            (self.service, 22), require_signature=True, require_payment=False, state="sent"
        )
        order.action_confirm()
        self.assertEqual(order.credit_state, "held")
        page = self.url_open(order.get_portal_url()).text
        self.assertNotIn("we have received your order", page)
        self.assertIn("Sign", page)

    def test_a_signed_order_over_the_limit_keeps_its_signature_and_waits(self):
        order = self._quotation(
            (self.service, 22), require_signature=True, require_payment=False, state="sent"
        )
        answer = self._sign(order)
        self.assertTrue(answer["force_refresh"])
        self.assertEqual((order.state, order.signed_by, order.credit_state), ("sent", "Anna", "held"))
        page = self.url_open(f"/my/orders/{order.id}?access_token={order.access_token}&message=sign_ok").text
        self.assertIn("we have received your order", page)
        for word in ("credit", "limit", "too much", "Held"):
            self.assertNotIn(word, page.split("<main")[1].split("o_portal_chatter")[0])
        self._payment(100, self.today)
        order.credit_hold_ids.action_recheck()
        self.assertEqual(order.state, "sale")

    def _pay_online(self, order, amount):
        transaction = self._create_transaction(
            flow="redirect",
            sale_order_ids=[Command.set(order.ids)],
            amount=amount,
            currency_id=order.currency_id.id,
            partner_id=order.partner_id.id,
            state="done",
        )
        transaction._post_process()

    def test_an_order_that_is_paid_online_takes_up_no_credit(self):
        order = self._quotation((self.service, 60), require_payment=True, require_signature=False)
        self._pay_online(order, 3000)
        self.assertEqual((order.state, order.credit_decision_ids.amount), ("sale", 0))

    def test_an_order_that_is_paid_in_part_is_held_when_the_rest_is_too_much(self):
        order = self._quotation(
            (self.service, 60), require_payment=True, require_signature=False, prepayment_percent=0.5
        )
        self._pay_online(order, 1500)
        self.assertEqual((order.state, order.credit_state), ("draft", "held"))
        self.assertEqual(order.credit_hold_ids.excess, 500)
