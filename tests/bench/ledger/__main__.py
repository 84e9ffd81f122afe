"""python -m bench.ledger --config FILE --database DB --customers N --invoices N: fill a database."""

import argparse
import datetime as dt
import random
import sys
import time

import psycopg2

from ..session import opened
from . import checks, customers, orders, world
from .documents import Plan
from .entries import Entries
from .items import Items
from .matching import Matching
from .settings import TODAY, Settings
from .tables import Ids, Indexes

LARGE = ("account_move", "account_move_line", "account_payment", "account_partial_reconcile")
LARGE += ("sale_order", "sale_order_line")
COUNTED = ("res_partner", "account_full_reconcile", *LARGE)
LINKS = ("account_move__account_payment", "sale_order_line_invoice_rel")
# Below this many invoices, keeping the indexes costs less than making them again.
MANY = 5000
START = time.time()


def log(words):
    print(f"  {time.time() - START:6.1f} s  {words}", file=sys.stderr, flush=True)


def main():
    options = arguments()
    settings = Settings(options.customers, options.invoices, options.seed, today=options.today)
    with opened(options.config, options.database) as env:
        found = world.build(env, settings)
        env.cr.commit()
    log(f"company {found.company} is made")
    # The host's PG* variables or its private socket: libpq reads them by itself.
    connection = psycopg2.connect(dbname=options.database)
    with connection, connection.cursor() as cursor:
        fill(cursor, settings, found)
        # The checks are planned well only when the new rows are counted.
        for table in LARGE:
            cursor.execute(f'ANALYZE "{table}"')
        verify(cursor, found)
    tidy(connection)
    log("done")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--customers", type=int, required=True)
    parser.add_argument("--invoices", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=dt.date.fromisoformat, default=TODAY)
    return parser.parse_args()


def fill(cursor, settings, found):
    """Plan the ledger and write it."""
    rnd = random.Random(settings.seed)
    ids = {table: Ids(cursor, table) for table in COUNTED}
    buyers = customers.make(settings, found, rnd, ids["res_partner"])
    log(f"{customers.load(cursor, settings, found, rnd, buyers)} partners")
    plan = Plan(settings, found, rnd).make(buyers)
    matching = Matching(cursor, settings, found, ids).make(plan)
    log(f"{len(plan.documents)} documents and {len(plan.payments)} payments planned")
    cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
    indexes = Indexes(cursor, LARGE if settings.invoices > MANY else ())
    payments, moves = Entries(cursor, settings, found).load(plan, matching)
    log(f"{payments} payments, {moves} moves")
    items, partials = Items(cursor, found).load(plan, matching)
    log(f"{items} journal items, {partials} partial reconciles")
    sold = orders.plan(settings, found, rnd, plan.documents, buyers)
    sales, lines = orders.load(cursor, found, rnd, ids, sold)
    log(f"{sales} orders, {lines} order lines")
    log(f"{indexes.restore()} indexes made again")
    for one in ids.values():
        one.close()


def verify(cursor, found):
    """Stop, and so keep nothing, when the ledger is not consistent."""
    counts = checks.run(cursor, found.company, found.receivable)
    wrong = {label: count for label, count in counts.items() if count}
    if wrong:
        raise SystemExit(
            "the ledger is not consistent: " + "; ".join(f"{n} {label}" for label, n in wrong.items())
        )
    log(f"{len(checks.CHECKS)} checks passed")


def tidy(connection):
    """Leave the statistics and the visibility map as they are in a database that has been at work."""
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for table in (*COUNTED, *LINKS):
            cursor.execute(f'VACUUM (ANALYZE) "{table}"')
        cursor.execute("ANALYZE")
    connection.close()


if __name__ == "__main__":
    main()
