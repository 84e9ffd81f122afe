from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import CreditCase, Standing
from ..tools.credit_case import HELD

# What a decision takes from the context of its caller.
KEPT = ("lang", "tz", "allowed_company_ids")


class CustomerCreditEngine(models.AbstractModel):
    """Decides orders, deliveries and invoices by the credit rules: the one place where that is done.

    The number of statements does not depend on how many are decided at a time. Of several of one payer, or of
    one group, each is decided on top of those before it that pass.
    """

    _name = "customer.credit.engine"
    _description = "Credit Engine"

    @api.model
    def _decide(self, records, stage, binding=True):
        """Decide about documents.

        :param records: orders, transfers or invoices, with the hooks ``_credit_*`` of ``customer.credit.subject``
        :param str stage: order, delivery or invoice
        :param bool binding: take part in the order of decisions, and record them; else nothing is written
        :return: ``{record: CreditCase}``
        """
        # Nothing of a caller's context gets in, and no record is read for it.
        context = {key: self.env.context[key] for key in KEPT if key in self.env.context}
        engine = self.with_env(self.env(su=True, context=context))
        cases = []
        for company, part in records.with_env(engine.env).grouped(lambda doc: doc._credit_company()).items():
            cases += engine._decide_in(company, part, stage, binding)
        if binding:
            self.env["customer.credit.decision"].with_env(engine.env)._record(cases)
        return {records.browse(case.record.id): case for case in cases}

    @api.model
    def _decide_in(self, company, records, stage, binding):
        rules = [
            rule
            for rule in self.env["customer.credit.rule"]._active_rules(company.id)
            if stage in rule.stages
        ]
        if not rules:
            return []
        today = fields.Date.context_today(self)
        records._credit_load()
        cases = [
            CreditCase(doc, stage, company, doc._credit_payer(), doc._credit_order(), today)
            for doc in records
        ]
        payers = self.env["res.partner"].union(*(case.payer for case in cases))
        # First of all: whoever decides about the same account at the same time waits, and starts anew.
        standings = self._standings(company, payers, binding)
        self._fill_cases(company, cases, payers, standings)
        self._judge(cases, rules)
        return cases

    # What is known

    @api.model
    def _standings(self, company, payers, binding):
        """Return the accounts of payers and of the groups above them: ``{account id: Standing}``.

        A binding decision changes the rows. PostgreSQL lets the second of two at a time wait for the first,
        and then refuses it because its snapshot is older; the host starts it again, and it sees the first. A
        lock alone is not enough: the second would go on with its old snapshot. (peers.md 3.1)
        """
        accounts = self.env["customer.credit.account"]
        accounts.flush_model()
        self.env["customer.credit.hold"].flush_model()
        chain = accounts._chain_sql(
            SQL("o.company_id = %s AND o.partner_id = ANY(%s)", company.id, payers.ids)
        )
        columns = self._standing_columns()
        if binding:
            statement = SQL("%s RETURNING %s", accounts._bump_sql(chain), columns)
        else:
            statement = SQL("SELECT %s FROM customer_credit_account a WHERE a.id IN (%s)", columns, chain)
        found = {}
        for account, partner, path, *rest in self.env.execute_query(statement):
            steps = tuple(int(step) for step in path.strip("/").split("/"))
            members, rating, tolerance, *others = rest
            found[account] = Standing(account, partner, steps, members, rating, tolerance or 0.0, *others)
        if binding and found:
            accounts.browse(found).invalidate_recordset(["version"])
        return found

    @api.model
    def _standing_columns(self):
        """Return what a statement selects of account ``a``, in the order of the fields of ``Standing``."""
        return SQL(
            """
            a.id, a.partner_id, a.parent_path, EXISTS (
                SELECT FROM customer_credit_account m WHERE m.parent_id = a.id),
            a.rating_id, (SELECT r.tolerance FROM customer_credit_rating r WHERE r.id = a.rating_id),
            (SELECT r.gives_credit FROM customer_credit_rating r WHERE r.id = a.rating_id),
            (SELECT MAX(l.nb_days) FROM account_payment_term_line l WHERE l.payment_id = a.payment_term_id),
            a.next_review, COALESCE(a.is_stopped, FALSE), EXISTS (
                SELECT FROM customer_credit_hold h
                 WHERE h.partner_id = a.partner_id AND h.state IN ('held', 'asked'))
            """
        )

    @api.model
    def _fill_cases(self, company, cases, payers, standings):
        """Fill in exposure, limits, and what each document adds, in a fixed number of statements."""
        orders = self.env["sale.order"].union(*(case.order for case in cases))
        members = self._members(company, standings)
        everybody = payers | payers.browse(members)
        facts, taken = self.env["customer.credit.exposure"]._exposure_facts(company, everybody, orders)
        accounts = self.env["customer.credit.account"].browse(standings)
        # What the limits ask of the accounts is known already.
        known = {
            "company_id": [company.id] * len(accounts),
            "next_review": [standing.next_review for standing in standings.values()],
        }
        for name, values in known.items():
            accounts._fields[name]._insert_cache(accounts, values)
        limits = accounts._limits(cases[0].today) if accounts else {}
        for account, limit in limits.items():
            standings[account.id].limit = limit
        by_partner = {standing.partner_id: standing for standing in standings.values()}
        for partner, path in {**members, **{s.partner_id: s.path for s in standings.values()}}.items():
            for step in path:
                if step in standings and partner in facts:
                    standings[step].taken += facts[partner]["total"]
        for case in cases:
            case.facts = facts[case.payer.id]
            case.standing = by_partner.get(case.payer.id)
            path = case.standing.path if case.standing else ()
            case.chain = [standings[step] for step in reversed(path) if step in standings]
            case.amount, case.counted = case.record._credit_amounts(case, taken)

    @api.model
    def _members(self, company, standings):
        """Return the members of the groups of these accounts: ``{partner id: path}``; mostly nobody."""
        roots = sorted(
            {
                standing.path[0]
                for standing in standings.values()
                if len(standing.path) > 1 or standing.has_members
            }
        )
        if not roots:
            return {}
        accounts = self.env["customer.credit.account"].search_fetch(
            [("id", "child_of", roots)], ["partner_id", "parent_path"]
        )
        return {
            account.partner_id.id: tuple(int(step) for step in account.parent_path.strip("/").split("/"))
            for account in accounts
        }

    # What follows

    @api.model
    def _judge(self, cases, rules):
        """Decide one case after the other; what passes takes up its amount before the next is decided."""
        added, releases = {}, None
        for case in cases:
            case.exposure = case.facts["total"] - case.counted + added.get(case.payer.id, 0.0)
            case.failed = self._hardest([fail for rule in rules if (fail := self._check(rule, case))])
            if case.action in HELD and case.action != "block":
                if releases is None:
                    releases = self.env["customer.credit.hold"]._releases(cases)
                case.release_id = self.env["customer.credit.hold"]._covering(case, releases)
            case.result = self._result(case)
            if case.binding:
                case.exposure = case.company.currency_id.round(case.binding.taken - case.counted)
            if case.result != "held":
                grown = case.amount - case.counted
                added[case.payer.id] = added.get(case.payer.id, 0.0) + grown
                for standing in case.chain:
                    standing.taken += grown

    @api.model
    def _hardest(self, failed):
        """Return of several rules of a kind only those with the hardest consequence."""
        order = {action: place for place, action in enumerate(("warn", *HELD))}
        most = {}
        for fail in failed:
            most[fail["kind"]] = max(most.get(fail["kind"], 0), order[fail["action"]])
        return [fail for fail in failed if order[fail["action"]] == most[fail["kind"]]]

    @api.model
    def _result(self, case):
        if case.release_id:
            return "released"
        if case.action in HELD:
            return "held"
        return "warned" if case.action else "passed"

    @api.model
    def _check(self, rule, case):
        """Return how a case fails a rule, or None when it meets it or the rule is not for it."""
        if not self._applies(rule, case):
            return None
        found = getattr(self, f"_check_{rule.kind}")(rule, case)
        if found is None:
            return None
        return {"rule": rule.id, "kind": rule.kind, "action": rule.action, **found}

    @api.model
    def _applies(self, rule, case):
        if case.payer.id in rule.excluded_ids:
            return False
        if rule.rating_ids and (not case.standing or case.standing.rating_id not in rule.rating_ids):
            return False
        if rule.team_ids and case.record._credit_team().id not in rule.team_ids:
            return False
        grade = rule.grade_ids and case.payer.with_company(case.company).customer_grade_id.id
        return not rule.grade_ids or grade in rule.grade_ids
