from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..exceptions import RebateStateError


class CustomerDealerRebateStatement(models.Model):
    """The steps of a rebate statement up to its settlement."""

    _inherit = "customer.dealer.rebate.statement"

    def _ensure_right(self, *groups):
        """:raises AccessError: when the user is in none of these groups"""
        if not self.env.su and not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("Rebates are settled and forfeited by managers of channels and by accountants.")
            )

    def action_compute(self):
        """Compute statements again that were not submitted yet, from today's invoices and receipts.

        :raises RebateStateError: when one was submitted
        """
        self._ensure_step("accruing", "calculated")
        self.env["customer.dealer.rebate.engine"]._compute(self)

    def _approval_submit(self):
        """Override: what is submitted is what is true at this moment."""
        self.env["customer.dealer.rebate.engine"]._compute(self)
        return super()._approval_submit()

    def _approval_check(self):
        """Override: only the rebate of a period that has ended is checked, interims before the final one."""
        for one in self:
            if not one.calculated_on:
                raise RebateStateError(
                    self.env._(
                        "The period of %(statement)s runs until %(day)s: submit it afterwards.",
                        statement=one.name,
                        day=one.date_to,
                    )
                )
        others = self.sudo().search(
            [
                ("dealer_id", "in", self.dealer_id.ids),
                ("plan_id", "in", self.plan_id.ids),
                ("period_from", "in", self.mapped("period_from")),
                ("forfeited_on", "=", False),
            ]
        )
        for one in self:
            self._check_order(one, others)
        return super()._approval_check()

    def _check_order(self, one, others):
        """:raises RebateStateError: when an interim is still open before its final statement, or comes after it"""
        same = others.filtered(
            lambda other: (other.plan_id, other.dealer_id, other.period_from)
            == (one.plan_id, one.dealer_id, one.period_from)
        )
        if one.kind == "final":
            wrong = same.filtered(lambda other: other.kind == "interim" and other.approval_state == "pending")
        else:
            wrong = same.filtered(
                lambda other: (
                    other != one
                    and other.approval_state in ("pending", "approved")
                    and (other.kind == "final" or other.date_to > one.date_to)
                )
            )
        if wrong:
            raise RebateStateError(
                self.env._(
                    "%(statement)s cannot be checked beside %(other)s: interims are decided in their order, before "
                    "the final statement.",
                    statement=one.name,
                    other=wrong[0].name,
                )
            )

    def _approval_amount(self):
        """Override: what is settled."""
        self.ensure_one()
        return self.amount, self.currency_id

    def _approval_summary(self):
        """Override: dealer, period, base and what was earned."""
        self.ensure_one()
        return [
            (self.env._("Dealer"), self.partner_id.name),
            (self.env._("Period"), f"{self.date_from} - {self.date_to}"),
            (self._fields["base"]._description_string(self.env), self.currency_id.format(self.base)),
            (self._fields["earned"]._description_string(self.env), self.currency_id.format(self.earned)),
        ]

    # The dealer

    def action_confirm(self):
        """Note that the dealer agreed to the statement.

        :raises RebateStateError: when it is not checked
        """
        self.check_access("write")
        self._confirm_by_dealer()

    def _confirm_by_dealer(self):
        """Confirm checked statements; the caller has made sure that it may, the portal that it is the dealer's."""
        statements = self.sudo()._approval_locked_rows()
        statements._ensure_state("checked")
        today = fields.Date.context_today(self)
        statements._approval_write({"confirmed_on": today, "confirmed_by_id": self.env.uid})

    def action_forfeit(self, reason=None):
        """Let rebates lapse that were not settled.

        :param str reason: what is shown
        :raises RebateStateError: when one is settled, or being checked
        """
        self._ensure_right("customer_channels.group_channel_manager")
        self.check_access("write")
        statements = self.sudo()._approval_locked_rows()
        statements._ensure_state("calculated", "checked", "confirmed")
        statements._refuse_prepared()
        today = fields.Date.context_today(self)
        reason = reason or self.env._("Forfeited by %s", self.env.user.name)
        statements._approval_write({"forfeited_on": today, "forfeit_reason": reason})

    def _refuse_prepared(self):
        """:raises RebateStateError: when the document that settles one is there already"""
        for one in self:
            if one.move_id and one.move_id.state != "cancel":
                raise RebateStateError(
                    self.env._(
                        "%(statement)s is settled by %(document)s: post it, or cancel it first.",
                        statement=one.name,
                        document=one.move_id.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided_rebate(self):
        for one in self:
            if one.state not in ("accruing", "calculated"):
                raise RebateStateError(
                    self.env._("%s was submitted: it stays, settled or forfeited.", one.name)
                )
