"""How large the ledger is, and the small arithmetic that all of it shares."""

import datetime as dt
import math
from dataclasses import dataclass
from functools import cache

# Fixed, so that the figures of two runs can be compared.
TODAY = dt.date(2025, 12, 31)


@dataclass(frozen=True)
class Settings:
    """The ledger's size and period; equal settings make the same ledger."""

    customers: int
    invoices: int
    seed: int = 1
    months: int = 36
    today: dt.date = TODAY
    # Customers with (about) this many documents, found by their reference PERF-W<number>.
    whales: tuple = (10, 1000, 20000)

    @property
    def last(self):
        return self.today.toordinal()

    @property
    def first(self):
        return self.last - int(self.months * 30.4375)


@cache
def iso(day):
    """Return an ordinal day as text."""
    return dt.date.fromordinal(day).isoformat()


def month(day):
    return iso(day)[:7]


def month_end(day):
    """Return the last day of the month of an ordinal day."""
    date = dt.date.fromordinal(day)
    return dt.date(date.year + date.month // 12, date.month % 12 + 1, 1).toordinal() - 1


def half_up(number):
    return math.floor(number + 0.5)


def money(cents):
    """Return cents as the text of a decimal number."""
    return f"{cents / 100:.2f}"
