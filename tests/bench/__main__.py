"""python -m bench --config FILE --database DB --out FILE: measure one filled database in one process."""

import argparse
import datetime as dt
import json
import os
import sys
from pathlib import Path

import psycopg2
from dateutil.relativedelta import relativedelta

from odoo import api

from . import probe
from .aging import Aging
from .confirming import Confirming
from .figures import GOAL
from .grading import Grading
from .intake import Intake
from .jobs import Jobs
from .ledger import checks
from .ledger.settings import TODAY
from .ledger.world import COMPANY
from .rebates import Rebates
from .session import opened

GROUPS = (
    "customer_management.group_customer_manager",
    "customer_credit.group_credit_manager",
    "account.group_account_manager",
)
SMALL = "PERF-W10"


class Bench:
    """All cases of one database."""

    def __init__(self, env, options):
        self.env, self.options, self.today = env, options, options.today
        self.connection = psycopg2.connect(dbname=options.database)
        self.connection.autocommit = True

    def clean(self, tables):
        """Remove the dead rows of a call that was rolled back, so that the next one finds the same tables."""
        with self.connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f'VACUUM "{table}"')

    def case(self, name, figures, sides, goal=GOAL):
        """Return one case: first that both sides agree, then how long they take.

        :param goal: the most for the ratio, or None; a statement of a millisecond has none
        """
        compare(name, figures)
        print(f"  {name}", file=sys.stderr, flush=True)
        measured = probe.alternate(self.env, sides, self.options.rounds, self.clean)
        rows = next(iter(figures.values()))["rows"]
        return {"name": name, "rows": rows, "goal": goal, "figures": figures, "sides": measured}

    def cases(self):
        """Return every case, or those of one kind when one is asked for."""
        kinds = {
            "aging": self.aging,
            "grading": self.grading,
            "rebates": self.rebates,
            "confirming": self.confirming,
            "jobs": self.jobs,
            "intake": self.intake,
        }
        wanted = [self.options.only] if self.options.only else kinds
        return [case for kind in wanted for case in kinds[kind]()]

    def aging(self):
        """Aging as of today, half a year ago, and of one customer half a year ago."""
        past = self.today - relativedelta(months=6)
        small = self.env["res.partner"].search([("ref", "=", SMALL)])
        found = []
        for name, day, partners in (
            ("aging, today", self.today, None),
            ("aging, six months ago", past, None),
            ("aging, one customer of 10 invoices, six months ago", past, small),
        ):
            aging = Aging(self.env, day, partners)
            aging.make_plain()
            self.env.cr.commit()
            found.append(self.case(name, aging.figures(), aging.sides(), goal=None if partners else GOAL))
        return found

    def grading(self):
        """A run of twelve months, and its application."""
        first = self.today + dt.timedelta(days=1) - relativedelta(months=12)
        grading = Grading(self.env, first, self.today)
        grading.make_plain()
        self.env.cr.commit()
        figures = grading.figures()
        return [
            self.case("grading run, 12 months", figures, grading.sides()),
            self.case("grading run, application", figures, grading.applying()),
        ]

    def rebates(self):
        """The rebates of the last whole year, of as many dealers as there are customers, up to 2,000."""
        year = self.today.year - 1
        rebates = Rebates(self.env, dt.date(year, 1, 1), dt.date(year, 12, 31))
        rebates.make()
        return [self.case("yearly rebates of dealers", rebates.figures(), rebates.sides(), goal=None)]

    def confirming(self):
        """Orders of services and goods of customers with more and more invoices, and a batch."""
        partners = self.env["res.partner"]
        found = []
        for kind, name, goals in (
            ("service", "services", {10: 1.25, 1000: 1.25, 20000: 1.5}),
            ("consu", "goods", {10: 1.1, 1000: 1.1, 20000: 1.1}),
        ):
            for invoices, goal in goals.items():
                customer = partners.search([("ref", "=", f"PERF-W{invoices}")])
                if customer:
                    title = f"confirming {name}, customer of {invoices:,} invoices"
                    found.append(self.confirmation(title, customer, kind, goal))
        many = partners.search([("ref", "=like", "PERF0%")], limit=200)
        batch = self.confirmation("confirming many orders at a time", many, "service", GOAL)
        return [*found, {**batch, "many": True}]

    def jobs(self):
        """What credit does at night for an account of each customer, and a page of the register."""
        jobs = Jobs(self.env)
        jobs.make()
        whole, page = jobs.figures(), jobs.figures(page=True)
        return [
            self.case("credit: nightly check", whole, jobs.check(), goal=None),
            self.case("credit: standing of a month", whole, jobs.standing(), goal=None),
            self.case("credit: page of the register", page, jobs.register(), goal=None),
        ]

    def confirmation(self, title, customers, kind, goal):
        """Return one case of confirming an order of each customer."""
        confirming = Confirming(self.env, customers, kind)
        confirming.limits()
        return self.case(title, confirming.figures(), confirming.sides(), goal=goal)

    def intake(self):
        """Complaints by mail; the receipt that goes to each sender has no match on the plain side."""
        self.env.company.complaint_acknowledge = False
        self.env.cr.commit()
        intake = Intake(self.env)
        return [self.case("complaints by mail", intake.figures(), intake.sides())]

    def metrics(self):
        """Return how long each metric of all customers takes."""
        found = {}
        for metric in self.env["customer.metric"].search([]):
            code = metric.code
            count = len(self.env["customer.metric"]._evaluate([code], self.today))
            call = probe.Side(
                "suite", lambda code=code: self.env["customer.metric"]._evaluate([code], self.today)
            )
            found[code] = probe.alternate(self.env, [call], 3, self.clean)["suite"] | {"rows": count}
        return found

    def report(self):
        """Return everything that was measured, ready for JSON."""
        env = self.env
        partners = env["res.partner"].search_count([("ref", "=like", "PERF%")])
        moves = env["account.move"].search_count(
            [("company_id", "=", env.company.id), ("move_type", "in", ("out_invoice", "out_refund"))]
        )
        receivable = env["account.account"].search([("account_type", "=", "asset_receivable")])
        with self.connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0].split()[0]
            wrong = [checks.run(cursor, env.company.id, account.id) for account in receivable]
        report = {
            "size": self.options.size,
            "customers": partners,
            "invoices": moves,
            "postgres": version,
            "cores": os.cpu_count(),
            "checks": {label: sum(one[label] for one in wrong) for label in checks.CHECKS},
            "cases": self.cases(),
        }
        return report | ({"metrics": self.metrics()} if self.options.metrics else {})


def compare(name, figures):
    """Stop when two sides do not give the same figures."""
    first, *others = figures
    for other in others:
        for key, two in figures[other].items():
            one = figures[first].get(key)
            if one != two:
                raise SystemExit(f"{name}: {key} is {one} by the {first} and {two} by the {other}")


def ready(env):
    """Let the administrator use the addons, and return the filled company."""
    company = env["res.company"].search([("name", "=", COMPANY)])
    groups = [env.ref(name, raise_if_not_found=False) for name in GROUPS]
    env.ref("base.user_admin").group_ids += env["res.groups"].union(*[group for group in groups if group])
    env.cr.commit()
    return company


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--size", default="")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=TODAY)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="", help="aging, grading, rebates, confirming, jobs or intake")
    parser.add_argument("--metrics", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with opened(options.config, options.database) as env:
        company = ready(env)
        user = env.ref("base.user_admin").id
        env = api.Environment(env.cr, user, {**env.context, "allowed_company_ids": company.ids})
        options.out.write_text(json.dumps(Bench(env, options).report(), indent=1))


if __name__ == "__main__":
    main()
