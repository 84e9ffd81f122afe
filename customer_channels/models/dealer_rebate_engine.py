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
        spans = self._spans(statements)
        if until:
            spans = {one: (span[0], min(span[1], until), *span[2:]) for one, span in spans.items()}
        past = self._past(statements)
        scopes = [(one.id, one.dealer_id.id, one.plan_id.id, *spans[one][:2]) for one in statements]
        scopes += [
            (-one.id, one.dealer_id.id, one.plan_id.id, one.base_from, one.base_to) for one in past["settled"]
        ]
        bases = self.env["customer.dealer.rebate.base"]._bases(company, scopes)
        figures = {
            "spans": spans,
            "past": past,
            "bases": bases,
            "rules": {plan: plan._rules() for plan in statements.plan_id},
            "residuals": self.env["customer.dealer.residual"]._found(
                company, statements, spans, past["settled"]
            ),
            **self._circumstances(company, statements, today),
        }
        return [(one, *self._result(one, figures, today)) for one in statements]

    @api.model
    def _spans(self, statements):
        """Return which days count for each statement: ``{statement: (first, last, whether all, contract)}``.

        From the first day of the plan's period, as far as contracts with the plan were in force.
        """
        first, last = min(statements.mapped("period_from")), max(statements.mapped("date_to"))
        contracts = self._contracts(statements.plan_id, first, last)
        # Plain rows: records cost more than all the rest of it.
        rows = {}
        for one in contracts:
            end = min(one.ended_on or one.date_to, one.date_to)
            row = one.date_from, end, one.id, set(one.rebate_plan_ids.ids)
            rows.setdefault(one.dealer_id.id, []).append(row)
        return {one: self._span(one, rows.get(one.dealer_id.id, ())) for one in statements}

    @api.model
    def _span(self, statement, rows):
        """Return (first, last, whether all, contract id) from the contracts of the dealer."""
        first, last, plan = statement.period_from, statement.date_to, statement.plan_id.id
        own = sorted(
            (max(begin, first), min(end, last), contract)
            for begin, end, contract, plans in rows
            if plan in plans and max(begin, first) <= min(end, last)
        )
        if not own:
            # Nothing was agreed: no day counts.
            return first, fields.Date.subtract(first, days=1), False, None
        reached = statement.date_from
        for begin, end, _contract in own:
            if begin <= reached:
                reached = max(reached, fields.Date.add(end, days=1))
        return own[0][0], max(row[1] for row in own), reached > last, own[-1][2]

    # One statement

    @api.model
    def _result(self, statement, figures, today):
        """Return the values and the lines of one statement; no queries."""
        plan, dealer = statement.plan_id, statement.dealer_id
        first, last, whole, contract = figures["spans"][statement]
        bases = {band: exact(amount) for band, amount in figures["bases"][statement.id].items()}
        base = sum(bases.values(), exact(0))
        ratio = figures["attained"].get((statement.period_from, statement.date_to), {}).get(dealer.id)
        target = base / exact(ratio) if ratio else None
        facts = Facts(
            bases=bases,
            target=target,
            points=self._points(statement, figures),
            failed=self._failed(statement, figures, whole) if statement.date_to < today else (),
            residuals=tuple(figures["residuals"].get(statement.id, ())),
            share=exact(plan.interim_share if statement.kind == "interim" else 100),
            before=self._before(statement, figures),
            is_interim=statement.kind == "interim",
        )
        items, earned = explain(figures["rules"][plan], facts)
        fixes = self._corrections(statement, figures)
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
            "calculated_on": today if statement.date_to < today else None,
        }
        return values, [*items, *self._fix_items(fixes)]

    @api.model
    def _points(self, statement, figures):
        """Return the points lost in the days that count."""
        rows = figures["points"].get(statement.dealer_id, ())
        return sum(
            (
                exact(one.points)
                for one in rows
                if statement.period_from <= one.date <= statement.date_to
                and (not one.plan_id or one.plan_id == statement.plan_id)
            ),
            exact(0),
        )

    @api.model
    def _failed(self, statement, figures, whole):
        """Return the codes of the conditions that were not met at the end of the period."""
        plan, dealer = statement.plan_id, statement.dealer_id
        period = statement.date_from, statement.date_to
        attained = figures["attained"].get(period, {}).get(dealer.id)
        overdue = figures["overdue"].get(statement.date_to, {}).get(statement.partner_id.id, {})
        found = {
            "no_target": plan._needs_target() and attained is None,
            "attainment": attained is not None and exact(attained) * 100 < exact(plan.min_attainment),
            "violation": plan.no_violation and figures["violations"].get(period, {}).get(dealer.id),
            "penalty": dealer.id in figures["taken"].get(period, ()),
            "overdue": plan.no_overdue and (overdue.get("overdue_days_max") or 0) > plan.overdue_days,
            "contract": plan.needs_contract and not whole,
            "reports": plan.needs_reports and figures["reports"].get(period, {}).get(dealer.id),
        }
        return tuple(code for code, fails in found.items() if fails)

    @api.model
    def _before(self, statement, figures):
        """Return what interims of the same period took: paid ones, and what they lost for good."""
        key = statement.plan_id, statement.dealer_id, statement.period_from
        rows = []
        for one in figures["past"]["interims"].get(key, ()):
            if one == statement or one.date_to > statement.date_to:
                continue
            if statement.kind == "interim" and one.date_to == statement.date_to:
                continue
            if one.approval_state == "approved" and not one.forfeited_on:
                rows.append(("interim", one.id, exact(one.amount) - exact(one.corrected)))
            if one.lost and not statement.plan_id.catch_up:
                rows.append(("missed", one.id, exact(one.lost)))
        return tuple(row for row in rows if row[2])

    @api.model
    def _corrections(self, statement, figures):
        """Return ``[(settled statement, amount)]``: what it would be today less what it was and what was corrected.

        The target, the points and the conditions stay as they were settled.
        """
        found = []
        past = figures["past"]
        for one in past["by_pair"].get((statement.plan_id, statement.dealer_id), ()):
            limit = fields.Date.add(one.date_to, months=statement.plan_id.clawback_months)
            if one.date_to >= statement.date_from or limit < statement.date_from:
                continue
            facts = Facts(
                bases={band: exact(value) for band, value in figures["bases"][-one.id].items()},
                target=exact(one.target) if one.target else None,
                points=exact(one.points),
                residuals=tuple(figures["residuals"].get(-one.id, ())),
            )
            earned = explain(figures["rules"][statement.plan_id], facts)[1]
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
