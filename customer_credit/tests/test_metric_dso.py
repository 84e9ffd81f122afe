from odoo.tests import tagged

from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestDso(CreditCase):
    """The worked example of the handbook: months of 31, 28 and 31 days, 90 in all."""

    def _values(self, code, date_to="2023-03-31", months=3):
        found = self.env["customer.metric"]._evaluate(
            [code], date_to, months=months, company=self.env.company, partners=self.anna
        )
        value = found.get(self.anna.id, {}).get(code)
        return None if value is None else round(float(value), 4)

    def _world(self, sales, due="2023-03-01", paid=()):
        """Sell (day, amount) and pay parts of the invoices, by place, at once."""
        invoices = [self._invoice(amount, day, invoice_date_due=due) for day, amount in sales]
        for place, amount, day in paid:
            self._pay(invoices[place], amount, day)
        return invoices

    def test_the_example_of_the_handbook_counts_back_to_72_78_days(self):
        self._world(
            [("2023-01-15", 90), ("2023-02-15", 120), ("2023-03-15", 100)], paid=[(0, 50, "2023-03-20")]
        )
        self.assertEqual(self._values("dso_countback"), 72.7778)

    def test_best_possible_of_the_example_is_43_55_days(self):
        self._invoice(90, "2023-01-15", invoice_date_due="2023-02-01")
        self._invoice(70, "2023-02-15", invoice_date_due="2023-03-01")
        self._invoice(50, "2023-02-15", invoice_date_due="2023-04-30")
        self._invoice(100, "2023-03-15", invoice_date_due="2023-04-30")
        self.assertEqual(self._values("best_possible_dso"), 43.5484)

    def test_nothing_owed_is_zero_days_and_no_sales_is_no_value(self):
        invoice = self._invoice(100, "2023-03-10")
        self._pay(invoice, 100, "2023-03-11")
        self.assertEqual(self._values("dso_countback"), 0)
        self.assertEqual(self._values("dso_countback", "2022-12-31"), None)

    def test_older_debts_than_the_period_have_no_value_and_a_longer_period_has_one(self):
        self._invoice(500, "2022-07-10")
        self._invoice(100, "2023-03-10")
        self.assertEqual(self._values("dso_countback"), None)
        self.assertEqual(self._values("dso_countback", months=12), 274)

    def test_months_without_sales_count_their_days(self):
        self._invoice(100, "2023-01-10")
        self.assertEqual(self._values("dso_countback"), 90)

    def test_returns_larger_than_sales_count_as_a_month_without_sales(self):
        self._invoice(100, "2023-01-10")
        self._credit_note(40, "2023-03-10", self.anna)
        self.assertEqual(self._values("dso_countback"), round(31 + 28 + 60 / 100 * 31, 4))

    def test_collection_effectiveness_of_the_example_is_61_54_percent(self):
        old = self._invoice(500, "2023-01-10", invoice_date_due="2023-02-10")
        self._invoice(280, "2023-03-10", invoice_date_due="2023-04-10")
        self._invoice(20, "2023-03-10", invoice_date_due="2023-03-20")
        self._pay(old, 320, "2023-03-15")
        self.assertEqual(self._values("cei", months=1), 0.6154)

    def test_collection_effectiveness_of_months_takes_their_average(self):
        self._invoice(300, "2023-02-10", invoice_date_due="2023-02-20")
        self._invoice(300, "2023-03-10", invoice_date_due="2023-04-30")
        # 0 + 600 / 3 - 600 over 0 + 600 / 3 - 300: nothing could be collected of what was not there.
        self.assertEqual(self._values("cei"), None)

    def _queries(self):
        codes = ["dso_countback", "best_possible_dso", "cei", "limit_use"]
        before = self.env.cr.sql_log_count
        found = self.env["customer.metric"]._evaluate(codes, self.today, company=self.env.company)
        return len(found), self.env.cr.sql_log_count - before

    def test_more_customers_take_no_more_queries(self):
        self._invoice(100, self.today)
        self._queries()
        one, queries = self._queries()
        for i in range(5):
            partner = self._create_partner(name=f"Customer {i}")
            self._account(partner, limit=100)
            self._invoice(100, self.today, partner)
        self.env.flush_all()
        six, same = self._queries()
        self.assertEqual((one, six), (1, 6))
        self.assertLessEqual(same, queries)


@tagged("post_install", "-at_install")
class TestLimitUse(CreditCase):
    def _use(self, *partners):
        found = self.env["customer.metric"]._evaluate(
            ["limit_use"], self.today, months=1, company=self.env.company
        )
        return [found.get(partner.id, {}).get("limit_use") for partner in partners]

    def test_use_is_exposure_by_limit_and_missing_without_a_limit(self):
        self._account(self.anna, limit=1000)
        self._account(self.boris)
        self._invoice(250, self.today)
        self._invoice(250, self.today, self.boris)
        self.assertEqual(self._use(self.anna, self.boris), [0.25, None])

    def test_cash_only_is_used_up_by_anything(self):
        self._account(self.anna, limit=0)
        self._account(self.boris, limit=0)
        self._invoice(1, self.today)
        self.assertEqual(self._use(self.anna, self.boris), [1, 0])

    def test_a_group_uses_its_limit_with_its_members(self):
        group = self._account(self.anna, limit=1000)
        self._account(self.boris, limit=500, parent_id=group.id)
        self._invoice(100, self.today)
        self._invoice(200, self.today, self.boris)
        self.assertEqual([float(value) for value in self._use(self.anna, self.boris)], [0.3, 0.4])
        found = self.env["customer.metric"]._evaluate(
            ["limit_use"], self.today, months=1, company=self.env.company, partners=self.anna
        )
        self.assertEqual({p: float(v["limit_use"]) for p, v in found.items()}, {self.anna.id: 0.3})

    def test_of_past_days_there_is_no_value(self):
        self._account(self.anna, limit=1000)
        found = self.env["customer.metric"]._evaluate(["limit_use"], "2023-01-01", company=self.env.company)
        self.assertEqual(found, {})

    def test_the_signal_of_pressure_fires_from_95_percent(self):
        rule = self.env.ref("customer_management.alert_rule_limit_pressure")
        self._account(self.anna, limit=1000)
        self._invoice(949, self.today)
        self.assertNotIn(self.anna.id, rule._try(self.env.company, self.today).get(rule.id, ()))
        self._invoice(1, self.today)
        self.assertIn(self.anna.id, rule._try(self.env.company, self.today).get(rule.id, ()))
