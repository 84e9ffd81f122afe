"""Yearly rebates of all dealers: the suite against one statement with a bare insert."""

from odoo.fields import Command

from .probe import Side

PLAIN = "bench_rebate"
PLAN = "Bench"
TIERS = ((0, 1), (100_000, 2), (300_000, 3), (600_000, 4))
DEALERS = 2000
STATEMENT = """
INSERT INTO bench_rebate (dealer_id, base, amount)
SELECT dealer_id, base, round(
           0.01 * greatest(least(base, 100000), 0) + 0.02 * greatest(least(base, 300000) - 100000, 0)
           + 0.03 * greatest(least(base, 600000) - 300000, 0) + 0.04 * greatest(base - 600000, 0), 2)
  FROM (
    SELECT d.id AS dealer_id, -sum(l.balance) AS base
      FROM customer_dealer d
      JOIN account_move m ON m.commercial_partner_id = d.partner_id
      JOIN account_move_line l ON l.move_id = m.id AND l.display_type = 'product'
     WHERE d.company_id = %(company)s AND m.company_id = %(company)s AND m.state = 'posted'
       AND m.move_type IN ('out_invoice', 'out_refund', 'out_receipt') AND m.date BETWEEN %(first)s AND %(last)s
     GROUP BY d.id) b
"""


class Rebates:
    """The rebates of a year of the first customers of a database, who are made dealers of one plan."""

    def __init__(self, env, first, last):
        # As the daily job, whom no rule of records slows down.
        self.env, self.first, self.last = env(su=True), first, last
        self.company = env.company

    def make(self):
        """Make the dealers, their contracts and the plan, once for each database, and a bare table."""
        env = self.env
        env.cr.execute(
            f"DROP TABLE IF EXISTS {PLAIN}; CREATE TABLE {PLAIN} (dealer_id int, base numeric, amount numeric)"
        )
        self.plan = env["customer.dealer.rebate.plan"].search(
            [("name", "=", PLAN), ("company_id", "=", self.company.id)]
        )
        if not self.plan:
            self._make_dealers()
        env.cr.commit()

    def _make_dealers(self):
        env, quiet = self.env, {"tracking_disable": True, "mail_create_nolog": True}
        tiers = [Command.create({"amount_from": low, "rate": rate}) for low, rate in TIERS]
        self.plan = env["customer.dealer.rebate.plan"].create(
            {"name": PLAN, "returns_in": "period", "company_id": self.company.id, "tier_ids": tiers}
        )
        kind = env.ref("customer_channels.dealer_type_distributor")
        partners = env["res.partner"].search(
            [("ref", "=like", "PERF%"), ("parent_id", "=", False)], order="id", limit=DEALERS
        )
        dealers = (
            env["customer.dealer"]
            .with_context(**quiet)
            .create([{"partner_id": one.id, "type_id": kind.id} for one in partners])
        )
        contracts = (
            env["customer.dealer.contract"]
            .with_context(**quiet)
            .create(
                [
                    {
                        "dealer_id": one.id,
                        "date_from": self.first,
                        "date_to": self.last,
                        "rebate_plan_ids": [Command.link(self.plan.id)],
                    }
                    for one in dealers
                ]
            )
        )
        contracts._approval_write({"approval_state": "approved"})
        contracts._approval_write({"signed_on": self.first, "begun_on": self.first})

    def prepared(self):
        """Return the statements of the year, not computed."""
        found = self.env["customer.dealer.rebate.engine"]._prepare(self.plan, self.last)
        self.env.flush_all()
        return found

    def compute(self, statements):
        self.env["customer.dealer.rebate.engine"]._compute(statements)
        return statements

    def statement(self):
        given = {"company": self.company.id, "first": self.first, "last": self.last}
        self.env.cr.execute(STATEMENT, given)

    def sides(self):
        """Return the sides to measure: the suite first."""
        tables = ("customer_dealer_rebate_statement", "customer_dealer_rebate_line")
        return [
            Side("suite", self.compute, self.prepared, tables=tables),
            Side("items", self.statement, tables=(PLAIN,)),
        ]

    def figures(self):
        """Return the figures of both sides: they must be equal."""
        self.compute(self.prepared())
        found = {}
        self.statement()
        for side, table, rest in (
            ("suite", "customer_dealer_rebate_statement", f"WHERE plan_id = {self.plan.id} AND base <> 0"),
            ("statement", PLAIN, "WHERE base <> 0"),
        ):
            self.env.cr.execute(
                f"SELECT count(*), sum(base)::numeric(20, 2)::text, sum(amount)::numeric(20, 2)::text"
                f" FROM {table} {rest}"
            )
            found[side] = dict(zip(("rows", "base", "amount"), self.env.cr.fetchone(), strict=True))
        self.env.cr.rollback()
        self.env.invalidate_all()
        return found
