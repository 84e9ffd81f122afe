"""Aged receivables as of a day: the suite against single statements."""

from pathlib import Path

from .probe import Side

PLAIN = "bench_aging_item"
BY_CUSTOMER = (Path(__file__).parent / "aged_by_customer.sql").read_text(encoding="utf-8")
# The receivable items up to the day.
LINES = """l.account_id = ANY(%(acc)s) AND l.company_id = %(co)s AND l.parent_state = 'posted'
       AND l.date <= %(d)s"""
OURS = "l.partner_id IN (SELECT id FROM res_partner WHERE commercial_partner_id = ANY(%(partners)s))"
LEDGER = """
SELECT company_id, account_id, sum(balance) FROM account_move_line l
 WHERE {lines}
 GROUP BY 1, 2
"""
INSERT = """
INSERT INTO bench_aging_item (report_id, company_id, account_id, partner_id, move_line_id, currency_id,
                              amount_residual, amount_residual_currency, days, bucket)
"""
# What was settled after the day is put back on what is open today; what was open then and is settled
# now comes from the settlements alone. The array makes PostgreSQL read those items in the order of
# the index, and only what is left of them is added up.
ALL = """
WITH taken AS MATERIALIZED (
    SELECT u.* FROM account_partial_reconcile p
     CROSS JOIN LATERAL (VALUES (p.debit_move_id, p.amount, p.debit_amount_currency),
                                (p.credit_move_id, -p.amount, -p.credit_amount_currency)) u(id, home, amount)
     WHERE p.company_id = %(co)s AND p.max_date > %(d)s
), later AS MATERIALIZED (
    SELECT l.id, l.account_id, l.partner_id, l.currency_id, %(d)s - coalesce(l.date_maturity, l.date) AS days,
           l.amount_residual = 0 AND l.amount_residual_currency = 0 AS settled,
           sum(u.home) AS home, sum(u.amount) AS amount
      FROM account_move_line l JOIN taken u ON u.id = l.id
     WHERE l.id = ANY(ARRAY(SELECT id FROM taken)) AND {lines}
     GROUP BY l.id)
SELECT 0, %(co)s, i.account_id, p.commercial_partner_id, i.id, i.currency_id, i.home, i.amount, i.days,
       CASE WHEN i.home < 0 OR (i.home = 0 AND i.amount < 0) THEN -1 WHEN i.days <= 0 THEN 0
            ELSE width_bucket(i.days - 1, ARRAY[30, 60, 90, 180, 365]) + 1 END
  FROM (
    SELECT l.id, l.account_id, l.partner_id, l.currency_id, %(d)s - coalesce(l.date_maturity, l.date) AS days,
           l.amount_residual + coalesce(x.home, 0) AS home,
           l.amount_residual_currency + coalesce(x.amount, 0) AS amount
      FROM account_move_line l LEFT JOIN later x ON x.id = l.id
     WHERE {lines} AND (l.amount_residual <> 0 OR l.amount_residual_currency <> 0)
     UNION ALL
    SELECT id, account_id, partner_id, currency_id, days, home, amount FROM later WHERE settled) i
  LEFT JOIN res_partner p ON p.id = i.partner_id
 WHERE i.home <> 0 OR i.amount <> 0
"""
# For some customers: their journal items, and the partials of each.
SOME = """
SELECT 0, i.company_id, i.account_id, p.commercial_partner_id, i.id, i.currency_id, i.home, i.amount, i.days,
       CASE WHEN i.home < 0 OR (i.home = 0 AND i.amount < 0) THEN -1 WHEN i.days <= 0 THEN 0
            ELSE width_bucket(i.days - 1, ARRAY[30, 60, 90, 180, 365]) + 1 END
  FROM (
    SELECT l.*, %(d)s - coalesce(l.date_maturity, l.date) AS days,
           l.amount_residual + coalesce(d.home, 0) - coalesce(c.home, 0) AS home,
           l.amount_residual_currency + coalesce(d.amount, 0) - coalesce(c.amount, 0) AS amount
      FROM account_move_line l
     CROSS JOIN LATERAL (
        SELECT sum(amount) AS home, sum(debit_amount_currency) AS amount FROM account_partial_reconcile
         WHERE debit_move_id = l.id AND max_date > %(d)s) d
     CROSS JOIN LATERAL (
        SELECT sum(amount) AS home, sum(credit_amount_currency) AS amount FROM account_partial_reconcile
         WHERE credit_move_id = l.id AND max_date > %(d)s) c
     WHERE {lines}) i
  JOIN res_partner p ON p.id = i.partner_id
 WHERE i.home <> 0 OR i.amount <> 0
"""


class Aging:
    """The open items of one company on one day, of all customers or of some."""

    def __init__(self, env, day, partners=None):
        self.env, self.day, self.partners = env, day, partners
        accounts = env["account.account"].search([("account_type", "=", "asset_receivable")])
        self.given = {"co": env.company.id, "acc": accounts.ids, "d": day}
        if partners:
            self.given["partners"] = partners.ids

    def make_plain(self):
        """Make a table with the same columns as the stored items, without indexes and foreign keys."""
        table = self.env["customer.aging.item"]._table
        self.env.cr.execute(
            f"DROP TABLE IF EXISTS {PLAIN}; CREATE TABLE {PLAIN} (LIKE {table} INCLUDING DEFAULTS)"
        )

    def report(self):
        """Compute a report of the suite."""
        values = {"date_to": self.day, "partner_ids": self.partners.ids if self.partners else []}
        report = self.env["customer.aging.report"].create(values)
        report.action_compute()
        return report

    def items(self):
        """Run the statement for the open items with its insert, and the one for the ledger's balance."""
        lines = f"{LINES} AND {OURS}" if self.partners else LINES
        # Compiling the statement costs more than it saves.
        self.env.cr.execute("SET LOCAL jit = off")
        self.env.cr.execute(INSERT + (SOME if self.partners else ALL).format(lines=lines), self.given)
        self.env.cr.execute(LEDGER.format(lines=lines), self.given)
        return self.env.cr.fetchall()

    def by_customer(self):
        """Run the statement that adds up by customer and stores nothing."""
        self.env.cr.execute(BY_CUSTOMER, self.given)
        return self.env.cr.fetchall()

    def sides(self):
        """Return the sides to measure: the suite first."""
        item = self.env["customer.aging.item"]._table
        sides = [
            Side("suite", self.report, tables=(item, "customer_aging_report", "customer_aging_check")),
            Side("items", self.items, tables=(PLAIN,)),
        ]
        return sides if self.partners else [*sides, Side("aggregate", self.by_customer)]

    def figures(self):
        """Return the figures of each side; what a side has must be equal to the suite's."""
        report = self.report()
        suite = {"total": money(report.total), "ledger balance": money(report.ledger_balance)}
        groups = self.env["customer.aging.line"]._read_group(
            [("report_id", "=", report.id)], ["bucket"], ["__count", "amount_residual:sum", "days:sum"]
        )
        suite |= by_bucket(groups)
        ledger = money(sum(row[2] for row in self.items()))
        self.env.cr.execute(
            f"SELECT bucket, count(*), sum(amount_residual), sum(days) FROM {PLAIN} GROUP BY 1"
        )
        groups = self.env.cr.fetchall()
        total = money(sum(group[2] for group in groups))
        found = {"suite": suite, "statement": {"total": total, "ledger balance": ledger} | by_bucket(groups)}
        if not self.partners:
            total = money(sum(row[2] for row in self.by_customer()))
            found["statement by customer"] = {"total": total, "ledger balance": ledger}
        self.env.cr.rollback()
        self.env.invalidate_all()
        return found


def money(amount):
    return f"{amount:.2f}"


def by_bucket(groups):
    """Return the number of items, and what each bucket holds."""
    buckets = {
        f"bucket {bucket}": f"{count} items, {money(total)}, {days} days"
        for bucket, count, total, days in groups
    }
    return {"rows": sum(group[1] for group in groups)} | buckets
