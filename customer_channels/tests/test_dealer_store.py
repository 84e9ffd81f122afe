from psycopg2.errors import CheckViolation

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealerStore(DealerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store = cls._store("Corner Shop")

    @classmethod
    def _store(cls, name, dealer=None, **values):
        values = {"name": name, "dealer_id": (dealer or cls.dealer).id, "date_opened": "2025-01-01", **values}
        return cls.env["customer.dealer.store"].create(values)

    def test_stores_are_counted_as_they_were_served_on_a_day(self):
        self._store("Second", date_opened="2025-06-01")
        self._store("Third", date_closed="2025-03-31")
        count = self.env["customer.dealer.store"]._store_counts
        both = self.dealer + self.other_dealer
        self.assertEqual(count(both, "2025-03-31"), {self.dealer.id: 2})
        self.assertEqual(count(both, "2025-04-01"), {self.dealer.id: 1})
        self.assertEqual(count(both, "2025-06-01"), {self.dealer.id: 2})
        self.assertEqual(count(both, "2024-12-31"), {self.dealer.id: 0})

    def test_purchases_that_stay_while_stores_are_lost_are_an_alert(self):
        self._store("Second", date_closed="2025-05-31")
        for day, amount in (("2025-02-10", 1000), ("2025-05-10", 1000)):
            self._sell(amount, day)
        rule = self.env.ref("customer_channels.alert_rule_volume_without_stores")
        self.assertNotIn(self.anna.id, rule._try(self.company, "2025-05-31").get(rule.id, []))
        self.assertIn(self.anna.id, rule._try(self.company, "2025-06-30").get(rule.id, []))
        self._sell(500, "2025-06-20", kind="out_refund")
        self.assertNotIn(self.anna.id, rule._try(self.company, "2025-06-30").get(rule.id, []))

    def test_a_store_that_is_archived_was_served_until_today(self):
        self.store.active = False
        self.assertTrue(self.store.date_closed)
        counts = self.env["customer.dealer.store"]._store_counts(self.dealer, "2025-02-01")
        self.assertEqual(counts, {self.dealer.id: 1})

    def test_who_paid_the_listing_fees_adds_up_by_payer(self):
        fees = self.env["customer.dealer.store.fee"]
        for amount, payer in ((300, "company"), (200, "company"), (50, "dealer")):
            fees.create({"store_id": self.store.id, "amount": amount, "paid_by": payer})
        self.assertEqual((self.store.fee_company, self.store.fee_dealer), (500, 50))
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.env.cr.savepoint():
            fees.create({"store_id": self.store.id, "amount": -1, "paid_by": "dealer"})

    def test_a_store_lies_where_its_address_lies(self):
        shop = self.env["res.partner"].create({"name": "Shop", "city": "Shelbyville"})
        self.assertEqual(self._store("Shop", partner_id=shop.id).area_id, self.other_city)

    def test_franchise_stores_warn_of_the_rules_of_entry_that_are_set(self):
        self.store.write({"kind": "franchise", "population": 9000, "distance": 0.5, "surface": 80})
        self.assertFalse(self.store.entry_warning)
        company = self.env.company
        company.customer_dealer_store_population = 10000
        company.customer_dealer_store_surface = 60
        self.store.invalidate_recordset(["entry_warning"])
        self.assertIn("9000", self.store.entry_warning)
        self.assertNotIn("m²", self.store.entry_warning)
        # What was not entered is not judged.
        self.store.population = 0
        self.assertFalse(self.store.entry_warning)

    def test_a_survey_of_a_store_is_about_a_store_of_that_dealer(self):
        action = self.store.action_survey()
        survey = self.env["customer.assessment"].browse(action["res_id"])
        self.assertEqual((survey.dealer_store_id, survey.partner_id), (self.store, self.anna))
        self.assertIn("Corner Shop", survey.display_name)
        create = self.env["customer.assessment"].create
        template = survey.template_id.id
        foreign = self._store("Foreign", self.other_dealer)
        for values in (
            {"template_id": template, "partner_id": self.anna.id},
            {"template_id": template, "partner_id": self.anna.id, "dealer_store_id": foreign.id},
            {
                "template_id": self.env.ref("customer_channels.assessment_template_agent").id,
                "partner_id": self.anna.id,
                "dealer_store_id": self.store.id,
            },
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                create(values)
        self.assertEqual(self.anna.customer_assessment_count, 0)

    def test_stock_of_two_months_of_sales_earns_all_points_of_three_half_of_more_none(self):
        survey = self.env["customer.assessment"].browse(self.store.action_survey()["res_id"])
        stock = self.env.ref("customer_channels.assessment_template_store_stock")
        line = survey.line_ids.filtered(lambda one: one.rule["id"] == stock.id)
        sales = survey.figure_ids.filtered(lambda one: one.code == "sales")
        pieces = survey.figure_ids.filtered(lambda one: one.code == "stock")
        sales.write({"value": 10, "is_known": True})
        for amount, earned in ((20, 15), (30, 7.5), (31, 0)):
            with self.subTest(amount=amount):
                pieces.write({"value": amount, "is_known": True})
                self.assertAlmostEqual(line.earned, earned)

    def test_salespeople_see_the_stores_of_their_own_dealers(self):
        mine, other = (
            new_test_user(
                self.env, name, "customer_channels.group_channel_user", company_id=self.env.company.id
            )
            for name in ("store_one", "store_two")
        )
        self.anna.user_id = other
        fee = self.env["customer.dealer.store.fee"].create({"store_id": self.store.id, "amount": 1})
        for record in (self.store, fee):
            self.assertTrue(record.with_user(other).has_access("read"))
            self.assertFalse(record.with_user(mine).has_access("read"))
