from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..exceptions import DealerReturnError, OrderWindowError
from .dealer_case import DealerCase

# A Wednesday and the Sunday after it.
OPEN, SHUT = "2026-03-11 10:00:00", "2026-03-15 10:00:00"


@tagged("post_install", "-at_install")
class TestOrderWindow(DealerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Wednesday Morning",
                "tz": "UTC",
                "attendance_ids": [
                    Command.clear(),
                    Command.create({"name": "W", "dayofweek": "2", "hour_from": 9, "hour_to": 12}),
                ],
            }
        )
        cls.type.write({"is_direct": True, "order_calendar_id": cls.calendar.id})

    def test_a_direct_seller_orders_in_its_window_on_every_road(self):
        roads = {
            "button": lambda order: order.action_confirm(),
            "write": lambda order: order.write({"state": "sale"}),
            "signature": lambda order: order.with_user(self.env.user).sudo().action_confirm(),
        }
        for name, road in roads.items():
            with self.subTest(name):
                order = self._quotation((self.service, 1), partner=self.anna_buyer)
                with freeze_time(SHUT), self.assertRaisesRegex(OrderWindowError, "Wednesday Morning"):
                    road(order)
                with freeze_time(OPEN):
                    road(order)
                self.assertEqual(order.state, "sale")

    def test_an_order_is_not_born_confirmed_outside_the_window(self):
        with freeze_time(SHUT), self.assertRaises(OrderWindowError):
            self._quotation((self.service, 1), state="sale")

    def test_who_is_no_direct_seller_or_has_no_window_orders_at_any_time(self):
        with freeze_time(SHUT):
            self.type.is_direct = False
            self._order((self.service, 1))
            self.type.write({"is_direct": True, "order_calendar_id": False})
            self._order((self.service, 1))

    def test_the_policy_says_the_window_and_the_cap(self):
        settings = self.env["customer.policy.setting"]
        others = self.env["customer.dealer.type"].search([("is_direct", "=", True)]) - self.type
        others.is_direct = False
        self.assertIn("9:00", settings._setting_direct_order_window(self.env.company).replace("09", "9"))
        self.assertEqual(settings._setting_direct_return_days(self.env.company), "30")
        self.assertEqual(settings._setting_direct_commission_cap(self.env.company), "30%")

    def test_a_commission_stays_below_the_cap(self):
        self.type.commission_rate = 0.3
        with self.assertRaises(ValidationError):
            self.type.commission_rate = 0.31


@tagged("post_install", "-at_install")
class TestDirectReturn(DealerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type.write({"is_direct": True, "commission_rate": 0.2})

    def setUp(self):
        super().setUp()
        self.order = self._order((self.goods, 5))
        self._ship(self.order, 5)
        self.invoice = self.order._create_invoices()
        self.invoice.action_post()

    def _return(self, quantity=2, **values):
        picking = self.order.picking_ids
        return self.env["customer.dealer.return"].create(
            {
                "dealer_id": self.dealer.id,
                "picking_id": picking.id,
                "invoice_id": self.invoice.id,
                "is_unopened": True,
                "reason": "Not wanted",
                "line_ids": [Command.create({"move_id": picking.move_ids.id, "quantity": quantity})],
                **values,
            }
        )

    def test_a_return_goes_from_the_question_to_the_credit_note(self):
        one = self._return()
        self.assertEqual(one.state, "asked")
        with self.assertRaises(DealerReturnError):
            one.action_submit()
        one.action_check()
        one.action_submit()
        self.assertEqual((one.state, one.return_picking_id.move_ids.product_uom_qty), ("approved", 2))
        with self.assertRaises(DealerReturnError):
            one.action_refund()
        one.return_picking_id.move_ids.picked = True
        one.return_picking_id.with_context(skip_backorder=True)._action_done()
        self.assertEqual(one.state, "received")
        one.action_refund()
        self.assertEqual(
            (one.state, one.refund_id.amount_untaxed, one.refund_id.state), ("refunded", 200, "posted")
        )
        self.assertEqual(one.commission_reversed, 40)
        one.action_close()
        self.assertEqual(one.state, "closed")

    def test_what_is_not_as_agreed_is_said(self):
        late = fields.Date.today() + timedelta(days=31)
        for values, words in (
            ({"is_unopened": False}, "unopened"),
            ({"asked_on": late}, "until"),
            ({"invoice_id": False}, "invoice"),
            ({"line_ids": []}, "which goods"),
            ({"dealer_id": self.other_dealer.id}, "of this dealer"),
        ):
            with self.subTest(values), self.assertRaisesRegex(DealerReturnError, words):
                self._return(**values).action_check()

    def test_not_more_comes_back_than_was_delivered(self):
        self._return(4).action_check()
        with self.assertRaisesRegex(DealerReturnError, "delivered"):
            self._return(2).action_check()

    def test_the_steps_are_not_written_by_hand(self):
        boss = new_test_user(self.env, "return_boss", "customer_channels.group_channel_manager")
        with self.assertRaises(DealerReturnError):
            self._return().with_user(boss).write({"checked_on": fields.Date.today()})
