"""The ledger read item by item, and the open items of a day worked out in the slow and obvious way."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal


@dataclass
class Item:
    """A posted journal item on a receivable account, as read from the ledger."""

    id: int
    company: int
    account: int
    partner: int
    currency: int
    day: datetime.date
    due: datetime.date | bool
    invoiced: datetime.date | bool
    balance: Decimal
    amount_currency: Decimal


@dataclass
class Partial:
    """A reconciliation of two journal items."""

    debit: int
    credit: int
    day: datetime.date
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
        days = {item.day for item in self.items.values()} | {partial.day for partial in self.partials}
        days |= {item.due for item in self.items.values() if item.due}
        return sorted({day + datetime.timedelta(days=more) for day in days for more in (-1, 0, 1)})

    def balances(self, day, companies, partner=False):
        """Return the balance of each account: ``{(company, account): amount}``."""
        found = defaultdict(Decimal)
        for item in self.items.values():
            if item.day <= day and item.company in companies and partner in (False, item.partner):
                found[item.company, item.account] += item.balance
        return dict(found)

    def open_items(self, day, basis, limits):
        """Return what is open: ``{item: (company, account, partner, currency, amounts, days, bucket)}``."""
        found = {}
        for item in self.items.values():
            if item.day > day:
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
        start = (basis == "due" and item.due) or item.invoiced or item.day
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
            f"item {item.id}: {item.day} due {item.due} invoiced {item.invoiced} company {item.company} "
            f"account {item.account} partner {item.partner} "
            f"{item.balance} ({item.amount_currency} in {item.currency})"
            for item in self.items.values()
        ]
        lines += [f"{partial.day}: {partial}" for partial in sorted(self.partials, key=lambda one: one.day)]
        return "\n".join(lines)
