from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import TargetSplitError
from .conduct_case import ConductCase


@tagged("post_install", "-at_install")
class TestDealerTarget(ConductCase):
    def test_a_target_of_what_is_invoiced_is_reached_by_invoices_less_returns(self):
        target = self._target(1000)
        self._sell(700, "2025-02-10")
        self._sell(100, "2025-03-10", kind="out_refund")
        self._sell(999, "2024-12-31")
        self.assertEqual(str(target.date_to), "2025-12-31")
        self.assertEqual((target.attained, target.attainment), (600, 0.6))

    def test_a_target_of_what_is_collected_is_reached_by_receipts(self):
        self._use_payment_accounts(self.company, self.company_data["default_account_assets"])
        target = self._target(1000, basis="collected")
        invoice = self._sell(700, "2025-02-10")
        self.assertEqual(target.attained, 0)
        self._pay(invoice, 300, "2025-04-01")
        target.invalidate_recordset()
        self.assertEqual(target.attained, 300)
        receipts = self.env["customer.metric"]._evaluate(["receipts"], "2025-12-31", partners=self.anna)
        self.assertEqual(receipts[self.anna.id]["receipts"], 300)

    def test_a_target_of_goods_counts_the_category_with_all_below_it(self):
        kitchen = self._target(1000, categ_id=self.kitchen.id)
        garden = self._target(1000, categ_id=self.garden.id)
        self._sell(300, "2025-02-10")
        self._sell(50, "2025-02-10", product=self.spade)
        self.assertEqual((kitchen.attained, garden.attained), (300, 50))
        with self.assertRaises(ValidationError):
            self._target(1000, basis="collected", categ_id=self.garden.id)

    def test_a_year_splits_into_parts_that_add_up_to_the_cent(self):
        year = self._target(1000)
        year.action_split_months()
        self.assertEqual(len(year.child_ids), 12)
        self.assertAlmostEqual(sum(year.child_ids.mapped("amount")), 1000, 2)
        self.assertEqual(
            [str(day) for day in year.child_ids.sorted("date_from").mapped("date_to")][:2],
            ["2025-01-31", "2025-02-28"],
        )
        with self.assertRaises(TargetSplitError):
            year.action_split_quarters()

    def test_two_targets_for_the_same_goods_and_days_are_refused(self):
        year = self._target(1000)
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation) as refused:
            with self.env.cr.savepoint():
                self._target(500, date_from="2025-06-01")
        self.assertIn("01/01/2025 to 12/31/2025", year._sql_error_to_message(refused.exception))
        self._target(500, categ_id=self.garden.id)
        self._target(500, basis="collected")
        self._target(500, dealer=self.other_dealer)

    def test_expected_by_today_is_the_part_for_the_days_that_have_passed(self):
        target = self._target(365)
        with freeze_time("2025-01-10"):
            target.invalidate_recordset()
            self.assertAlmostEqual(target.expected, 10)

    def test_the_attainment_of_a_period_counts_the_smallest_parts(self):
        year = self._target(1200)
        year.action_split_quarters()
        first = year.child_ids.sorted("date_from")[0]
        first.amount = 200
        self._sell(190, "2025-02-10")
        both = self.dealer + self.other_dealer
        self.assertEqual(both._attainments("2025-01-01", "2025-03-31"), {self.dealer.id: 0.95})
        self.assertAlmostEqual(
            self.dealer._attainments("2025-01-01", "2025-12-31")[self.dealer.id], 190 / 1100
        )
        known = self.env["customer.metric"]._evaluate(["target_attainment"], "2025-03-31", 3)
        self.assertAlmostEqual(float(known[self.anna.id]["target_attainment"]), 0.95)

    def test_all_goods_count_before_kinds_of_goods(self):
        self._target(1000)
        self._target(10, categ_id=self.garden.id)
        self._sell(500, "2025-02-10")
        self.assertEqual(self.dealer._attainments("2025-01-01", "2025-12-31"), {self.dealer.id: 0.5})

    def test_the_number_of_statements_does_not_depend_on_the_number_of_dealers(self):
        self._target(1000)
        self._target(1000, dealer=self.other_dealer)
        both = self.dealer + self.other_dealer
        both._attainments("2025-01-01", "2025-12-31")
        counts = []
        for dealers in (self.dealer, both):
            before = self.env.cr.sql_log_count
            dealers._attainments("2025-01-01", "2025-12-31")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_the_analysis_sums_up_as_targets_do(self):
        self._target(1000)
        self._target(3000, dealer=self.other_dealer)
        self._sell(1000, "2025-02-10")
        rows = self.env["customer.dealer.target.analysis"]._read_group(
            [("company_id", "=", self.company.id)], [], ["amount:sum", "attained:sum", "attainment:avg"]
        )
        self.assertEqual(rows, [(4000, 1000, 0.25)])

    def test_salespeople_read_the_targets_of_their_dealers_and_change_none(self):
        self.anna.user_id, self.boris.user_id = self.seller, self.boss
        own, other = self._target(1000), self._target(1000, dealer=self.other_dealer)
        seen = (
            self.env["customer.dealer.target"]
            .with_user(self.seller)
            .search([("id", "in", (own + other).ids)])
        )
        self.assertEqual(seen, own)
        with self.assertRaises(AccessError):
            own.with_user(self.seller).amount = 1
        with self.assertRaises(AccessError):
            other.with_user(self.seller).read(["attained"])
