from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import date_utils


class CustomerDealer(models.Model):
    _inherit = "customer.dealer"

    def _rebates_taken(self, date_from, date_to):
        """Override: by cases that were carried out and not lifted.

        A case takes the rebates of its quarter, or of its year: of periods that lie in it. A statement of a whole
        year loses by a case of a quarter what its quarterly statement lost.
        """
        cases = self.env["customer.dealer.violation"].sudo()
        found = cases.search(
            [
                ("dealer_id", "in", self.ids),
                ("rebate", "!=", "none"),
                ("executed_on", "!=", False),
                ("appeal_result", "!=", "accepted"),
                ("date_occurred", ">=", date_utils.start_of(fields.Date.to_date(date_from), "year")),
                ("date_occurred", "<=", date_utils.end_of(fields.Date.to_date(date_to), "year")),
            ]
        )
        taken = {case.dealer_id.id for case in found if case._takes_rebate_of(date_from, date_to)}
        return super()._rebates_taken(date_from, date_to) | taken


class CustomerDealerViolation(models.Model):
    """A decided case takes the rebate of its quarter or year."""

    _inherit = "customer.dealer.violation"

    def _rebate_period(self):
        """Return the first and the last day of what a case takes the rebates of."""
        self.ensure_one()
        length = "quarter" if self.rebate == "quarter" else "year"
        day = self.date_occurred
        return date_utils.start_of(day, length), date_utils.end_of(day, length)

    def _takes_rebate_of(self, date_from, date_to):
        first, last = self._rebate_period()
        return first <= fields.Date.to_date(date_from) and fields.Date.to_date(date_to) <= last

    def _penalty_to_rebate(self):
        """Override: what is not checked yet is computed anew; of the rest the responsible is told."""
        done = super()._penalty_to_rebate()
        for case in self:
            late = case._recompute_rebates()
            if late:
                case.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Take back: %s", ", ".join(late.mapped("name"))),
                    note=self.env._("These rebates were checked before the case was carried out."),
                    user_id=case.user_id.id or self.env.uid,
                )
        return done

    def _penalty_lifted(self):
        """Override: what is not checked yet gets its rebate back."""
        done = super()._penalty_lifted()
        for case in self:
            case._recompute_rebates()
        return done

    def _recompute_rebates(self):
        """Compute the statements of a case's period anew; return those that were checked already."""
        self.ensure_one()
        if self.rebate == "none":
            return self.env["customer.dealer.rebate.statement"]
        first, last = self._rebate_period()
        # A statement of the year counts what its quarters lost.
        statements = (
            self.env["customer.dealer.rebate.statement"]
            .sudo()
            .search(
                [
                    ("dealer_id", "=", self.dealer_id.id),
                    ("date_from", "<=", last),
                    ("date_to", ">=", first),
                    ("date_to", "<=", last + relativedelta(years=1)),
                ]
            )
        )
        draft = statements.filtered(lambda one: one.approval_state == "draft")
        if draft:
            self.env["customer.dealer.rebate.engine"]._compute(draft)
        decided = statements.filtered(
            lambda one: one.approval_state in ("pending", "approved") and not one.forfeited_on
        )
        return decided.filtered(lambda one: self._takes_rebate_of(one.date_from, one.date_to))
