from odoo import models
from odoo.tools import format_amount

from ..exceptions import RemedyStepError
from .complaint_remedy import ANSWER, BINDING


class CustomerComplaintRemedy(models.Model):
    """Who approves a proposal: decided by the total of the complaint, not by the proposal alone."""

    _inherit = "customer.complaint.remedy"

    def _approval_free_fields(self):
        """Override: what the customer answers comes after the approval."""
        return super()._approval_free_fields() | set(ANSWER)

    def _approval_amount(self):
        """Override: all that the complaint gives away, in company currency."""
        self.ensure_one()
        bound = self._bound_amounts(self.complaint_id).get(self.complaint_id.id, 0.0)
        own = 0.0 if self.state in BINDING else self.amount_company
        return bound + own, self.company_id.currency_id

    def _approval_check(self):
        """Override: something is given, the invoices hold it, the goods are there to come back.

        :raises RemedyStepError: when nothing is given, or the complaint is closed
        :raises RemedyAmountError: when an invoice has less left than is given back
        :raises RemedyQuantityError: when more comes back than was delivered and is free
        """
        for remedy in self:
            if not remedy.line_ids:
                raise RemedyStepError(
                    self.env._(
                        "%s gives the customer nothing: add a line, an apology at least.", remedy.display_name
                    )
                )
            if remedy.complaint_id.stage == "closed":
                raise RemedyStepError(self.env._("%s is closed.", remedy.complaint_id.display_name))
        # Of two proposals at the same moment, the second waits, is run again, and counts the first.
        self.sudo().complaint_id._remedy_lock()
        self.line_ids._check_complete()
        self.line_ids._check_goods_room()
        self.line_ids._check_credit_room()
        return super()._approval_check()

    def _approval_granted(self):
        """Override: the complaint hears of it."""
        for remedy in self:
            remedy.complaint_id.sudo().message_post(
                body=self.env._(
                    "%(remedy)s is approved: %(amount)s.",
                    remedy=remedy.name,
                    amount=format_amount(self.env, remedy.amount_company, remedy.company_id.currency_id),
                )
            )
        return super()._approval_granted()

    def _approval_summary(self):
        """Override: what it is about, what was found, what the customer gets, and all that it got before."""
        self.ensure_one()
        complaint = self.complaint_id.sudo()
        known = self.env["customer.approval"]
        labels = {
            name: dict(complaint._fields[name]._description_selection(self.env))
            for name in ("severity", "is_justified")
        }
        facts = [
            (complaint._fields["summary"], complaint.display_name),
            (complaint._fields["severity"], labels["severity"].get(complaint.severity)),
            (complaint._fields["is_justified"], labels["is_justified"].get(complaint.is_justified)),
            (complaint._fields["cause_id"], complaint.cause_id.name),
            (self._fields["line_ids"], "; ".join(line._words() for line in self.line_ids)),
            (self._fields["amount_company"], known._format(self.amount_company, self.company_currency_id)),
            (self._fields["total_company"], known._format(self.total_company, self.company_currency_id)),
            (self._fields["reason"], self.reason),
        ]
        return [(field._description_string(self.env), value) for field, value in facts if value]
