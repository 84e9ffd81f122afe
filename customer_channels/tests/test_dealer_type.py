from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.customer_channels.tests.common import ChannelCase


@tagged("post_install", "-at_install")
class TestDealerType(ChannelCase):
    def test_customers_are_counted_per_type(self):
        self.assertEqual(self.wholesaler.partner_count, 2)
        self.assertEqual(self.kiosk.partner_count, 1)
        self.assertEqual(self._create_type("empty").partner_count, 0)

    def test_archived_customers_are_not_counted(self):
        self.kiosk_dealer.active = False
        self.assertEqual(self.kiosk.partner_count, 0)

    def test_each_company_counts_its_own(self):
        there = self.wholesaler.with_company(self.other_company)
        self.assertEqual(there.partner_count, 0)
        self.dealers[0].with_company(self.other_company).customer_dealer_type_id = self.wholesaler
        there.invalidate_recordset(["partner_count"])
        self.assertEqual(there.partner_count, 1)

    def test_counting_more_types_takes_no_more_queries(self):
        many = self.env["customer.dealer.type"].create(
            [{"name": f"Type {number}", "code": f"many_{number}"} for number in range(30)]
        )
        # The first count also reads the defaults of the company, which are kept in memory from then on.
        self.kiosk.mapped("partner_count")
        self.env.flush_all()
        for types in (self.wholesaler, self.wholesaler + self.kiosk + many):
            types.invalidate_recordset(["partner_count"])
            with self.subTest(types=len(types)), self.assertQueryCount(1):
                types.mapped("partner_count")

    def test_the_count_opens_the_customers_that_it_counts(self):
        action = self.wholesaler.action_open_partners()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self.dealers.sorted(lambda dealer: found.ids.index(dealer.id)))

    def test_a_code_is_unique_in_a_company_and_among_shared_types(self):
        for company in (self.env["res.company"], self.other_company):
            with self.subTest(company=company.name):
                self._create_type("twice", company_id=company.id)
                with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
                    self._create_type("twice", company_id=company.id)

    def test_a_copy_gets_a_code_and_a_name_of_its_own(self):
        first = self.wholesaler.copy()
        second = self.wholesaler.copy()
        self.assertEqual((first + second).mapped("code"), ["wholesaler-2", "wholesaler-3"])
        self.assertEqual(first.name, "Wholesaler (copy)")
        self.assertEqual(self.kiosk.copy({"code": "booth", "name": "Booth"}).code, "booth")

    def test_a_used_type_cannot_be_deleted(self):
        with self.assertRaisesRegex(UserError, r"Kiosk cannot be deleted: customers of .* have it \(1\)"):
            self.kiosk.unlink()
        self.kiosk_dealer.customer_dealer_type_id = False
        self.kiosk.unlink()
        self.assertFalse(self.kiosk.exists())

    def test_a_type_used_in_another_company_only_cannot_be_deleted(self):
        booth = self._create_type("booth")
        self.kiosk_dealer.with_company(self.other_company).customer_dealer_type_id = booth
        with self.assertRaisesRegex(UserError, "customers of Sister Company have it"):
            booth.unlink()

    def test_a_type_used_elsewhere_cannot_be_kept_to_one_company(self):
        self.kiosk.company_id = self.env.company
        with self.assertRaisesRegex(ValidationError, "Wholesaler cannot belong to Sister Company only"):
            self.wholesaler.company_id = self.other_company

    def test_a_type_of_another_company_cannot_be_chosen(self):
        foreign = self._create_type("foreign", company_id=self.other_company.id)
        with self.assertRaises(UserError):
            self.kiosk_dealer.customer_dealer_type_id = foreign
        self.kiosk_dealer.with_company(self.other_company).customer_dealer_type_id = foreign
