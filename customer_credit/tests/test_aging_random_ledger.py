"""Any ledger, any day: the open items are the ledger, and each is where a slow, plain computation puts it."""

import os
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, note, settings

from odoo.fields import Command
from odoo.tests import tagged

from .common import AgingCase
from .random_ledger import CUSTOMERS, RATES, TERMS, Ledger, plans

# CI draws the same ledgers each time; AGING_EXAMPLES=1000 looks for trouble among that many new ones.
EXAMPLES = os.environ.get("AGING_EXAMPLES")
LIMITS = [(30, 60, 90, 180, 365), (1,), (), (7, 14, 400)]


@dataclass
class Item:
    """A posted journal item on a receivable account, as read from the ledger."""

    id: int
    company: int
    account: int
    partner: int
    currency: int
    date: date
    due: date | bool
    invoiced: date | bool
    balance: Decimal
    amount_currency: Decimal


@dataclass
class Partial:
    """A reconciliation of two journal items."""

    debit: int
    credit: int
    day: date
    amount: Decimal
    debit_currency: Decimal
    credit_currency: Decimal


def exact(number):
    """Return an amount as it is in the database."""
    return Decimal(repr(number)).normalize()


class Books:
    """The ledger read item by item, and the open items of a day worked out the slow way."""

    def __init__(self, env, companies):
        self.items, self.partials = {}, []
        domain = [
            ("account_id.account_type", "=", "asset_receivable"),
            ("parent_state", "=", "posted"),
            ("company_id", "in", companies.ids),
        ]
        for line in env["account.move.line"].search(domain, order="date, id"):
            self.items[line.id] = Item(
                line.id,
                line.company_id.id,
                line.account_id.id,
                line.partner_id.commercial_partner_id.id,
                line.currency_id.id,
                line.date,
                line.date_maturity,
                line.invoice_date,
                exact(line.balance),
                exact(line.amount_currency),
            )
        for partial in env["account.partial.reconcile"].search([("company_id", "in", companies.ids)]):
            # What is settled by an entry that is no longer posted is not settled.
            if {partial.debit_move_id.id, partial.credit_move_id.id} <= set(self.items):
                self.partials.append(
                    Partial(
                        partial.debit_move_id.id,
                        partial.credit_move_id.id,
                        partial.max_date,
                        exact(partial.amount),
                        exact(partial.debit_amount_currency),
                        exact(partial.credit_amount_currency),
                    )
                )

    def days(self):
        """Return the days on which something happens, and those before and after."""
        days = {item.date for item in self.items.values()} | {partial.day for partial in self.partials}
        days |= {item.due for item in self.items.values() if item.due}
        return sorted({day + timedelta(days=more) for day in days for more in (-1, 0, 1)})

    def balances(self, day, companies, partner=False):
        """Return the balance of each account: ``{(company, account): amount}``."""
        found = defaultdict(Decimal)
        for item in self.items.values():
            if item.date <= day and item.company in companies and partner in (False, item.partner):
                found[item.company, item.account] += item.balance
        return dict(found)

    def open_items(self, day, basis, limits):
        """Return what is open: ``{item: (company, account, partner, currency, amounts, days, bucket)}``."""
        found = {}
        for item in self.items.values():
            if item.date > day:
                continue
            amount, amount_currency = self.residual(item, day)
            if amount or amount_currency:
                days = self.age(item, day, basis)
                place = self.bucket(amount or amount_currency, days, basis, limits)
                found[item.id] = (
                    item.company,
                    item.account,
                    item.partner,
                    item.currency,
                    amount,
                    amount_currency,
                    days,
                    place,
                )
        return found

    def residual(self, item, day):
        """Return what is left of an item on a day, in company and in document currency."""
        amount, amount_currency = item.balance, item.amount_currency
        for partial in self.partials:
            if partial.day <= day and partial.debit == item.id:
                amount -= partial.amount
                amount_currency -= partial.debit_currency
            if partial.day <= day and partial.credit == item.id:
                amount += partial.amount
                amount_currency += partial.credit_currency
        return amount, amount_currency

    @staticmethod
    def age(item, day, basis):
        """Return the days past the date that the age counts from."""
        start = (basis == "due" and item.due) or item.invoiced or item.date
        return (day - start).days

    @staticmethod
    def bucket(amount, days, basis, limits):
        """Return the number of the column: -1 a credit, 0 not due, then by age with an open end."""
        if amount < 0:
            return -1
        if basis == "due" and days <= 0:
            return 0
        for number, limit in enumerate(limits, 1):
            if days <= limit:
                return number
        return len(limits) + 1

    def __str__(self):
        lines = [
            f"item {item.id}: {item.date} due {item.due} invoiced {item.invoiced} company {item.company} "
            f"account {item.account} partner {item.partner} {item.balance} ({item.amount_currency} in {item.currency})"
            for item in self.items.values()
        ]
        lines += [f"{partial.day}: {partial}" for partial in sorted(self.partials, key=lambda one: one.day)]
        return "\n".join(lines)


@tagged("post_install", "-at_install")
class TestAgingRandomLedger(AgingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.currencies = {name: cls._create_rates(name, rates) for name, rates in RATES.items()}
        cls.company_data_2 = cls.setup_other_company(currency_id=cls.currencies["JPY"].id)
        cls.companies = {"home": cls.company, "abroad": cls.company_data_2["company"]}
        cls._use_payment_accounts(cls.companies["abroad"], cls.company_data_2["default_account_assets"])
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

    @settings(
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        max_examples=int(EXAMPLES or 25),
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(plan=plans())
    def test_open_items_are_the_ledger_on_any_day(self, plan):
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
        """Compare a report of both companies, of one, and of one customer."""
        limits = LIMITS[number % len(LIMITS)]
        values = {"basis": basis, "bucket_set_id": self.bucket_sets[limits].id}
        companies = list(self.companies.values())[number % 2]
        self._check_report(books, self._report(day, **values), limits)
        self._check_report(books, self._report(day, company_ids=companies.ids, **values), limits)
        customer = self.customers[CUSTOMERS[number % len(CUSTOMERS)]]
        self._check_report(books, self._report(day, partner_ids=customer.ids, **values), limits)

    def _check_report(self, books, report, limits):
        """The total is the balance of the accounts; each item is open by the right amount in the right column."""
        day, basis, customer = report.date_to, report.basis, report.partner_ids.commercial_partner_id.id
        words = f"{report.name} by {basis}, limits {limits}"
        balances = books.balances(day, report.company_ids.ids, customer)
        checks = {
            (check.company_id.id, check.account_id.id): (exact(check.total), exact(check.ledger_balance))
            for check in report.check_ids
        }
        self.assertEqual(checks, {key: (amount, amount) for key, amount in balances.items()}, words)
        self.assertTrue(report.is_equal, words)
        self.assertEqual(report.total, report.ledger_balance, words)
        self.assertEqual(report.difference, 0, words)
        expected = books.open_items(day, basis, limits)
        shown = {
            key: item
            for key, item in expected.items()
            if item[0] in report.company_ids.ids and customer in (False, item[2])
        }
        self.assertEqual(self._lines(report), shown, words)

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
                {key: {code: value and exact(value) for code, value in row.items()} for key, row in found.items()},
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
                {bucket: amount for (partner, bucket), amount in expected.items() if partner == owner and amount},
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
        self.assertEqual(report.line_ids.mapped("bucket"), [line.bucket_id.sequence for line in report.line_ids])
        return lines
