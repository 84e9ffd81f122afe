"""Grading by share of the revenue: the suite against one statement with a bare insert."""

from odoo.fields import Command
from odoo.tools import SQL

from .probe import Side

PLAIN = "bench_grade_result"
CUTS = (70.0, 90.0, 100.0)
STATEMENT = """
INSERT INTO bench_grade_result (
    run_id, partner_id, position, rank, value, has_value, share, cumulative_share,
    proposed_grade_id, settled_grade_id, grade_id, previous_grade_id)
SELECT 0, partner_id, position, rank, value, has_value, part / total, cumulative / total,
       class, class, class, NULL
  FROM (
    SELECT *, CASE WHEN part = 0 THEN 3
                   ELSE 1 + (before >= 0.70 * total)::int + (before >= 0.90 * total)::int END AS class
      FROM (
        -- What customers with more have: the running total less this one and its equals so far.
        SELECT *, cumulative - part * (position - rank + 1) AS before
          FROM (
            SELECT partner_id, coalesce(value, 0) AS value, value IS NOT NULL AS has_value, part,
                   sum(part) OVER () AS total,
                   row_number() OVER one_by_one AS position,
                   rank() OVER (ORDER BY value DESC NULLS LAST) AS rank,
                   sum(part) OVER one_by_one AS cumulative
              FROM (
                SELECT p.id AS partner_id, r.value, greatest(coalesce(r.value, 0), 0) AS part
                  FROM res_partner p
                  LEFT JOIN (
                    SELECT commercial_partner_id, sum(amount_untaxed_signed) AS value
                      FROM account_move
                     WHERE company_id = %(company)s AND state = 'posted'
                       AND move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                       AND date BETWEEN %(first)s AND %(last)s
                     GROUP BY commercial_partner_id) r ON r.commercial_partner_id = p.id
                 WHERE r.value IS NOT NULL
                    OR (p.active AND p.customer_rank > 0 AND p.id = p.commercial_partner_id
                        AND (p.company_id IS NULL OR p.company_id = %(company)s))) valued
            WINDOW one_by_one AS (ORDER BY value DESC NULLS LAST, partner_id ROWS UNBOUNDED PRECEDING)
          ) windows
        ) placed) classed
"""


class Grading:
    """The grading of one database's customers over the twelve months up to a day."""

    def __init__(self, env, first, last):
        self.env, self.first, self.last = env, first, last
        self.company = env.company

    def make_plain(self):
        """Make a table with the same columns as the results, without indexes and foreign keys."""
        table = self.env["customer.grade.result"]._table
        self.env.cr.execute(
            f"DROP TABLE IF EXISTS {PLAIN}; CREATE TABLE {PLAIN} (LIKE {table} INCLUDING DEFAULTS)"
        )

    def scheme(self):
        """Return a new scheme with the cuts of the statement."""
        grades = [
            Command.create({"name": name, "sequence": number, "cut": cut})
            for number, (name, cut) in enumerate(zip("ABC", CUTS, strict=True))
        ]
        return self.env["customer.grade.scheme"].create(
            {
                "name": "Bench",
                "company_id": self.company.id,
                "method": "pareto",
                "metric_id": self.env.ref("customer_management.metric_revenue").id,
                "months": 12,
                "grade_ids": [Command.clear(), *grades],
            }
        )

    def run(self, scheme):
        return scheme.action_run(self.last)

    def computed(self):
        run = self.run(self.scheme())
        self.env.flush_all()
        return run

    def statement(self):
        given = {"company": self.company.id, "first": self.first, "last": self.last}
        self.env.cr.execute(STATEMENT, given)

    def sides(self):
        """Return the sides to measure: the suite first."""
        table = self.env["customer.grade.result"]._table
        return [
            Side("suite", self.run, self.scheme, tables=(table,)),
            Side("items", self.statement, tables=(PLAIN,)),
        ]

    def applying(self):
        """Return what applies a computed run; there is no statement to compare it with."""
        tables = (self.env["customer.grade.result"]._table, "customer_grade_history", "res_partner")
        return [Side("suite", lambda run: run.action_apply(), self.computed, tables=tables)]

    def figures(self):
        """Return the figures of both sides: they must be equal."""
        run = self.computed()
        table = self.env["customer.grade.result"]._table
        classes = SQL("g.name"), SQL("JOIN customer_grade g ON g.id = r.grade_id WHERE r.run_id = %s", run.id)
        suite = self._figures(table, *classes)
        self.statement()
        plain = self._figures(PLAIN, SQL("chr(64 + r.grade_id)"), SQL(""))
        self.env.cr.rollback()
        return {"suite": suite, "statement": plain}

    def _figures(self, table, grade, rest):
        """Return rows and totals of a table, and how many customers each class holds."""
        table = SQL.identifier(table)
        totals = self.env.execute_query(
            SQL(
                "SELECT count(*), sum(r.value)::numeric(16, 2)::text, sum(r.share)::numeric(16, 4)::text,"
                " sum(r.rank * r.position)::text FROM %s r %s",
                table,
                rest,
            )
        )[0]
        counts = self.env.execute_query(
            SQL(
                "SELECT %s, count(*), sum(r.value)::numeric(16, 2)::text FROM %s r %s GROUP BY 1 ORDER BY 1",
                grade,
                table,
                rest,
            )
        )
        names = ("rows", "value", "share", "ranks")
        by_class = {f"class {name}": f"{count} customers, {value}" for name, count, value in counts}
        return dict(zip(names, totals, strict=True)) | by_class
