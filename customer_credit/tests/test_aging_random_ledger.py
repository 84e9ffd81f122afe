"""Any ledger, any day: the open items are the ledger, and each is where a slow, plain computation puts it."""

import os
from collections import defaultdict
from contextlib import closing
from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, note, settings

from odoo.fields import Command
from odoo.tests import tagged

from .common import AgingCase
from .plain_books import Books, exact
from .random_ledger import CUSTOMERS, RATES, TERMS, Ledger, plans

LIMITS = [(30, 60, 90, 180, 365), (1,), (), (7, 14, 400)]
# CI draws the same ledgers each time; AGING_EXAMPLES=1000 looks for trouble among that many new ones.
EXAMPLES = os.environ.get("AGING_EXAMPLES")
DRAWN = settings(
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    max_examples=int(EXAMPLES or 20),
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)


@tagged("post_install", "-at_install")
class TestAgingRandomLedger(AgingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currencies = {name: cls._create_rates(name, rates) for name, rates in RATES.items()}
        abroad = cls.setup_other_company(currency_id=cls.currencies["JPY"].id)
        cls.companies = {"home": cls.company, "abroad": abroad["company"]}
        cls._use_payment_accounts(abroad["company"], abroad["default_account_assets"])
        cls.terms = {name: cls._create_term(*instalments) for name, instalments in TERMS.items()}
        cls.customers = {
            "Anna": cls.anna,
            "Anna's buyer": cls.anna_buyer,
            "Anna's agent": cls._create_partner(name="Anna's agent", parent_id=cls.anna_buyer.id),
            "Boris": cls.boris,
            "Clara": cls._create_partner(name="Clara"),
        }
        cls.receivables = {}
        for name, company in cls.companies.items():
            main = cls._accounts_of(company)["receivable"]
            second = cls.copy_account(main)
            cls.receivables |= {(name, "main"): main, (name, "second"): second}
            cls.boris.with_company(company).property_account_receivable_id = second
        cls.bucket_sets = {limits: cls._create_buckets(*limits) for limits in LIMITS}

    @classmethod
    def _create_rates(cls, name, rates):
        currency = cls.setup_other_currency(name, rates=[])
        currency.rate_ids = [
            Command.create({"name": day, "rate": rate, "company_id": False}) for day, rate in rates.items()
        ]
        return currency

    @DRAWN
    @given(plan=plans(invoices=6, payments=4, entries=2))
    def test_customers_who_pay_in_parts_or_too_much_in_any_currency(self, plan):
        self._check_plan(plan)

    @DRAWN
    @given(plan=plans(entries=6, payments=2, steps=("match", "undo", "match", "undo all")))
    def test_entries_by_hand_applied_to_each_other_and_taken_apart(self, plan):
        self._check_plan(plan)

    @DRAWN
    @given(plan=plans(invoices=3, entries=2, payments=4, steps=("reset", "repost", "cancel", "match")))
    def test_documents_corrected_or_cancelled_when_they_are_paid(self, plan):
        self._check_plan(plan)

    def _check_plan(self, plan):
        """Build the ledger, look at it on several days, and take it back."""
        with closing(self.env.cr.savepoint()):
            Ledger(self, plan)
            books = Books(self.env, self.env.companies)
            note(str(books))
            days = books.days() or [self.today]
            looks = {days[look % len(days)] for look in plan.looks}
            for number, day in enumerate(sorted({days[0], *looks, self.today})):
                for basis in ("due", "invoice"):
                    self._check_day(books, day, basis, number)
                self._check_metrics(books, day)
            self._check_bars(books)

    def _check_day(self, books, day, basis, number):
        """Check a report of both companies, and one of a single company or of a single customer."""
        limits = LIMITS[number % len(LIMITS)]
        values = {"basis": basis, "bucket_set_id": self.bucket_sets[limits].id}
        self._check_report(books, self._report(day, **values), limits)
        if basis == "due":
            company = list(self.companies.values())[number % 2]
            self._check_report(books, self._report(day, company_ids=company.ids, **values), limits)
        else:
            customer = self.customers[CUSTOMERS[number % len(CUSTOMERS)]]
            self._check_report(books, self._report(day, partner_ids=customer.ids, **values), limits)

    def _check_report(self, books, report, limits):
        """The total is the balance of the accounts; each item is there as the books have it."""
        day, basis, customer = report.date_to, report.basis, report.partner_ids.commercial_partner_id.id
        words = f"{report.name} by {basis}, limits {limits}"
        expected = {
            key: item
            for key, item in books.open_items(day, basis, limits).items()
            if item[0] in report.company_ids.ids and customer in (False, item[2])
        }
        self.assertEqual(self._lines(report), expected, words)
        totals = defaultdict(Decimal)
        for item in expected.values():
            totals[item[:2]] += item[4]
        balances = books.balances(day, report.company_ids.ids, customer)
        if not customer:
            self.assertEqual(
                {key: totals[key] for key in balances}, balances, f"the computation itself, {words}"
            )
        self.assertEqual(
            {
                (check.company_id.id, check.account_id.id): (exact(check.total), exact(check.ledger_balance))
                for check in report.check_ids
            },
            {key: (totals[key], balance) for key, balance in balances.items()},
            words,
        )
        # Somebody may pay for another customer: then the one's items and what was settled between them are
        # the one's balance.
        self.assertEqual((report.is_equal, report.difference), (True, 0), words)
        between = {
            (check.company_id.id, check.account_id.id): exact(check.settled_between)
            for check in report.check_ids
        }
        self.assertEqual(between, {key: totals[key] - balance for key, balance in balances.items()}, words)
        if not customer:
            self.assertFalse(any(between.values()), words)

    def _check_metrics(self, books, day):
        """The metrics are sums of the open items by customer, company by company."""
        codes = ["receivable", "overdue_amount", "overdue_days_max"]
        for company in self.companies.values():
            expected = {}
            for item in books.open_items(day, "due", ()).values():
                if item[0] == company.id and item[2]:
                    expected.setdefault(item[2], []).append(item)
            found = self.env["customer.metric"]._evaluate(codes, day, company=company)
            self.assertEqual(
                {
                    key: {code: value and exact(value) for code, value in row.items()}
                    for key, row in found.items()
                },
                {key: self._figures(items) for key, items in expected.items()},
                f"{company.name} on {day}",
            )

    def _figures(self, items):
        overdue = [item for item in items if item[7] > 0]
        return {
            "receivable": sum(item[4] for item in items),
            "overdue_amount": sum(item[4] for item in overdue),
            "overdue_days_max": max((item[6] for item in overdue), default=None),
        }

    def _check_bars(self, books):
        """The bar on a customer's form shows today's open items of the current company."""
        limits = self.env["customer.aging.bucket.set"].search([("basis", "=", "due")], limit=1)._limits()
        expected = defaultdict(Decimal)
        for item in books.open_items(self.today, "due", limits).values():
            if item[0] == self.env.company.id:
                expected[item[2], item[7]] += item[4]
        for customer in self.customers.values():
            chart = customer.customer_aging_chart or {"buckets": []}
            owner = customer.commercial_partner_id.id
            self.assertEqual(
                {bucket["index"]: exact(bucket["amount"]) for bucket in chart["buckets"] if bucket["amount"]},
                {
                    bucket: amount
                    for (partner, bucket), amount in expected.items()
                    if partner == owner and amount
                },
                customer.name,
            )

    def _lines(self, report):
        lines = {
            line.move_line_id.id: (
                line.company_id.id,
                line.account_id.id,
                line.partner_id.id,
                line.currency_id.id,
                exact(line.amount_residual),
                exact(line.amount_residual_currency),
                line.days,
                line.bucket,
            )
            for line in report.line_ids
        }
        self.assertEqual(len(lines), len(report.line_ids), "an item is there twice")
        self.assertEqual(
            report.line_ids.mapped("bucket"), [line.bucket_id.sequence for line in report.line_ids]
        )
        return lines
