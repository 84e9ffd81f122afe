from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..exceptions import CardSettledError
from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealerCard(DealerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_dealer.parent_id = cls.dealer
        rates = cls.env["customer.dealer.point.rate"]
        rates.create({"points": 1})
        rates.create({"categ_id": cls.kitchen.id, "points": 2})
        cls.rate = rates.create({"product_id": cls.pot.id, "points": 5})
        tiers = cls.env["customer.dealer.reward.tier"]
        tiers.create({"points": 100, "reward": "Goods", "amount": 50})
        tiers.create({"points": 500, "reward": "A trip", "amount": 400})
        cls.card = cls.env["customer.dealer.card"].create({"dealer_id": cls.other_dealer.id})
        cls.manager = new_test_user(
            cls.env, "card_boss", "customer_channels.group_channel_manager", company_id=cls.env.company.id
        )

    def _buy(self, quantity, day, product=None, **values):
        return self.env["customer.dealer.card.entry"].create(
            {
                "card_id": self.card.id,
                "quantity": quantity,
                "date": day,
                "product_id": (product or self.pot).id,
                **values,
            }
        )

    def test_points_follow_the_product_then_its_nearest_category_then_all_goods(self):
        self.assertEqual(self._buy(3, "2025-02-01").points, 15)
        pan = self._product("Pan", self.pots)
        self.assertEqual(self._buy(3, "2025-02-01", pan).points, 6)
        self.assertEqual(self._buy(3, "2025-02-01", self.spade).points, 3)
        self.assertEqual(self._buy(-1, "2025-02-01").points, -5)

    def test_another_rate_changes_nothing_of_what_was_registered(self):
        entry = self._buy(3, "2025-02-01")
        self.rate.points = 50
        self.assertEqual(entry.points, 15)

    @freeze_time("2025-07-10")
    def test_each_quarter_that_is_over_is_settled_by_its_own_points(self):
        self._buy(10, "2025-02-01")
        self._buy(12, "2025-03-31")
        self._buy(10, "2025-04-01")
        current = self._buy(200, "2025-07-01")
        self.assertEqual((self.card.points_open, self.card.points_quarter), (160, 1000))
        self.card.with_user(self.manager).action_settle()
        first, second = self.card.settlement_ids.sorted("quarter")
        self.assertEqual((first.points, first.reward, first.amount), (110, "Goods", 50))
        self.assertEqual((second.points, second.reward, second.amount), (50, False, 0))
        self.assertEqual((first.settled_by, str(first.settled_on)), (self.manager, "2025-07-10"))
        self.assertFalse(current.settlement_id)
        self.assertEqual((self.card.points_open, self.card.rewarded), (0, 50))

    @freeze_time("2025-07-10")
    def test_nothing_is_settled_twice(self):
        entry = self._buy(10, "2025-02-01")
        self.card.with_user(self.manager).action_settle()
        with self.assertRaises(CardSettledError):
            self.card.with_user(self.manager).action_settle()
        settlements = self.env["customer.dealer.card.settlement"].sudo()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            settlements.create({"card_id": self.card.id, "quarter": "2025-01-01", "points": 1})
        with self.assertRaises(CardSettledError):
            entry.quantity = 1000
        with self.assertRaises(CardSettledError):
            entry.unlink()
        with self.assertRaises(CardSettledError):
            self._buy(1, "2025-03-01")
        later = self._buy(1, "2025-07-01")
        with self.assertRaises(CardSettledError):
            later.date = "2025-03-01"
        with self.assertRaises(CardSettledError):
            self.card.dealer_id = self.dealer

    @freeze_time("2025-07-10")
    def test_points_are_not_made_up(self):
        for values in ({"rate": 99}, {"points": 99}):
            with self.subTest(values), self.assertRaises(CardSettledError):
                self._buy(1, "2025-07-01", **values)
        entry = self._buy(1, "2025-07-01")
        with self.assertRaises(CardSettledError):
            entry.points = 99
        forged = entry.with_context(default_rate=99, default_points=99).create(
            {"card_id": self.card.id, "product_id": entry.product_id.id, "date": "2025-07-01"}
        )
        self.assertEqual((forged.rate, forged.points), (entry.rate, entry.rate))
        with self.assertRaises(CardSettledError):
            self.env["customer.dealer.card.settlement"].with_user(self.manager).create(
                {"card_id": self.card.id, "quarter": "2025-01-01", "points": 500, "amount": 400}
            )
        seller = new_test_user(
            self.env, "card_seller", "customer_channels.group_channel_user", company_id=self.env.company.id
        )
        self._buy(1, "2025-02-01")
        with self.assertRaises(AccessError):
            self.card.with_user(seller).action_settle()

    def test_only_sub_dealers_have_a_card_and_one_only(self):
        with self.assertRaises(ValidationError):
            self.env["customer.dealer.card"].create({"dealer_id": self.dealer.id})
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.env["customer.dealer.card"].create({"dealer_id": self.other_dealer.id})
