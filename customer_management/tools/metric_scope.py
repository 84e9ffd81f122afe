from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytz
from dateutil.relativedelta import relativedelta

from odoo.tools import SQL


def trailing_period(date_to: date, months: int) -> tuple[date, date]:
    """Return the first and last day of the ``months`` months that end on ``date_to``, both included."""
    return date_to + timedelta(days=1) - relativedelta(months=months), date_to


def of_customers(column: SQL, customer_ids) -> SQL:
    """Return the condition that ``column``, any partner, is one of these customers or a contact of one."""
    return SQL(
        "%s IN (SELECT id FROM res_partner WHERE commercial_partner_id = ANY(%s))", column, list(customer_ids)
    )


@dataclass(frozen=True)
class MetricScope:
    """For which companies, days and customers a metric is asked.

    :ivar company_ids: the company and its branches, which share its ledger
    :ivar date_from: the first day, included
    :ivar date_to: the last day, included
    :ivar months: the length of the period
    :ivar partner_ids: commercial partners to restrict to, or None for all
    :ivar timezone: the company's, to turn days into the UTC times that orders carry
    """

    company_ids: tuple[int, ...]
    date_from: date
    date_to: date
    months: int
    partner_ids: tuple[int, ...] | None = None
    timezone: str = "UTC"

    @property
    def previous(self) -> "MetricScope":
        """The period of the same length just before this one."""
        day_before = self.date_from - timedelta(days=1)
        return replace(self, date_from=self.date_from - relativedelta(months=self.months), date_to=day_before)

    @property
    def by_month(self) -> "list[MetricScope]":
        """The single months of this scope, the oldest first: they touch and add up to it."""
        end = self.date_to + timedelta(days=1)
        cuts = [end - relativedelta(months=back) for back in range(self.months, -1, -1)]
        return [
            replace(self, date_from=first, date_to=after - timedelta(days=1), months=1)
            for first, after in pairwise(cuts)
        ]

    @property
    def everybody(self) -> "MetricScope":
        """The same scope without a restriction of the customers."""
        return replace(self, partner_ids=None)

    @property
    def ever(self) -> "MetricScope":
        """All days up to ``date_to``."""
        return replace(self, date_from=date(1900, 1, 1))

    @property
    def utc_bounds(self) -> tuple[datetime, datetime]:
        """The times in UTC of the begin of the first day and of the end of the last one."""
        zone = pytz.timezone(self.timezone)
        begin = zone.localize(datetime.combine(self.date_from, time.min))
        end = zone.localize(datetime.combine(self.date_to + timedelta(days=1), time.min))
        return tuple(moment.astimezone(pytz.utc).replace(tzinfo=None) for moment in (begin, end))

    def shifted(self, months: int, offset: int) -> "MetricScope":
        """The ``months`` months that end ``offset`` months before this scope ends.

        Periods meet without a gap: the one that ends three months back ends on the eve of the last three.
        """
        last = self.date_to + timedelta(days=1) - relativedelta(months=offset) - timedelta(days=1)
        date_from, date_to = trailing_period(last, months)
        return replace(self, date_from=date_from, date_to=date_to, months=months)

    def partners(self, column: SQL) -> SQL:
        """Return the condition that ``column``, any partner, belongs to the customers asked for."""
        if self.partner_ids is None:
            return SQL("TRUE")
        return of_customers(column, self.partner_ids)
