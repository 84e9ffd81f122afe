"""Rows of a receivables file as posted invoices and reconciled payments, in a company of their own.

Everything goes through the ORM in batches. Three things make the difference between a minute and three:
names in Odoo's own pattern given beforehand, the balance given with the price, and each payment tied to
its entry in the cache, with one recomputation for all of them.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from odoo.fields import Command

from .countries import CODES
from .receivables import ReceivablesError

QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_notrack": True}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load has made; the invoices are in the order of the rows."""

    company: object
    customers: object
    invoices: object
    payments: object
    open_total: Decimal


def load(env, rows, company_name):
    """Load all the rows into a new company, or nothing at all."""
    with env.cr.savepoint():
        company = create_company(env(context={**env.context, **QUIET}), company_name)
        books = Books(company)
        customers = books.create_customers(rows)
        invoices = books.create_invoices(rows, customers)
        paid = [(row, invoice) for row, invoice in zip(rows, invoices, strict=True) if row.settled_date]
        payments = books.create_payments(paid)
    open_total = sum((row.amount for row in rows if not row.settled_date), Decimal("0.00"))
    plain = [records.with_env(env) for records in (company, customers, invoices, payments)]
    return Loaded(*plain, open_total)


def create_company(env, name):
    """Return a new company with a chart of accounts; a name that is taken means: loaded before."""
    if env["res.company"].with_context(active_test=False).search([("name", "=", name)], limit=1):
        text = f"the company {name!r} is there already, so this file was loaded before: nothing was changed"
        raise ReceivablesError([f"{text} (to load another file, give it another name)"])
    company = env["res.company"].create({"name": name})
    env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
    return company.with_context(allowed_company_ids=company.ids)


class Books:
    """The books of the new company: what its entries have in common, and the next number of each kind."""

    def __init__(self, company):
        self.company, self.env = company, company.env
        self.income = company.income_account_id
        self.sales, self.bank = (self._journal(kind) for kind in ("sale", "bank"))
        self.numbers = Counter()

    def _journal(self, kind):
        domain = [("type", "=", kind), ("company_id", "=", self.company.id)]
        return self.env["account.journal"].search(domain, limit=1)

    def _name(self, prefix, day):
        """Return the next name, as Odoo would give it: INV/2026/00001."""
        self.numbers[prefix, day.year] += 1
        return f"{prefix}/{day.year}/{self.numbers[prefix, day.year]:05}"

    # Customers

    def create_customers(self, rows):
        """Create one customer for each name, in the country of its code; an unknown code becomes a tag."""
        codes = {row.customer: row.country_code for row in rows}
        found = self.env["res.country"].search([("code", "in", list(CODES.values()))])
        country = dict(zip(found.mapped("code"), found.ids, strict=True))
        country = {code: country.get(CODES.get(code)) for code in set(codes.values())}
        tags = self._tags(sorted(code for code, known in country.items() if not known))
        return self.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "company_id": self.company.id,
                    "country_id": country[code],
                    "category_id": [Command.link(tags[code])] if code in tags else [],
                }
                for name, code in codes.items()
            ]
        )

    def _tags(self, codes):
        names = {code: f"Country {code}" for code in codes}
        Category = self.env["res.partner.category"]
        known = {tag.name: tag for tag in Category.search([("name", "in", list(names.values()))])}
        created = Category.create([{"name": name} for name in names.values() if name not in known])
        known |= {tag.name: tag for tag in created}
        return {code: known[name].id for code, name in names.items()}

    # Invoices

    def create_invoices(self, rows, customers):
        """Create and post one invoice for each row, named in the order of their dates."""
        partner = {customer.name: customer.id for customer in customers}
        names = {row: self._name("INV", row.invoice_date) for row in sorted(rows, key=by_date)}
        vals = [self._invoice(row, names[row], partner[row.customer]) for row in rows]
        invoices = self.env["account.move"].create(vals)
        invoices._post(soft=False)
        return invoices

    def _invoice(self, row, name, partner_id):
        # With the balance given, Odoo need not work out the taxes (there are none) line by line.
        balance = -float(row.amount)
        line = {
            "name": row.invoice,
            "account_id": self.income.id,
            "price_unit": -balance,
            "balance": balance,
            "amount_currency": balance,
            "tax_ids": [],
        }
        return {
            "move_type": "out_invoice",
            "name": name,
            "journal_id": self.sales.id,
            "partner_id": partner_id,
            "date": row.invoice_date,
            "invoice_date": row.invoice_date,
            "invoice_date_due": row.due_date,
            "ref": row.invoice,
            "payment_reference": row.invoice,
            "narration": "Disputed by the customer" if row.disputed else False,
            "invoice_line_ids": [Command.create(line)],
        }

    # Payments

    def create_payments(self, paid):
        """Create, post and reconcile a payment for each pair of a row and its invoice."""
        paid = sorted(paid, key=lambda pair: (pair[0].settled_date, pair[0].line))
        payments = self.env["account.payment"].create([self._payment(*pair) for pair in paid])
        entries = self._post_entries(payments)
        receivable = self._receivable_lines(entries)
        invoiced = self._receivable_lines(
            self.env["account.move"].union(*(invoice for _row, invoice in paid))
        )
        plan = [
            receivable[entry] | invoiced[invoice]
            for entry, (_row, invoice) in zip(entries, paid, strict=True)
        ]
        self.env["account.move.line"]._reconcile_plan(plan)
        return payments

    def _payment(self, row, invoice):
        return {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": invoice.partner_id.id,
            "amount": float(row.amount),
            "date": row.settled_date,
            "journal_id": self.bank.id,
            "memo": row.invoice,
            "invoice_ids": [Command.link(invoice.id)],
        }

    def _post_entries(self, payments):
        """Create and post the entries of all payments in one batch, as a payment does for itself."""
        prefix = f"P{self.bank.code}"
        vals = [
            {**payment._generate_move_vals(), "name": self._name(prefix, payment.date)}
            for payment in payments
        ]
        entries = self.env["account.move"].with_context(skip_invoice_sync=True).create(vals)
        entries._post(soft=False)
        # A write of each payment would search all that depends on it, one by one.
        with self.env.protecting([payments._fields["move_id"]], payments):
            for payment, entry in zip(payments, entries, strict=True):
                payment.move_id = entry
        payments.modified(["move_id"])
        payments.write({"state": "in_process"})
        return entries

    def _receivable_lines(self, moves):
        lines = moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        return {line.move_id: line for line in lines}


by_date = attrgetter("invoice_date", "line")
