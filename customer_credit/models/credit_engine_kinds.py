from odoo import api, models
from odoo.tools import float_compare


class CustomerCreditEngine(models.AbstractModel):
    """The kinds of checks: each returns None when the case is in order, else the value and its bound.

    Money is in company currency, percentages are 0 to 100 and more, days are whole days. (domain 4.6)
    """

    _inherit = "customer.credit.engine"

    @api.model
    def _check_limit(self, rule, case):
        """What is taken up with this, against the limit of the payer and of each group above it.

        The least room counts. The tolerance of a rating is added to the limit of its own account.
        """
        worst = None
        for standing in case.chain:
            if standing.limit is None:
                continue
            bound = case.company.currency_id.round(
                standing.limit * rule.threshold / 100 * (1 + standing.tolerance / 100)
            )
            value = case.company.currency_id.round(standing.taken - case.counted + case.amount)
            excess = value - bound
            grows = case.company.currency_id.compare_amounts(case.amount, 0) > 0
            if grows and case.company.currency_id.compare_amounts(value, bound) > 0:
                if worst is None or excess > worst["value"] - worst["bound"]:
                    worst = {"value": value, "bound": bound, "account": standing.id}
        return worst

    @api.model
    def _check_overdue_days(self, rule, case):
        """Days since the oldest open item fell due."""
        since = case.facts["overdue_since"]
        days = (case.today - since).days if since else 0
        return {"value": days, "bound": rule.threshold} if days > rule.threshold else None

    @api.model
    def _check_overdue_amount(self, rule, case):
        """What is open past its due date; credits that are not applied are not deducted."""
        overdue = case.facts["overdue"]
        if case.company.currency_id.compare_amounts(overdue, rule.threshold) <= 0:
            return None
        return {"value": overdue, "bound": rule.threshold}

    @api.model
    def _check_overdue_share(self, rule, case):
        """The overdue amount as a part of the payer's own limit; without a limit above zero, nothing."""
        limit = case.standing and case.standing.limit
        if not limit:
            return None
        share = case.facts["overdue"] / limit * 100
        over = float_compare(share, rule.threshold, precision_digits=2) > 0
        return {"value": round(share, 2), "bound": rule.threshold} if over else None

    @api.model
    def _check_expired(self, rule, case):
        """There was a limit, and none is in force any more."""
        if not case.standing or case.standing.limit is not None:
            return None
        ended = self.env["customer.credit.limit"]._last_day(case.standing.id)
        return {"value": str(ended), "bound": None} if ended else None

    @api.model
    def _check_review(self, rule, case):
        """Days since the credit was to be reviewed."""
        due = case.standing and case.standing.next_review
        days = (case.today - due).days if due else 0
        return {"value": days, "bound": rule.threshold} if days > rule.threshold else None

    @api.model
    def _check_terms(self, rule, case):
        """Days by which the payment terms are longer than what was agreed with the payer."""
        agreed = case.standing and case.standing.term_days
        asked = None if agreed is None else case.record._credit_term_days()
        if asked is None or asked - agreed <= rule.threshold:
            return None
        return {"value": asked, "bound": agreed + rule.threshold}

    @api.model
    def _check_order_amount(self, rule, case):
        """What the order adds by itself."""
        if case.company.currency_id.compare_amounts(case.amount, rule.threshold) <= 0:
            return None
        return {"value": case.amount, "bound": rule.threshold}

    @api.model
    def _check_stopped(self, rule, case):
        """The credit of the payer, or of a group above it, is stopped."""
        stopped = [standing for standing in case.chain if standing.is_stopped]
        return {"value": None, "bound": None, "account": stopped[0].id} if stopped else None

    @api.model
    def _check_rating(self, rule, case):
        """The rating gives no credit, and this is not paid in advance; not rated is no rating."""
        if not case.standing or case.standing.gives_credit is not False:
            return None
        owed = case.exposure + case.amount
        if case.company.currency_id.compare_amounts(owed, 0) <= 0:
            return None
        return {"value": owed, "bound": 0}
