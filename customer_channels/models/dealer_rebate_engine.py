from odoo import api, fields, models

from ..tools import Facts, Item, explain
from ..tools.rebate_math import exact


class CustomerDealerRebateEngine(models.AbstractModel):
    """Makes and computes rebate statements, of any number of dealers in a bounded number of statements of SQL."""

    _name = "customer.dealer.rebate.engine"
    _description = "Rebate Engine"

    # Which statements there have to be

    @api.model
    def _prepare(self, plans, day):
        """Make what is missing of the statements of the periods around a day; return these periods' statements.

        A dealer has them whose contract that names the plan was in force on some day of the period.
        """
        statements = self.env["customer.dealer.rebate.statement"].sudo()
        wanted = {}
        for plan in plans.sudo():
            for kind, length in (("final", plan.period), ("interim", plan.interim)):
                if length != "none":
                    first, last = plan._period_of(length, day)
                    for dealer in self._dealers(plan, first, last):
                        wanted[plan.id, dealer.id, kind, first, last] = True
        found = statements.search(
            [
                ("plan_id", "in", plans.ids),
                ("date_from", "<=", day),
                ("date_to", ">=", day),
            ]
        )
        there = {(one.plan_id.id, one.dealer_id.id, one.kind, one.date_from, one.date_to) for one in found}
        names = ("plan_id", "dealer_id", "kind", "date_from", "date_to")
        missing = [dict(zip(names, key, strict=True)) for key in wanted if key not in there]
        quiet = statements.with_context(tracking_disable=True, mail_create_nolog=True)
        return found + quiet.create(missing).with_env(statements.env)

    @api.model
    def _dealers(self, plan, first, last):
        """Return the dealers who had the plan by a contract on some day of a period."""
        return self._contracts(plan, first, last).dealer_id

    @api.model
    def _contracts(self, plans, first, last):
        """Return the contracts with one of these plans that were in force on some day of a period; one query."""
        return (
            self.env["customer.dealer.contract"]
            .sudo()
            # What an archived plan promised is owed all the same.
            .with_context(active_test=False)
            .search(
                [
                    ("rebate_plan_ids", "in", plans.ids),
                    ("begun_on", "!=", False),
                    ("date_from", "<=", last),
                    ("date_to", ">=", first),
                    "|",
                    ("ended_on", "=", False),
                    ("ended_on", ">=", first),
                ],
                order="date_from, id",
            )
        )

    # Computing

    @api.model
    def _compute(self, statements, today=None):
        """Compute statements that were not submitted yet, with all their lines.

        One whose period has ended is calculated, with its conditions; one that runs shows what to expect if they
        are met.
        """
        today = today or fields.Date.context_today(self)
        statements = statements.sudo().filtered(
            lambda one: one.approval_state == "draft" and not one.forfeited_on
        )
        writer = self.env["customer.dealer.rebate.writer"]
        statements.plan_id._check_tiers()
        # What an interim loses is read by the later ones and by the final one.
        turns = statements.grouped(lambda one: (one.kind == "final", one.date_to))
        for turn in sorted(turns):
            for company, own in turns[turn].grouped("company_id").items():
                writer._store(self._results(company, own, today), today)

    @api.model
    def _results(self, company, statements, today, until=None):
        """Return ``[(statement, values, lines)]``; nothing is stored.

        :param until: sales up to this day only
        """
        rows = self._rows(statements)
        spans = self._spans(statements.plan_id, rows)
        if until:
            spans = {key: (span[0], min(span[1], until), *span[2:]) for key, span in spans.items()}
        past = self._past(statements)
        scopes = [(row.id, row.dealer, row.plan, *spans[row.id][:2]) for row in rows]
        scopes += [
            (-one.id, one.dealer_id.id, one.plan_id.id, one.base_from, one.base_to) for one in past["settled"]
        ]
        figures = {
            "spans": spans,
            "past": past,
            "bases": self.env["customer.dealer.rebate.base"]._bases(company, scopes),
            "plans": {plan.id: plan._facts() for plan in statements.plan_id},
            "residuals": self.env["customer.dealer.residual"]._found(
                company, statements, spans, past["settled"]
            ),
            **self._circumstances(company, statements, today),
        }
        by_id = {one.id: one for one in statements}
        return [(by_id[row.id], *self._result(row, figures, today)) for row in rows]

    # One statement

    @api.model
    def _result(self, row, figures, today):
        """Return the values and the lines of one statement; no queries."""
        plan = figures["plans"][row.plan]
        first, last, whole, contract = figures["spans"][row.id]
        bases = {band: exact(amount) for band, amount in figures["bases"][row.id].items()}
        base = sum(bases.values(), exact(0))
        ratio = figures["attained"].get((row.period_from, row.date_to), {}).get(row.dealer)
        target = base / exact(ratio) if ratio else None
        facts = Facts(
            bases=bases,
            target=target,
            points=self._points(row, figures),
            failed=self._failed(row, figures, whole) if row.date_to < today else (),
            residuals=tuple(figures["residuals"].get(row.id, ())),
            share=exact(plan["interim_share"] if row.kind == "interim" else 100),
            before=self._before(row, figures),
            is_interim=row.kind == "interim",
        )
        items, earned = explain(plan["rules"], facts)
        fixes = self._corrections(row, figures)
        lost = -sum((item.amount for item in items if item.kind == "condition"), exact(0))
        corrected = sum((amount for _source, amount in fixes), exact(0))
        values = {
            "contract_id": contract,
            "base_from": first,
            "base_to": last,
            "base": base,
            "target": target or 0,
            "attainment": ratio or 0,
            "points": facts.points,
            "earned": earned,
            "lost": lost,
            "corrected": corrected,
            "amount": sum((item.amount for item in items), corrected),
            "calculated_on": today if row.date_to < today else None,
        }
        return values, [*items, *self._fix_items(fixes)]

    @api.model
    def _points(self, row, figures):
        """Return the points lost in the days that count."""
        return sum(
            (
                exact(one.points)
                for one in figures["points"].get(row.dealer, ())
                if row.period_from <= one.date <= row.date_to
                and (not one.plan_id or one.plan_id.id == row.plan)
            ),
            exact(0),
        )

    @api.model
    def _failed(self, row, figures, whole):
        """Return the codes of the conditions that were not met at the end of the period."""
        plan = figures["plans"][row.plan]
        period = row.date_from, row.date_to
        attained = figures["attained"].get(period, {}).get(row.dealer)
        overdue = figures["overdue"].get(row.date_to, {}).get(row.partner, {})
        found = {
            "no_target": plan["needs_target"] and attained is None,
            "attainment": attained is not None and exact(attained) * 100 < exact(plan["min_attainment"]),
            "violation": plan["no_violation"] and figures["violations"].get(period, {}).get(row.dealer),
            "penalty": row.dealer in figures["taken"].get(period, ()),
            "overdue": plan["no_overdue"] and (overdue.get("overdue_days_max") or 0) > plan["overdue_days"],
            "contract": plan["needs_contract"] and not whole,
            "reports": plan["needs_reports"] and figures["reports"].get(period, {}).get(row.dealer),
        }
        return tuple(code for code, fails in found.items() if fails)

    @api.model
    def _before(self, row, figures):
        """Return what interims of the same period took: paid ones, and what they lost for good."""
        rows = []
        for one in figures["past"]["interims"].get((row.plan, row.dealer, row.period_from), ()):
            if one.id == row.id or one.date_to > row.date_to:
                continue
            if row.kind == "interim" and one.date_to == row.date_to:
                continue
            if one.approval_state == "approved" and not one.forfeited_on:
                rows.append(("interim", one.id, exact(one.amount) - exact(one.corrected)))
            if one.lost and not figures["plans"][row.plan]["catch_up"]:
                rows.append(("missed", one.id, exact(one.lost)))
        return tuple(found for found in rows if found[2])

    @api.model
    def _corrections(self, row, figures):
        """Return ``[(settled statement, amount)]``: what it would be today less what it was and what was corrected.

        The target, the points and the conditions stay as they were settled.
        """
        found = []
        past, plan = figures["past"], figures["plans"][row.plan]
        for one in past["by_pair"].get((row.plan, row.dealer), ()):
            limit = fields.Date.add(one.date_to, months=plan["clawback_months"])
            if one.date_to >= row.date_from or limit < row.date_from:
                continue
            facts = Facts(
                bases={band: exact(value) for band, value in figures["bases"][-one.id].items()},
                target=exact(one.target) if one.target else None,
                points=exact(one.points),
                residuals=tuple(figures["residuals"].get(-one.id, ())),
            )
            earned = explain(plan["rules"], facts)[1]
            amount = earned - exact(one.earned) - exact(past["corrected"].get(one, 0))
            if amount:
                found.append((one, amount))
        return found

    @api.model
    def _fix_items(self, fixes):
        return [
            Item("clawback", exact(one.earned), exact(0), amount, {"reference": one.id})
            for one, amount in fixes
        ]

    @api.model
    def _cron_statements(self):
        """Make and compute the statements of the running periods, and of those that ended last.

        Of each plan in turn: what is done stays when the job is stopped, and is done again without harm.
        """
        today = fields.Date.context_today(self)
        plans = self.env["customer.dealer.rebate.plan"].sudo().search([("contract_ids", "!=", False)])
        for plan in plans:
            days = {today}
            for length in {plan.period, plan.interim} - {"none"}:
                days.add(fields.Date.subtract(plan._period_of(length, today)[0], days=1))
            rows = self.env["customer.dealer.rebate.statement"].sudo()
            for day in sorted(days):
                rows |= self._prepare(plan, day)
            self._compute(rows, today)
            self.env["ir.cron"]._commit_progress(1)
