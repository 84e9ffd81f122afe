from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import DealerFlagError
from .conduct_case import ConductCase


@tagged("post_install", "-at_install")
class TestDealerFlag(ConductCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        year = cls.today.year
        cls.contract = cls._draft_contract(
            date_from=f"{year - 1}-01-01",
            date_to=f"{year + 1}-12-31",
            territory_ids=[Command.create({"area_id": cls.city.id, "categ_id": cls.kitchen.id})],
            price_floor_ids=[
                Command.create({"categ_id": cls.kitchen.id, "price": 80}),
                Command.create({"product_id": cls.pot.id, "price": 90}),
            ],
        )
        cls._run_contract(cls.contract)
        cls.anna.city = "Springfield"
        cls.elsewhere = cls.env["res.partner"].create(
            {"name": "Elsewhere", "type": "other", "parent_id": cls.anna.id, "city": "Shelbyville"}
        )

    def _flags(self, order):
        return self.env["customer.dealer.flag"].search([("order_id", "=", order.id)])

    def test_an_order_to_the_own_territory_is_not_flagged(self):
        self.assertFalse(self._flags(self._order((self.pot, 2))))

    def test_an_order_to_another_place_or_with_other_goods_is_flagged(self):
        away = self._order((self.pot, 2), partner_shipping_id=self.elsewhere.id)
        flag = self._flags(away)
        self.assertEqual((flag.kind, flag.area_id, flag.amount), ("territory", self.other_city, 200))
        self.assertEqual(self._flags(self._order((self.spade, 1))).kind, "territory")

    def test_stopped_is_stopped_on_every_road(self):
        self.company.customer_dealer_territory_action = "stop"
        away = {"partner_shipping_id": self.elsewhere.id}
        order = self._quotation((self.pot, 2), **away)
        self.assertIn("Shelbyville" if not self.other_city else "Other City", order.customer_dealer_warning)
        roads = {
            "button": lambda: order.action_confirm(),
            "write": lambda: order.write({"state": "sale"}),
            "create": lambda: self._quotation((self.pot, 2), state="sale", **away),
            "address": lambda: self._order((self.pot, 1)).write(away),
            "line": lambda: self._order((self.pot, 1)).write(
                {"order_line": [Command.create({"product_id": self.spade.id, "tax_ids": [Command.clear()]})]}
            ),
        }
        for name, road in roads.items():
            with self.subTest(name), self.assertRaises(DealerFlagError), self.env.cr.savepoint():
                road()

    def test_a_manager_consents_and_nobody_else(self):
        self.company.customer_dealer_territory_action = "stop"
        order = self._quotation((self.pot, 2), partner_shipping_id=self.elsewhere.id)
        order.user_id = self.seller
        self.anna.user_id = self.seller
        with self.assertRaises(AccessError):
            order.with_user(self.seller).action_dealer_consent()
        order.action_dealer_consent()
        order.action_confirm()
        self.assertEqual((order.state, self._flags(order).state), ("sale", "consented"))

    def test_below_the_floor_of_the_product_or_else_of_the_category(self):
        pan = self._product("Pan", self.pots)
        line = {"product_uom_qty": 2, "tax_ids": [Command.clear()]}
        prices = ((self.pot, 89.0), (self.pot, 90.0), (pan, 79.0), (pan, 80.0))
        order = self.env["sale.order"].create(
            {
                "partner_id": self.anna.id,
                "order_line": [
                    Command.create({**line, "product_id": product.id, "price_unit": price})
                    for product, price in prices
                ],
            }
        )
        order.action_confirm()
        flags = self._flags(order)
        self.assertEqual(set(flags.mapped("kind")), {"floor"})
        self.assertEqual(sorted(flags.mapped("amount")), [158, 178])

    def test_a_delivery_to_an_address_that_was_changed_is_flagged(self):
        order = self._order((self.pot, 2))
        order.picking_ids.partner_id = self.elsewhere
        self._ship(order, 2)
        flag = self.env["customer.dealer.flag"].search([("picking_id", "in", order.picking_ids.ids)])
        self.assertEqual((flag.kind, flag.order_id), ("territory", order))

    def test_customers_that_are_no_dealers_are_not_watched(self):
        order = self._order((self.pot, 2), partner=self.boris, partner_shipping_id=self.elsewhere.id)
        self.assertFalse(self._flags(order))

    def test_a_case_is_opened_from_a_flag_once(self):
        flag = self._flags(self._order((self.pot, 2), partner_shipping_id=self.elsewhere.id))
        action = flag.action_open_case()
        case = self.env["customer.dealer.violation"].browse(action["res_id"])
        self.assertEqual(
            (case.kind, case.dealer_id, case.goods_amount), ("cross_territory", self.dealer, 200)
        )
        self.assertEqual(flag.action_open_case()["res_id"], case.id)

    def test_flags_are_neither_made_nor_changed_by_hand(self):
        flag = self._flags(self._order((self.pot, 2), partner_shipping_id=self.elsewhere.id)).with_user(
            self.boss
        )
        with self.assertRaises(DealerFlagError):
            flag.state = "dismissed"
        with self.assertRaises(UserError):
            flag.create({"dealer_id": self.dealer.id, "kind": "floor", "text": "x", "key": "x"})
        flag.note = "Agreed on the phone"
        self.anna.user_id = self.seller
        with self.assertRaises(AccessError):
            flag.with_user(self.seller).action_dismiss()

    def test_looking_at_many_orders_takes_as_many_statements_as_looking_at_one(self):
        orders = self.env["sale.order"]
        for _number in range(6):
            orders += self._quotation((self.pot, 2), (self.spade, 1), partner_shipping_id=self.elsewhere.id)
        self.env.flush_all()
        counts = []
        for some in (orders[:1], orders):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["customer.dealer.watch"]._findings(some)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
