from datetime import date, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL


class Row(NamedTuple):
    """A statement in plain words: of thousands, records cost more than all the rest of it."""

    id: int
    kind: str
    plan: int
    dealer: int
    partner: int
    period_from: date
    date_from: date
    date_to: date


class CustomerDealerRebateEngine(models.AbstractModel):
    """What the engine asks of others, for all statements at once: decided periods, conditions, points."""

    _inherit = "customer.dealer.rebate.engine"

    @api.model
    def _rows(self, statements):
        """Return the statements as ``Row``, in their order."""
        statements.env.flush_all()
        found = self.env.execute_query(
            SQL(
                """
                SELECT s.id, s.kind, s.plan_id, s.dealer_id, d.partner_id, s.period_from, s.date_from, s.date_to
                  FROM customer_dealer_rebate_statement s JOIN customer_dealer d ON d.id = s.dealer_id
                 WHERE s.id = ANY(%s)
                """,
                list(statements.ids),
            )
        )
        rows = {row[0]: Row(*row) for row in found}
        return [rows[key] for key in statements.ids]

    @api.model
    def _spans(self, plans, rows):
        """Return which days count for each statement: ``{id: (first, last, whether all, contract id)}``.

        From the first day of the plan's period, as far as contracts with the plan were in force.
        """
        first, last = min(row.period_from for row in rows), max(row.date_to for row in rows)
        found = {}
        for one in self._contracts(plans, first, last):
            end = min(one.ended_on or one.date_to, one.date_to)
            contract = one.date_from, end, one.id, set(one.rebate_plan_ids.ids)
            found.setdefault(one.dealer_id.id, []).append(contract)
        return {row.id: self._span(row, found.get(row.dealer, ())) for row in rows}

    @api.model
    def _span(self, row, contracts):
        """Return (first, last, whether all, contract id) from the contracts of the dealer."""
        first, last = row.period_from, row.date_to
        own = sorted(
            (max(begin, first), min(end, last), contract)
            for begin, end, contract, plans in contracts
            if row.plan in plans and max(begin, first) <= min(end, last)
        )
        if not own:
            # Nothing was agreed: no day counts.
            return first, first - timedelta(days=1), False, None
        reached = row.date_from
        for begin, end, _contract in own:
            if begin <= reached:
                reached = max(reached, end + timedelta(days=1))
        return own[0][0], max(one[1] for one in own), reached > last, own[-1][2]

    @api.model
    def _past(self, statements):
        """Return what was decided before: interims of the same periods, settled periods, corrections of these."""
        domain = [
            ("dealer_id", "in", statements.dealer_id.ids),
            ("plan_id", "in", statements.plan_id.ids),
            ("id", "not in", statements.ids),
        ]
        rows = statements.search(
            [*domain, "|", ("approval_state", "=", "approved"), ("calculated_on", "!=", False)]
        )
        rows |= statements.filtered(lambda one: one.kind == "interim")
        interims = rows.filtered(lambda one: one.kind == "interim").sorted("date_to")
        settled = rows.filtered(
            lambda one: (
                one.kind == "final"
                and one.approval_state == "approved"
                and not one.forfeited_on
                and not one.lost
            )
        )
        oldest = min(statements.mapped("period_from"))
        settled = settled.filtered(
            lambda one: fields.Date.add(one.date_to, months=one.plan_id.clawback_months) >= oldest
        )
        groups = (
            self.env["customer.dealer.rebate.line"]
            .sudo()
            ._read_group(
                [
                    ("source_id", "in", settled.ids),
                    ("kind", "=", "clawback"),
                    ("statement_id.approval_state", "in", ("pending", "approved")),
                    ("statement_id.forfeited_on", "=", False),
                ],
                ["source_id"],
                ["amount:sum"],
            )
        )
        return {
            "interims": interims.grouped(lambda one: (one.plan_id.id, one.dealer_id.id, one.period_from)),
            "settled": settled,
            "by_pair": settled.grouped(lambda one: (one.plan_id.id, one.dealer_id.id)),
            "corrected": dict(groups),
        }

    @api.model
    def _circumstances(self, company, statements, today):
        """Return attainments, violations, overdue days, missing reports and points: each asked once a period."""
        found = {name: {} for name in ("attained", "violations", "taken", "overdue", "reports", "points")}
        over = statements.filtered(lambda one: one.date_to < today)
        for (first, last), own in over.grouped(lambda one: (one.date_from, one.date_to)).items():
            dealers = own.dealer_id
            found["attained"][first, last] = dealers._attainments(first, last)
            found["violations"][first, last] = dealers._violations_proven(first, last)
            found["taken"][first, last] = dealers._rebates_taken(first, last)
            found["reports"][first, last] = dealers._reports_missing(first, last)
        for (first, last), own in statements.grouped(lambda one: (one.period_from, one.date_to)).items():
            if (first, last) not in found["attained"]:
                asked = own.filtered(lambda one: one.plan_id._needs_target()).dealer_id
                found["attained"][first, last] = asked._attainments(first, last) if asked else {}
        metrics = self.env["customer.metric"].sudo()
        for last, own in over.filtered(lambda one: one.plan_id.no_overdue).grouped("date_to").items():
            found["overdue"][last] = metrics._evaluate(
                ["overdue_days_max"], last, 12, company, own.partner_id
            )
        deductions = (
            self.env["customer.dealer.rebate.deduction"]
            .sudo()
            .search(
                [
                    ("dealer_id", "in", statements.dealer_id.ids),
                    ("date", ">=", min(statements.mapped("period_from"))),
                    ("date", "<=", max(statements.mapped("date_to"))),
                ]
            )
        )
        found["points"] = deductions.grouped(lambda one: one.dealer_id.id)
        return found
