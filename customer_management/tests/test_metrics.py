from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..exceptions import UnknownMetricError
from ..tools import trailing_period
from .common import TODAY, CustomerCase

CODES = (
    "revenue",
    "revenue_previous",
    "growth",
    "margin",
    "margin_rate",
    "order_count",
    "average_order",
    "recency_days",
    "cadence_days",
    "tenure_months",
    "product_breadth",
    "return_rate",
    "share_of_revenue",
    "lifetime_value",
)


class MetricCase(CustomerCase):
    """Two customers and a short word for a figure of one of them in 2024."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.metrics = cls.env["customer.metric"]
        cls.anna = cls._make_customer("Anna")
        cls.boris = cls._make_customer("Boris")

    def _value(self, code, customer=None, date_to=TODAY, **scope):
        """Return a figure of a customer (Anna): None when it has none."""
        values = self.metrics._evaluate([code], date_to, company=self.company, **scope)
        value = values.get((customer or self.anna).id, {}).get(code)
        return None if value is None else float(value)


@tagged("post_install", "-at_install")
class TestRevenueMetrics(MetricCase):
    """Net sales and what is counted from them."""

    def test_revenue_is_what_was_invoiced_less_what_was_credited(self):
        self._invoice(self.anna, 1000)
        self._invoice(self.anna, 500, "2024-02-03")
        self._invoice(self.anna, -200, "2024-06-01")
        self.assertEqual(self._value("revenue"), 1300)

    def test_a_receipt_without_an_invoice_is_revenue_too(self):
        self._invoice(self.anna, 80, move_type="out_receipt")
        self.assertEqual(self._value("revenue"), 80)

    def test_taxes_are_not_revenue(self):
        tax = self.env["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", "sale")]
        )[:1]
        move = self._invoice(self.anna, 100, post=False)
        move.invoice_line_ids.tax_ids = tax
        move.action_post()
        self.assertGreater(move.amount_total, 100)
        self.assertEqual(self._value("revenue"), 100)

    def test_drafts_cancelled_invoices_and_purchases_are_no_revenue(self):
        self._invoice(self.anna, 100, post=False)
        self._invoice(self.anna, 200, post=False).button_cancel()
        self._invoice(self.anna, 400, move_type="in_invoice")
        self.assertIsNone(self._value("revenue"))

    def test_the_first_and_the_last_day_of_the_period_are_part_of_it(self):
        for day, amount in (("2023-12-31", 1), ("2024-01-01", 10), ("2024-12-31", 100), ("2025-01-01", 1000)):
            self._invoice(self.anna, amount, day)
        self.assertEqual(self._value("revenue"), 110)
        self.assertEqual(self._value("revenue_previous"), 1)
        self.assertEqual(self._value("revenue", months=1), 100)

    def test_a_period_that_ends_on_the_last_of_february_begins_on_the_first_of_march(self):
        self.assertEqual(trailing_period(date(2024, 2, 29), 12), (date(2023, 3, 1), date(2024, 2, 29)))
        self.assertEqual(trailing_period(date(2023, 2, 28), 12), (date(2022, 3, 1), date(2023, 2, 28)))
        self.assertEqual(trailing_period(date(2024, 3, 30), 1), (date(2024, 2, 29), date(2024, 3, 30)))

    def test_the_period_before_ends_where_this_one_begins(self):
        scope = self.metrics._scope("2024-02-29", 3, self.company)
        self.assertEqual(scope.date_from, date(2023, 12, 1))
        self.assertEqual(
            (scope.previous.date_from, scope.previous.date_to), (date(2023, 9, 1), date(2023, 11, 30))
        )

    def test_revenue_in_another_currency_counts_at_the_rate_of_its_day(self):
        euro = self._make_currency("EUR", {"2024-01-01": 0.5, "2024-07-01": 0.25})
        self._invoice(self.anna, 100, "2024-06-30", currency_id=euro.id)
        self._invoice(self.anna, 100, "2024-07-01", currency_id=euro.id)
        self.assertEqual(self._value("revenue"), 200 + 400)

    def test_revenue_of_a_branch_is_the_companys_and_that_of_another_company_is_not(self):
        other = self._make_company("Sister Company")
        branch = self._make_company("Lantern Suzhou", parent_id=self.company.id)
        self._invoice(self.anna, 1)
        self._invoice(self.anna, 10, company=branch)
        self._invoice(self.anna, 100, company=other)
        self.assertEqual(self._value("revenue"), 11)
        alone = {
            company: float(
                self.metrics._evaluate(["revenue"], TODAY, company=company)[self.anna.id]["revenue"]
            )
            for company in (branch, other)
        }
        self.assertEqual(alone, {branch: 10, other: 100})

    def test_what_a_contact_bought_is_revenue_of_its_company(self):
        buyer = self._make_customer("Anna's buyer", parent_id=self.anna.id, is_company=False)
        self._invoice(buyer, 70)
        self._invoice(self.anna, 30)
        self.assertEqual(self._value("revenue"), 100)
        self.assertIsNone(self._value("revenue", buyer))

    def test_a_customer_that_became_a_branch_of_another_counts_with_it(self):
        self._invoice(self.anna, 100)
        self._invoice(self.boris, 40, "2024-02-01")
        self._invoice(self.boris, -10, "2024-03-01")
        self.boris.write({"is_company": False, "parent_id": self.anna.id})
        self.assertEqual(self._value("revenue"), 130)
        self.assertIsNone(self._value("revenue", self.boris))
        self.assertEqual(self._value("revenue", partners=self.anna), 130)
        self.assertAlmostEqual(self._value("return_rate"), 10 / 140)
        self.assertEqual(self._value("cadence_days"), 334)

    def test_nothing_at_all_is_missing_and_all_given_back_is_zero(self):
        self._invoice(self.boris, 100)
        self._invoice(self.boris, -100)
        self.assertIsNone(self._value("revenue", self.anna))
        self.assertEqual(self._value("revenue", self.boris), 0)

    def test_growth_compares_with_the_period_before(self):
        self._invoice(self.anna, 1000, "2023-05-01")
        self._invoice(self.anna, 1100, "2024-05-01")
        self._invoice(self.boris, 1000, "2023-05-01")
        self.assertAlmostEqual(self._value("growth"), 0.1)
        self.assertEqual(self._value("growth", self.boris), -1)

    def test_growth_of_a_new_customer_or_after_a_year_of_returns_is_missing(self):
        self._invoice(self.anna, 1000)
        self._invoice(self.boris, -100, "2023-05-01")
        self._invoice(self.boris, 1000)
        self.assertIsNone(self._value("growth"))
        self.assertIsNone(self._value("growth", self.boris))

    def test_the_share_of_revenue_is_of_all_customers_whoever_is_asked_for(self):
        carla = self._make_customer("Carla")
        self._invoice(self.anna, 300)
        self._invoice(self.boris, 100)
        self._invoice(carla, -40)
        self.assertEqual(self._value("share_of_revenue"), 0.75)
        self.assertEqual(self._value("share_of_revenue", partners=self.anna), 0.75)
        self.assertEqual(self._value("share_of_revenue", carla), -0.1)

    def test_there_are_no_shares_where_nobody_bought(self):
        self._invoice(self.anna, -40)
        self.assertIsNone(self._value("share_of_revenue"))

    def test_revenue_ever_counts_all_days_up_to_the_last(self):
        for day, amount in (("2015-05-01", 1), ("2024-12-31", 10), ("2025-01-01", 100)):
            self._invoice(self.anna, amount, day)
        self.assertEqual(self._value("lifetime_value"), 11)

    def test_the_return_rate_is_what_came_back_of_what_was_sold(self):
        self._invoice(self.anna, 1000)
        self._invoice(self.anna, -50)
        self._invoice(self.boris, 1000)
        self.assertEqual(self._value("return_rate"), 0.05)
        self.assertEqual(self._value("return_rate", self.boris), 0)

    def test_returns_without_sales_have_no_rate(self):
        self._invoice(self.anna, -50)
        self.assertIsNone(self._value("return_rate"))


@tagged("post_install", "-at_install")
class TestEvaluation(MetricCase):
    """Many metrics of many customers at once."""

    def test_a_metric_nobody_computes_is_refused_by_its_name(self):
        with self.assertRaisesRegex(UnknownMetricError, "“luck”"):
            self.metrics._evaluate(["luck"], TODAY)
        with self.assertRaisesRegex(ValidationError, "“luck”"):
            self.metrics.create({"name": "Luck", "code": "luck"})

    def test_the_code_of_a_metric_is_always_one_that_is_computed(self):
        for code in ("luck", "sql", "", "revenue; DROP TABLE res_partner"):
            with self.subTest(code), self.assertRaisesRegex(ValidationError, "No installed addon computes"):
                self._metric("revenue").code = code

    def test_to_ask_for_nothing_or_for_nobody_is_answered_with_nothing(self):
        self._invoice(self.anna, 10)
        self.assertEqual(self.metrics._evaluate([], TODAY), {})
        self.assertEqual(self.metrics._evaluate(["revenue"], TODAY, partners=self.env["res.partner"]), {})

    def test_only_the_customers_asked_for_are_evaluated(self):
        self._invoice(self.anna, 10)
        self._invoice(self.boris, 20)
        codes = list(CODES)
        values = self.metrics._evaluate(codes, TODAY, company=self.company, partners=self.boris)
        self.assertEqual(list(values), self.boris.ids)
        self.assertEqual(list(values[self.boris.id]), codes)
        self.assertEqual(float(values[self.boris.id]["revenue"]), 20)
        self.assertIsNone(values[self.boris.id]["growth"])

    def test_all_metrics_of_all_customers_take_one_statement(self):
        every = self.metrics.search([]).mapped("code")
        self.assertLessEqual(set(CODES), set(every))
        self._invoice(self.anna, 10)
        # What is kept in memory between requests is read once.
        self._count_queries(every)
        few = [self._count_queries(codes) for codes in (["revenue"], CODES, every)]
        self.assertEqual(few[0], few[1], "more metrics, more queries")
        self._invoice_all({f"Customer {i}": 10 + i for i in range(20)})
        many = [self._count_queries(codes) for codes in (["revenue"], CODES, every)]
        self.assertEqual(few, many, "more customers, more queries")

    def _count_queries(self, codes):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.metrics._evaluate(codes, TODAY, company=self.company)
        return self.cr.sql_log_count - before
