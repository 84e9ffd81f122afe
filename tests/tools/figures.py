"""What a receivables file alone says, worked out in plain Python by other means than the addons'."""

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

LIMITS = (30, 60, 90, 180, 365)
ABC = ("A", "B", "C")


class Figures:
    """What the file alone says."""

    def __init__(self, path):
        with path.open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))
        for row in self.rows:
            row["amount"] = Decimal(row["amount"])
            for column in ("invoice_date", "due_date", "settled_date"):
                row[column] = date(*map(int, row[column].split("-")))

    def open_items(self, day, basis, limits=LIMITS):
        """Return {invoice: (customer, amount, days, bucket)} of what is open at the end of a day."""
        items = {}
        for row in self.rows:
            if row["invoice_date"] <= day < row["settled_date"]:
                age = (day - row["due_date" if basis == "due" else "invoice_date"]).days
                items[row["invoice"]] = row["customer"], row["amount"], age, bucket(age, basis, limits)
        return items

    def within(self, column, last):
        """Yield the rows of the twelve months that end on a day, by one of their dates."""
        first = (last + timedelta(days=1)).replace(year=last.year - 1)
        return (row for row in self.rows if first <= row[column] <= last)

    def revenue(self, last):
        revenue = defaultdict(Decimal)
        for row in self.within("invoice_date", last):
            revenue[row["customer"]] += row["amount"]
        return dict(revenue)

    def days_late(self, last):
        """Return the average days from due date to payment of each customer, weighted by amount."""
        paid, late = Counter(), Counter()
        for row in self.within("settled_date", last):
            paid[row["customer"]] += row["amount"]
            late[row["customer"]] += row["amount"] * (row["settled_date"] - row["due_date"]).days
        return {customer: Fraction(late[customer]) / Fraction(paid[customer]) for customer in paid}

    def on_time(self, last):
        """Return the part of the amount paid by its due date, of each customer that paid something."""
        paid, good = Counter(), Counter()
        for row in self.within("settled_date", last):
            paid[row["customer"]] += row["amount"]
            good[row["customer"]] += row["amount"] * (row["settled_date"] <= row["due_date"])
        return {customer: Fraction(good[customer]) / Fraction(paid[customer]) for customer in paid}

    def days_outstanding(self, last):
        """Return the days of the latest sales that are still owed, of each customer; None for more than a year.

        The last day is the end of a month: sales are taken back month by month.
        """
        owed, sold = Counter(), defaultdict(Counter)
        for customer, amount, _age, _bucket in self.open_items(last, "due").values():
            owed[customer] += amount
        for row in self.within("invoice_date", last):
            sold[row["customer"]][row["invoice_date"].replace(day=1)] += row["amount"]
        found = {}
        for customer in {*owed, *sold}:
            rest, end, days = Fraction(owed[customer]), last, Fraction(0)
            for _back in range(12):
                first = end.replace(day=1)
                length, sales = (end - first).days + 1, Fraction(sold[customer][first])
                if rest > 0:
                    days += length * (min(rest / sales, 1) if sales else 1)
                    rest -= sales
                end = first - timedelta(days=1)
            found[customer] = None if rest > 0 else days
        return found


def bucket(age, basis, limits):
    """Return the bucket of an age: upper-inclusive; day 0 is not due, but the youngest by invoice date."""
    if age <= 0:
        return 0 if basis == "due" else 1
    return 1 + sum(age > limit for limit in limits)


def first_beyond(place, cuts):
    """Return the first grade whose cut, in percent, lies beyond a place."""
    return next((name for name, cut in zip(ABC, cuts, strict=False) if place < Fraction(cut, 100)), ABC[-1])


def pareto(revenue, cuts):
    total = sum(revenue.values())
    above = {
        name: sum(other for other in revenue.values() if other > value) for name, value in revenue.items()
    }
    return {name: first_beyond(Fraction(above[name]) / Fraction(total), cuts) for name in revenue}


def by_rank(revenue, cuts):
    above = {name: sum(other > value for other in revenue.values()) for name, value in revenue.items()}
    return {name: first_beyond(Fraction(above[name], len(revenue)), cuts) for name in revenue}


def by_threshold(revenue, cuts):
    return {
        name: next((grade for grade, cut in zip(ABC, cuts, strict=False) if value >= cut), ABC[-1])
        for name, value in revenue.items()
    }
