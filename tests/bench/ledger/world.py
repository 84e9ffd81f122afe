"""What the ledger hangs on: a company, its chart of accounts, products, people and exchange rates."""

import bisect
import datetime as dt
import random
from dataclasses import dataclass, field

from odoo.fields import Command

COMPANY = "Bench"
ABROAD = "USD"
# days, XML id, how many of a hundred customers have it; the host ships no terms of 60 and 90 days.
TERMS = (
    (0, "account.account_payment_term_immediate", 10),
    (15, "account.account_payment_term_15days", 10),
    (30, "account.account_payment_term_30days", 40),
    (45, "account.account_payment_term_45days", 15),
    (60, None, 15),
    (90, None, 10),
)
MODELS = ("res.partner", "account.move", "account.move.line", "account.payment", "account.partial.reconcile")
MODELS += ("account.full.reconcile", "sale.order", "sale.order.line")


@dataclass
class World:
    """Ids that the ledger's rows refer to."""

    company: int
    currency: int
    foreign: int
    storno: bool
    receivable: int
    income: int
    bank: int
    gain: int
    loss: int
    # Journals as (id, code).
    sales: tuple
    banking: tuple
    exchange: tuple
    method: int
    method_line: int
    countries: tuple
    terms: list
    users: list
    uom: int
    # Products as (id, name, price in cents).
    products: list
    rate_days: list = field(default_factory=list)
    rates: list = field(default_factory=list)
    # {table: {column: value}}: what the installed addons' required fields start with.
    defaults: dict = field(default_factory=dict)

    def rate(self, day):
        """Return how much foreign currency one unit of the company's buys."""
        return self.rates[max(0, bisect.bisect_right(self.rate_days, day) - 1)]


def build(env, settings):
    """Make the company and everything the ledger needs, and return their ids."""
    rnd = random.Random(settings.seed)
    company = make_company(env)
    env = env(context=dict(env.context, allowed_company_ids=company.ids, no_reset_password=True))
    world = World(**chart(env, company), **people(env, company), **goods(env, rnd))
    world.rate_days, world.rates = exchange_rates(env, company, world.foreign, settings, rnd)
    world.defaults = {env[model]._table: defaults(env[model]) for model in MODELS}
    return world


def make_company(env):
    """Return a Chinese company with the Chinese chart; its accounts are in yuan."""
    currencies = env["res.currency"].with_context(active_test=False).search([("name", "in", ("CNY", ABROAD))])
    currencies.active = True
    yuan = currencies.filtered(lambda currency: currency.name == "CNY")
    country = env.ref("base.cn")
    company = env["res.company"].create({"name": COMPANY, "country_id": country.id, "currency_id": yuan.id})
    env["account.chart.template"].try_loading("cn", company=company, install_demo=False)
    env.ref("base.user_admin").write({"company_ids": [Command.link(company.id)], "company_id": company.id})
    return company


def chart(env, company):
    """Return the company's accounts and journals."""
    company = company.with_env(env)
    journals = env["account.journal"].search([("company_id", "=", company.id)])
    bank = journals.filtered(lambda journal: journal.type == "bank")[:1]
    sales = journals.filtered(lambda journal: journal.type == "sale")[:1]
    line = bank.inbound_payment_method_line_ids[:1]
    # Straight to the bank account: no statement lines are needed to close a payment.
    line.payment_account_id = bank.default_account_id
    exchange = company.currency_exchange_journal_id
    receivable = (
        env["res.partner"]
        ._fields["property_account_receivable_id"]
        .get_company_dependent_fallback(env["res.partner"].with_company(company))
    )
    income = env["account.account"].search([("account_type", "=", "income")], limit=1)
    ids = {
        "receivable": receivable.id,
        "income": income.id,
        "bank": bank.default_account_id.id,
        "gain": company.income_currency_exchange_account_id.id,
        "loss": company.expense_currency_exchange_account_id.id,
        "method": line.payment_method_id.id,
        "method_line": line.id,
    }
    missing = [name for name, number in ids.items() if not number]
    if missing or not exchange or not sales:
        raise SystemExit(
            f"the chart of accounts of {company.name} is not complete: {', '.join(missing)} missing"
        )
    return {
        **ids,
        "company": company.id,
        "currency": company.currency_id.id,
        "foreign": env["res.currency"].search([("name", "=", ABROAD)]).id,
        "storno": bool(company.account_storno),
        "sales": (sales.id, sales.code),
        "banking": (bank.id, bank.code),
        "exchange": (exchange.id, exchange.code),
    }


def people(env, company):
    """Return five salespeople, and where customers live and when they pay."""
    values = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
    group = env.ref("sales_team.group_sale_salesman")
    users = env["res.users"].create(
        [
            {
                "name": f"Seller {n}",
                "login": f"bench_seller_{n}",
                "group_ids": [Command.link(group.id)],
                **values,
            }
            for n in range(5)
        ]
    )
    terms = []
    for days, xmlid, weight in TERMS:
        term = xmlid and env.ref(xmlid, raise_if_not_found=False)
        terms.append((days, term.id if term else None, weight))
    return {"users": users.ids, "terms": terms, "countries": (env.ref("base.cn").id, env.ref("base.us").id)}


def goods(env, rnd):
    """Return forty services that are invoiced as ordered."""
    values = [
        {
            "name": f"Bench service {n:02d}",
            "default_code": f"PERF{n:02d}",
            "type": "service",
            "invoice_policy": "order",
            "list_price": round(rnd.lognormvariate(4.5, 0.9), 2),
        }
        for n in range(1, 41)
    ]
    products = env["product.product"].create(values)
    rows = [(product.id, product.name, int(product.list_price * 100) or 100) for product in products]
    return {"products": rows, "uom": products[0].uom_id.id}


def exchange_rates(env, company, currency, settings, rnd):
    """Make one rate a month, a random walk, and return their days and values."""
    day, rate, rows = dt.date.fromordinal(settings.first - 40).replace(day=1), 0.14, []
    while day <= settings.today:
        rate = min(0.155, max(0.128, rate * (1 + rnd.uniform(-0.012, 0.012))))
        rows.append((day, round(rate, 6)))
        day = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
    env["res.currency.rate"].create(
        [{"name": day, "rate": rate, "currency_id": currency, "company_id": company.id} for day, rate in rows]
    )
    return [day.toordinal() for day, _rate in rows], [rate for _day, rate in rows]


def defaults(model):
    """Return the plain default of each column, so that rows fit whatever addon is installed."""
    kinds = ("boolean", "char", "text", "integer", "float", "monetary", "selection", "many2one")
    names = [
        name
        for name, field in model._fields.items()
        if field.store and field.column_type and field.type in kinds and not field.company_dependent
    ]
    found = model.default_get(names)
    return {name: value for name, value in found.items() if name in names and value not in (None, False)}
