"""Random ledgers: what happened is drawn by Hypothesis and then done with real documents.

What is drawn is plain data with readable values, so a falsifying example reads like a story.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from odoo.fields import Command

FIRST, LAST = date(2023, 1, 15), date(2024, 3, 20)
COMPANIES = ("home", "abroad")
CUSTOMERS = ("Anna", "Anna's buyer", "Anna's agent", "Boris", "Clara")
# The company currencies are USD and JPY; 0, 2 and 3 decimals.
CURRENCIES = ("own", "EUR", "JPY", "KWD")
TERMS = {
    "at once": [(100, 0)],
    "30 days": [(100, 30)],
    "halves": [(50, 0), (50, 45)],
    "thirds": [(33.33, 10), (33.33, 40), (33.34, 95)],
}
# Units of each currency that one base unit buys, from the day on.
RATES = {
    "EUR": {"2020-01-01": 0.9, "2023-05-01": 0.8137, "2023-08-01": 1.1, "2024-01-01": 0.95},
    "JPY": {"2020-01-01": 131.07, "2023-04-01": 155.5, "2023-10-01": 120.0, "2024-02-01": 149.9},
    "KWD": {"2020-01-01": 0.307, "2023-07-01": 0.2885, "2023-12-01": 0.331},
}


@dataclass(frozen=True)
class Invoice:
    """An invoice or a credit note; amounts count the smallest unit of the currency."""

    kind: str
    company: str
    customer: str
    currency: str
    day: date
    amount: int
    term: str
    state: str


@dataclass(frozen=True)
class Payment:
    """A payment of the n-th posted document: a part of it, all, or too much; applied to it or not."""

    of: int
    percent: int
    currency: str
    day: date
    applied: bool


@dataclass(frozen=True)
class Entry:
    """A manual entry on a receivable account; a negative amount is a credit."""

    company: str
    customer: str | None
    account: str
    currency: str
    day: date
    due: date | None
    invoiced: date | None
    amount: int


@dataclass(frozen=True)
class Step:
    """Something done to what is there: the picks choose the item, reconciliation or document."""

    kind: str
    pick: int
    other: int


@dataclass(frozen=True)
class Plan:
    """A ledger to be built, and the days to look at: picks among the days on which something happens."""

    invoices: list[Invoice]
    entries: list[Entry]
    payments: list[Payment]
    steps: list[Step]
    looks: list[int]


def plans(invoices=0, entries=0, payments=0, steps=()):
    """Return the strategy of random ledgers.

    :param int invoices: how many at most; likewise entries and payments
    :param steps: kinds of what may be done to them afterwards
    """
    days = st.dates(FIRST, LAST)
    companies, currencies = st.sampled_from(COMPANIES), st.sampled_from(CURRENCIES)
    amounts, picks = st.integers(1, 300_000), st.integers(0, 50)
    invoice = st.builds(
        Invoice,
        kind=st.sampled_from(("out_invoice", "out_invoice", "out_invoice", "out_refund")),
        company=companies,
        customer=st.sampled_from(CUSTOMERS),
        currency=currencies,
        day=days,
        amount=amounts,
        term=st.sampled_from(tuple(TERMS)),
        state=st.sampled_from(("posted", "posted", "posted", "posted", "draft", "cancel")),
    )
    payment = st.builds(
        Payment,
        of=picks,
        percent=st.sampled_from((100, 100, 130, 50, 7)),
        currency=st.sampled_from(("same", "same", *CURRENCIES)),
        day=days,
        applied=st.sampled_from((True, True, True, False)),
    )
    entry = st.builds(
        Entry,
        company=companies,
        customer=st.none() | st.sampled_from(CUSTOMERS),
        account=st.sampled_from(("main", "second")),
        currency=currencies,
        day=days,
        due=st.none() | days,
        invoiced=st.none() | days,
        amount=amounts | amounts.map(int.__neg__),
    )
    step = st.builds(Step, kind=st.sampled_from(steps), pick=picks, other=picks) if steps else st.nothing()
    return st.builds(
        Plan,
        invoices=st.lists(invoice, min_size=min(invoices, 1), max_size=invoices),
        entries=st.lists(entry, max_size=entries),
        payments=st.lists(payment, max_size=payments),
        steps=st.lists(step, max_size=5 if steps else 0),
        looks=st.lists(picks, min_size=2, max_size=3, unique=True),
    )


class Ledger:
    """Builds a plan with the documents of the host.

    :ivar case: the test, for its companies, customers, currencies and terms
    """

    def __init__(self, case, plan):
        # Rights are not what is tested here, and checking them takes a third of the time.
        self.case, self.env, self.plan = case, case.env(su=True), plan
        self.documents = self.env["account.move"]
        self._invoices()
        self._entries()
        self._payments()
        for step in plan.steps:
            getattr(self, f"_{step.kind.replace(' ', '_')}")(step)
        self.env.flush_all()

    def _currency(self, name, company):
        return company.currency_id if name == "own" else self.case.currencies[name]

    def _create(self, model, companies, values):
        """Create records in their companies, those of one together; return them in order."""
        found = {}
        for company in dict.fromkeys(companies):
            places = [place for place, other in enumerate(companies) if other == company]
            records = self.env[model].with_company(company).create([values[place] for place in places])
            found.update(zip(places, records, strict=True))
        return self.env[model].browse(found[place].id for place in range(len(companies)))

    def _invoices(self):
        plan = self.plan.invoices
        companies = [self.case.companies[invoice.company] for invoice in plan]
        moves = self._create("account.move", companies, [self._invoice_values(invoice) for invoice in plan])
        states = dict(zip(moves, (invoice.state for invoice in plan), strict=True))
        self.documents += moves.filtered(lambda move: states[move] == "posted")
        self.documents.action_post()
        moves.filtered(lambda move: states[move] == "cancel").button_cancel()

    def _invoice_values(self, invoice):
        currency = self._currency(invoice.currency, self.case.companies[invoice.company])
        return self.case._invoice_values(
            invoice.amount * currency.rounding,
            invoice.day,
            self.case.customers[invoice.customer],
            kind=invoice.kind,
            currency_id=currency.id,
            invoice_payment_term_id=self.case.terms[invoice.term].id,
        )

    def _entries(self):
        values = [self._entry_values(entry) for entry in self.plan.entries]
        moves = self.env["account.move"].create(values)
        moves.action_post()
        self.documents += moves

    def _entry_values(self, entry):
        company = self.case.companies[entry.company]
        currency = self._currency(entry.currency, company)
        amount = entry.amount * currency.rounding
        customer = self.case.customers[entry.customer].id if entry.customer else False
        common = {"currency_id": currency.id, "partner_id": customer}
        account = self.case.receivables[entry.company, entry.account]
        item = {**common, "account_id": account.id, "date_maturity": entry.due, "amount_currency": amount}
        income = self.case._accounts_of(company)["income"]
        return {
            "move_type": "entry",
            "journal_id": self.case._accounts_of(company)["journal"].id,
            "date": entry.day,
            "invoice_date": entry.invoiced,
            "line_ids": [
                Command.create(item),
                Command.create({**common, "account_id": income.id, "amount_currency": -amount}),
            ],
        }

    def _payments(self):
        if not self.documents:
            return
        plan = self.plan.payments
        targets = [self.documents[one.of % len(self.documents)] for one in plan]
        values = [self._payment_values(one, target) for one, target in zip(plan, targets, strict=True)]
        payments = self._create("account.payment", [target.company_id for target in targets], values)
        payments.action_post()
        for one, payment, target in zip(plan, payments, targets, strict=True):
            if one.applied:
                self._reconcile(self.case._receivable(target, payment.move_id))
        self.documents += payments.move_id

    def _payment_values(self, one, target):
        items = self.case._receivable(target)
        currency = items[:1].currency_id or target.currency_id
        owed = sum(items.mapped("amount_currency"))
        if one.currency != "same":
            paid_in = self._currency(one.currency, target.company_id)
            owed = currency._convert(owed, paid_in, target.company_id, one.day)
            currency = paid_in
        return {
            "payment_type": "inbound" if owed >= 0 else "outbound",
            "partner_type": "customer",
            "partner_id": items[:1].partner_id.id,
            "destination_account_id": items[:1].account_id.id,
            "amount": max(currency.round(abs(owed) * one.percent / 100), currency.rounding),
            "currency_id": currency.id,
            "date": one.day,
        }

    def _reconcile(self, items):
        """Reconcile what can be: open items of one account."""
        items = items.filtered(lambda item: not item.reconciled and item.account_id == items[0].account_id)
        if len(items) > 1:
            items.reconcile()

    def _open(self):
        return self.case._receivable(self.documents).filtered(
            lambda item: not item.reconciled and item.parent_state == "posted"
        )

    def _match(self, step):
        """Apply up to three open items of one account to each other, whoever the customers are."""
        items = self._open()
        if items:
            first = items[step.pick % len(items)]
            others = (items - first).filtered(lambda item: item.account_id == first.account_id)
            start = step.other % len(others) if others else 0
            self._reconcile(first + others[start : start + 2])

    def _undo(self, step):
        """Take back one reconciliation."""
        items = self.case._receivable(self.documents)
        partials = (items.matched_debit_ids | items.matched_credit_ids).sorted("id")
        if partials:
            partials[step.pick % len(partials)].unlink()

    def _undo_all(self, step):
        """Take back all reconciliations of an item."""
        items = self.case._receivable(self.documents).filtered(lambda item: item.matching_number)
        if items:
            items[step.pick % len(items)].remove_move_reconcile()

    def _picked(self, step):
        posted = self.documents.filtered(lambda move: move.state == "posted")
        return posted[step.pick % len(posted)] if posted else posted

    def _reset(self, step):
        """Take a document back to draft and leave it there; the host keeps its reconciliations."""
        self._picked(step).button_draft()

    def _repost(self, step):
        """Correct a document: back to draft, another day if it is a manual entry, post."""
        move = self._picked(step)
        move.button_draft()
        if move.move_type == "entry" and not move.origin_payment_id:
            # Another year has numbers of its own, so the host wants the old one cleared.
            move.write({"name": False, "date": FIRST + timedelta(days=step.other * 8)})
        move.action_post()

    def _cancel(self, step):
        self._picked(step).button_cancel()
