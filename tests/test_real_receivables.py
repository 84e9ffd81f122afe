"""A public sample of receivables, loaded into the ledger: aging, grading and payment habits to the cent.

What is expected is worked out from the file alone, in plain Python (``tools.figures``).
"""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter
from pathlib import Path
from unittest import SkipTest

from tools.figures import ABC, LIMITS, Figures, by_rank, by_threshold, pareto
from tools.loading import load
from tools.receivables import read

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

FILE = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "receivables.csv"
DAYS = [
    date(2012, 3, 31),
    date(2012, 6, 30),
    date(2012, 9, 30),
    date(2012, 12, 31),
    date(2013, 3, 31),
    date(2013, 5, 25),  # an item is 30 days past due: the last day of the first bucket
    date(2013, 6, 30),
]
# The grading and the payment habits are compared on two days; neither period is a calendar year.
PERIOD_ENDS = [date(2013, 3, 31), date(2013, 6, 30)]


def cents(amount):
    """Return an amount as the database gives it, a float, as Decimal with two places."""
    return Decimal(repr(amount)).quantize(Decimal("0.01"))


@tagged("post_install", "-at_install", "standard")
class TestRealReceivables(TransactionCase):
    """1,930 invoices of 100 customers in five countries, as they were paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not FILE.is_file():
            raise SkipTest(f"the public sample of receivables is not there: {FILE}")
        cls.figures = Figures(FILE)
        cls.loaded = load(cls.env, read(FILE), "Real Receivables")
        cls.company = cls.loaded.company
        cls.name = {partner.id: partner.name for partner in cls.loaded.customers}
        cls.reports = {(day, basis): cls._report(day, basis) for basis in ("due", "invoice") for day in DAYS}

    # Aging

    @classmethod
    def _report(cls, day, basis, limits=LIMITS):
        buckets = cls.env["customer.aging.bucket.set"].create(
            {
                "name": "Real",
                "basis": basis,
                "bucket_ids": [Command.create({"day_to": limit}) for limit in limits],
            }
        )
        report = cls.env["customer.aging.report"].create(
            {
                "company_id": cls.company.id,
                "company_ids": [Command.set(cls.company.ids)],
                "date_to": day,
                "basis": basis,
                "bucket_set_id": buckets.id,
            }
        )
        report.action_compute()
        return report

    def _cases(self):
        for (day, basis), report in self.reports.items():
            yield f"{day}, {basis}", report, self.figures.open_items(day, basis)

    def test_known_figures(self):
        """The open amount and count of 31 March 2013, by the definition that came with the file."""
        report = self.reports[DAYS[4], "due"]
        items = [row for row in self.figures.rows if row["invoice_date"] <= DAYS[4] < row["settled_date"]]
        expected = sum(row["amount"] for row in items), len(items)
        self.assertEqual(expected, (Decimal("5903.74"), 94))
        self.assertEqual((cents(report.total), report.line_count), expected)

    def test_items(self):
        """Each open item: its customer, its amount, its age and its bucket."""
        for case, report, expected in self._cases():
            with self.subTest(case):
                found = {
                    line.move_id.ref: (
                        line.partner_id.name,
                        cents(line.amount_residual),
                        line.days,
                        line.bucket,
                    )
                    for line in report.line_ids
                }
                self.assertEqual(found, expected)

    def test_fine_buckets(self):
        """Narrow buckets, because in this file nothing is older than 74 days."""
        limits = (1, 7, 14, 21, 28, 35, 50, 70)
        for basis in ("due", "invoice"):
            for day in DAYS:
                with self.subTest(day=day, basis=basis):
                    lines = self._report(day, basis, limits).line_ids
                    expected = self.figures.open_items(day, basis, limits)
                    found = {line.move_id.ref: line.bucket for line in lines}
                    self.assertEqual(found, {number: item[3] for number, item in expected.items()})

    def test_totals(self):
        """Total, number and buckets of the whole, and the proof against the ledger."""
        for case, report, expected in self._cases():
            with self.subTest(case):
                amounts, counts = defaultdict(Decimal), Counter()
                for _customer, amount, _age, number in expected.values():
                    amounts[number] += amount
                    counts[number] += 1
                groups = self.env["customer.aging.line"]._read_group(
                    [("report_id", "=", report.id)], ["bucket"], ["amount_residual:sum", "__count"]
                )
                self.assertEqual({number: cents(amount) for number, amount, _count in groups}, amounts)
                self.assertEqual({number: count for number, _amount, count in groups}, counts)
                self.assertEqual(
                    (cents(report.total), report.line_count), (sum(amounts.values()), len(expected))
                )
                self.assertEqual((cents(report.ledger_balance), report.difference), (cents(report.total), 0))
                self.assertTrue(
                    report.is_equal and report.check_ids and all(report.check_ids.mapped("is_equal"))
                )

    def test_customers(self):
        """Each bucket of each customer, and the view of what each customer owes."""
        for case, report, expected in self._cases():
            with self.subTest(case):
                amounts, totals = defaultdict(Decimal), defaultdict(Decimal)
                for customer, amount, _age, number in expected.values():
                    amounts[customer, number] += amount
                    totals[customer] += amount
                groups = self.env["customer.aging.line"]._read_group(
                    [("report_id", "=", report.id)], ["partner_id", "bucket"], ["amount_residual:sum"]
                )
                self.assertEqual(
                    {(who.name, number): cents(amount) for who, number, amount in groups}, amounts
                )
                owed = self.env["customer.aging.partner"].search([("report_id", "=", report.id)])
                self.assertEqual({line.partner_id.name: cents(line.total) for line in owed}, totals)
                due = {line.partner_id.name: cents(line.current) for line in owed}
                self.assertEqual(due, {customer: amounts[customer, 0] for customer in totals})

    def test_one_customer(self):
        """A report on one customer only has that customer's items."""
        customer = self.loaded.customers[0]
        report = self._report(date(2013, 3, 31), "due")
        report.partner_ids = customer
        report.action_compute()
        items = self.figures.open_items(date(2013, 3, 31), "due").values()
        expected = sum(amount for name, amount, _age, _number in items if name == customer.name)
        self.assertTrue(expected)
        self.assertEqual((cents(report.total), report.difference), (expected, 0))

    # Grading

    def _results(self, method, cuts, last):
        """Return {customer: result} of a run with three grades."""
        grades = zip(ABC, (*cuts, 0), strict=True)
        scheme = self.env["customer.grade.scheme"].create(
            {
                "name": f"Real {method}",
                "company_id": self.company.id,
                "method": method,
                "metric_id": self.env.ref("customer_management.metric_revenue").id,
                "months": 12,
                "grade_ids": [
                    Command.create({"name": name, "sequence": i, "cut": cut})
                    for i, (name, cut) in enumerate(grades)
                ],
            }
        )
        results = scheme.action_run(last).result_ids
        ours = results.filtered(lambda result: result.partner_id.id in self.name)
        for result in results - ours:
            # Customers of all companies are graded too, as they might have bought here.
            self.assertEqual((result.grade_id.name, result.value), ("C", 0))
        return {result.partner_id.name: result for result in ours}

    def _check_grades(self, results, expected, revenue):
        found = {name: result.grade_id.name for name, result in results.items() if result.has_value}
        self.assertEqual(found, expected)
        self.assertEqual({name: cents(results[name].value) for name in revenue}, revenue)
        others = {results[name].grade_id.name for name in set(results) - set(revenue)}
        self.assertLessEqual(others, {"C"})
        self.assertEqual(set(results), set(self.name.values()))

    def test_pareto(self):
        """Grades by share of the amount, with shares and ranks."""
        for last in PERIOD_ENDS:
            revenue = self.figures.revenue(last)
            for cuts in ((70, 90), (55, 85)):
                with self.subTest(last=last, cuts=cuts):
                    results = self._results("pareto", cuts, last)
                    expected = pareto(revenue, cuts)
                    self.assertEqual(set(expected.values()), set(ABC))
                    self._check_grades(results, expected, revenue)
                    self._check_shares(results, revenue)

    def _check_shares(self, results, revenue):
        total, upto = sum(revenue.values()), Decimal(0)
        for place, (name, value) in enumerate(sorted(revenue.items(), key=itemgetter(1), reverse=True), 1):
            upto += value
            self.assertEqual(results[name].rank, place)
            self.assertAlmostEqual(results[name].share, float(value / total), delta=1e-6)
            self.assertAlmostEqual(results[name].cumulative_share, float(upto / total), delta=1e-6)

    def test_rank(self):
        """Grades by share of the customers; a cut that falls between two customers too."""
        for last in PERIOD_ENDS:
            revenue = self.figures.revenue(last)
            for cuts in ((10, 30), (33.5, 66.5)):
                with self.subTest(last=last, cuts=cuts):
                    results = self._results("rank", cuts, last)
                    exact = [Fraction(str(cut)) for cut in cuts]
                    self._check_grades(results, by_rank(revenue, exact), revenue)

    def test_threshold(self):
        """Grades by revenue; a customer that reaches a threshold exactly has the grade."""
        for last in PERIOD_ENDS:
            revenue = self.figures.revenue(last)
            ranking = sorted(revenue.values(), reverse=True)
            for cuts in ((ranking[14], ranking[49]), (Decimal(2000), Decimal(1000))):
                with self.subTest(last=last, cuts=cuts):
                    results = self._results("threshold", [float(cut) for cut in cuts], last)
                    expected = by_threshold(revenue, cuts)
                    self.assertGreater(len(set(expected.values())), 1)
                    self._check_grades(results, expected, revenue)

    # Payment habits

    def _metrics(self, codes, last):
        found = self.env["customer.metric"]._evaluate(codes, last, months=12, company=self.company)
        self.assertLessEqual(set(found), set(self.name))
        return {self.name[partner]: values for partner, values in found.items()}

    def test_days_late(self):
        """Average days from due date to payment, weighted by amount, early ones negative."""
        for last in PERIOD_ENDS:
            with self.subTest(last=last):
                expected = self.figures.days_late(last)
                found = self._metrics(["days_late_average"], last)
                self.assertEqual(set(found), set(expected))
                self.assertTrue(any(days < 0 for days in expected.values()))
                for name, days in expected.items():
                    self.assertAlmostEqual(Fraction(found[name]["days_late_average"]), days, delta=1e-9)

    def test_paid_on_time_and_days_outstanding(self):
        """The part that is paid by its due date, and the DSO counted back month by month."""
        for last in PERIOD_ENDS:
            for code, expected in (
                ("on_time_rate", self.figures.on_time(last)),
                ("dso_countback", self.figures.days_outstanding(last)),
            ):
                with self.subTest(last=last, metric=code):
                    known = {name: value for name, value in expected.items() if value is not None}
                    self.assertGreater(len(set(known.values())), 10)
                    found = self._metrics([code], last)
                    self.assertEqual(set(found), set(known))
                    for name, value in known.items():
                        self.assertAlmostEqual(Fraction(found[name][code]), value, delta=1e-9)

    def test_receivable_metrics(self):
        """What each customer owes, what of it is past due, and for how long."""
        codes = ["receivable", "overdue_amount", "overdue_days_max"]
        for last in PERIOD_ENDS:
            with self.subTest(last=last):
                owed, overdue, oldest = defaultdict(Decimal), defaultdict(Decimal), {}
                for name, amount, age, number in self.figures.open_items(last, "due").values():
                    owed[name] += amount
                    overdue[name] += amount if number else 0
                    if number:
                        oldest[name] = max(age, oldest.get(name, 0))
                expected = {name: (owed[name], overdue[name], oldest.get(name)) for name in owed}
                found = self._metrics(codes, last)
                for metrics in found.values():
                    metrics.update({code: cents(metrics[code]) for code in codes[:2]})
                self.assertEqual({name: tuple(metrics.values()) for name, metrics in found.items()}, expected)
