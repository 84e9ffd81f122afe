from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ..exceptions import ContractStateError


class CustomerDealerContract(models.Model):
    """The life of a contract after its signature: it begins, is renewed, expires or is terminated."""

    _inherit = "customer.dealer.contract"
    _step_fields = ("reminded_on", "deposit_missed_on")

    reminded_on = fields.Date(readonly=True, copy=False)
    deposit_missed_on = fields.Date(
        string="Suspended for the Deposit On",
        readonly=True,
        copy=False,
        help="The dealer was suspended on this day, as the deposit was missing; lifted when it is paid.",
    )
    renewal_reason = fields.Text(
        string="Why It Is Renewed All the Same",
        copy=False,
        help="Needed when the dealer failed a condition under the contract that is renewed.",
    )

    # Begin

    def action_begin(self):
        """Let signed contracts run whose first day has come, without waiting for the night.

        :raises ContractStateError: when one is not signed, or its first day is still to come
        """
        self._ensure_step("signed")
        today = fields.Date.context_today(self)
        for contract in self:
            if contract.date_from > today:
                raise ContractStateError(
                    self.env._(
                        "“%(contract)s” runs from %(day)s on.", contract=contract.name, day=contract.date_from
                    )
                )
        self.sudo()._begin_due(today)

    def _begin_due(self, today):
        """Let these contracts run if they are signed and their first day has come; as the system."""
        for contract in self:
            if contract.state != "signed" or contract.date_from > today:
                continue
            before = contract.amends_id
            if before.state in ("approved", "signed", "running"):
                before._end(
                    "replaced", max(contract.date_from - timedelta(days=1), before.date_from), contract.name
                )
            contract._approval_write({"begun_on": contract.date_from})

    # End

    def _end(self, kind, day, reason=None):
        """End these contracts; they bound until that day. As the system.

        :param str kind: ``expired``, ``terminated`` or ``replaced``
        :param day: the last day on which they bound
        """
        self._approval_write({"ended_on": day, "end_kind": kind, "end_reason": reason or False})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _terminate(self, reason, day):
        """End contracts before their time; who may is decided by whoever calls, as the exit of a dealer does.

        :raises ContractStateError: when one is not agreed on, or its last day is past
        """
        self._ensure_state("approved", "signed", "running")
        for contract in self:
            contract.sudo()._end("terminated", min(day, contract.date_to), reason)

    def action_terminate(self):
        """Open a request to end the contract before its time."""
        self.ensure_one()
        self._ensure_step("approved", "signed", "running")
        return {
            "name": self.env._("Termination"),
            "type": "ir.actions.act_window",
            "res_model": "customer.dealer.termination",
            "views": [(False, "form")],
            "context": {"default_contract_id": self.id},
        }

    # Renewal

    def action_renew(self):
        """Prepare the contract that follows: the next day, as long, with the same terms.

        :raises ContractStateError: when it did not run, or is renewed already
        """
        self.ensure_one()
        self._ensure_step("running", "ended")
        following = self.renewal_ids.filtered(lambda one: one.state != "refused")
        if following:
            raise ContractStateError(
                self.env._(
                    "“%(contract)s” is renewed by “%(other)s” already.",
                    contract=self.name,
                    other=following[0].name,
                )
            )
        first = self._last_day() + timedelta(days=1)
        last = first + relativedelta(months=self._months(), days=-1)
        return self._next_contract({"date_from": first, "date_to": last}, "renews_id")

    def _conditions_failed(self):
        """Return the conditions that the dealer failed under the contract that this one renews."""
        self.ensure_one()
        return self.renews_id.sudo().condition_ids.filtered(lambda one: one.state == "failed")

    def _approval_check(self):
        """Override of the approval mixin: whoever failed a condition is renewed for a reason only.

        :raises ContractStateError: when the reason is missing
        """
        for contract in self:
            failed = contract._conditions_failed()
            if failed and not (contract.renewal_reason or "").strip():
                raise ContractStateError(
                    self.env._(
                        "%(dealer)s failed “%(condition)s”, so “%(contract)s” is not renewed as a matter of course. "
                        "Write why it is renewed all the same; a manager decides.",
                        dealer=contract.partner_id.name,
                        condition=failed[0].name,
                        contract=contract.renews_id.name,
                    )
                )
        return super()._approval_check()

    def _approval_granted(self):
        """Override of the approval mixin: without a rule that asks somebody, a manager has to renew who failed.

        :raises ContractStateError: for anybody else
        """
        manager = self.env.user.has_group("customer_channels.group_channel_manager")
        for contract in self:
            asked = contract.approval_ids.filtered(lambda row: row.state == "approved")
            if contract._conditions_failed() and not asked and not manager:
                raise ContractStateError(
                    self.env._(
                        "“%s” renews a contract under which a condition was failed: a manager has to submit it.",
                        contract.name,
                    )
                )
        return super()._approval_granted()
