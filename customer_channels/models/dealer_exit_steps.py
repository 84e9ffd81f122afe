from odoo import fields, models

from ..exceptions import ExitStateError
from .dealer_exit import OPEN


class CustomerDealerExit(models.Model):
    """The steps of an exit."""

    _inherit = "customer.dealer.exit"

    def _ensure_manager(self):
        """:raises AccessError: unless the user decides on dealers"""
        message = self.env._("This step is for managers of channels.")
        self._ensure_group("customer_channels.group_channel_manager", message)

    def _approval_check(self):
        """Override: an exit has its real reason in writing.

        :raises ExitStateError: without it
        """
        for one in self:
            if not (one.reason or "").strip():
                raise ExitStateError(self.env._("%s: write down why the dealer leaves.", one.display_name))
        return super()._approval_check()

    def _approval_granted(self):
        """Override: the exit is under way, and the dealer is leaving."""
        self._approval_write({"begun_on": fields.Date.context_today(self)})
        return super()._approval_granted()

    def action_next(self):
        """Go on to the next phase; the last one ends by closing the dealer.

        :raises ExitStateError: naming the checks that are left
        """
        self._ensure_step("before", "during")
        for one in self:
            one._ensure_met([one.phase])
            following = OPEN[OPEN.index(one.phase) + 1]
            one.sudo()._approval_write({"phase": following})

    def action_close(self):
        """Close the dealers: all checks are met or waived. What the books say is kept with the exit.

        :raises ExitStateError: naming the checks that are left
        """
        self._ensure_manager()
        self._ensure_step("after")
        today = fields.Date.context_today(self)
        for one in self:
            one._ensure_met(OPEN)
            one.sudo()._approval_write(
                {"figures": one._facts()[one.id], "closed_on": today, "phase": "closed"}
            )
            one.dealer_id.sudo().write({"closed_on": today})
            one.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def action_cancel(self):
        """Call the exit off: the dealer stays."""
        self._ensure_manager()
        self._ensure_step("draft", "refused", *OPEN)
        self.sudo()._approval_write({"cancelled_on": fields.Date.context_today(self)})

    def _ensure_met(self, phases):
        """:raises ExitStateError: naming the checks of these phases that are neither met nor waived"""
        self.line_ids.invalidate_recordset(["fact", "is_met"])
        left = self.line_ids.filtered(lambda line: line.phase in phases and not line.is_met)
        if left:
            raise ExitStateError(
                self.env._("%(exit)s cannot go on. Left to do:", exit=self.display_name)
                + "".join(f"\n• {line.check_id.name} {line.fact or ''}".rstrip() for line in left)
            )

    def action_refund(self):
        """Open a draft that pays the deposit back."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.dealer.deposit",
            "views": [(False, "form")],
            "context": {
                "default_dealer_id": self.dealer_id.id,
                "default_exit_id": self.id,
                "default_kind": "refunded",
                "default_amount": self.deposit_balance,
            },
        }
