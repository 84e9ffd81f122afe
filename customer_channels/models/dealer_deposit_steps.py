from odoo import api, fields, models
from odoo.fields import Command

from ..exceptions import DepositStateError
from .dealer_deposit import IN


class CustomerDealerDeposit(models.Model):
    """Posting: what has to be known before money moves, and the entry of each kind."""

    _inherit = "customer.dealer.deposit"

    def _approval_check(self):
        """Override: nothing is deducted without a decided case, and nothing is taken that is not there.

        :raises DepositStateError: saying what is missing
        """
        balances = self.dealer_id._deposit_balances()
        for deposit in self:
            missing = deposit._missing(balances.get(deposit.dealer_id.id, 0.0))
            if missing:
                raise DepositStateError(
                    self.env._(
                        "%(deposit)s cannot go on: %(missing)s",
                        deposit=deposit.display_name,
                        missing=missing,
                    )
                )
        return super()._approval_check()

    def _missing(self, balance):
        """Return in words what keeps a deposit from being posted, or None.

        :param balance: what the ledger holds of the dealer
        """
        if self.kind == "deducted":
            missing = self._missing_case()
            if missing:
                return missing
        if self.kind not in IN and self.currency_id.compare_amounts(self.amount, balance) > 0:
            return self.env._(
                "%(amount)s are more than the %(balance)s that the ledger holds of the dealer.",
                amount=self.currency_id.format(self.amount),
                balance=self.currency_id.format(balance),
            )
        return None

    def _missing_case(self):
        """Return in words what the case of a deduction lacks, or None."""
        case = self.violation_id.sudo()
        if not case or not case._is_decided():
            return self.env._("a deduction needs a case that has been decided.")
        others = case.deposit_ids.filtered(
            lambda one: one.id != self.id and one.state in ("approved", "posted")
        )
        left = case.deduction - sum(others.mapped("amount"))
        if self.currency_id.compare_amounts(self.amount, left) > 0:
            return self.env._(
                "the case %(case)s allows %(left)s.",
                case=case.name,
                left=self.currency_id.format(max(left, 0.0)),
            )
        return None

    def action_post(self):
        """Post the entries of these deposits. Money that comes in needs no approval unless a rule asks for one.

        :raises DepositStateError: when one is not approved, or the accounts are not set
        """
        self.check_access("write")
        self.env["account.move"].check_access("create")
        self.dealer_id._deposit_touch()
        self.filtered(lambda one: one.approval_state == "draft" and one.kind in IN).action_submit()
        self._ensure_state("approved")
        self._approval_check()
        self._ensure_refunds()
        for company, deposits in self.grouped("company_id").items():
            moves = self.env["account.move"].with_company(company)
            moves = moves.create([deposit._move_values() for deposit in deposits])
            for deposit, move in zip(deposits, moves, strict=True):
                deposit.sudo()._approval_write({"move_id": move.id})
            moves.action_post()
        return True

    def _ensure_refunds(self):
        """:raises DepositStateError: when money is paid back that neither the end of an exit nor a person has let go"""
        for deposit in self.filtered(lambda one: one.kind == "refunded"):
            decided = "approved" in deposit.sudo().approval_ids.mapped("state")
            leaves = (
                deposit.exit_id.sudo().state == "after" and deposit.exit_id.dealer_id == deposit.dealer_id
            )
            if not decided and not leaves:
                raise DepositStateError(
                    self.env._(
                        "%s is not paid back yet: its exit is in the last phase, or a manager approves it.",
                        deposit.display_name,
                    )
                )

    def _move_values(self):
        """Return the entry: the account of deposits against the bank, or against income for a deduction.

        :raises DepositStateError: when the settings or the journal name no account
        """
        company = self.company_id.sudo()
        account = company.customer_dealer_deposit_account_id
        other = (
            company.customer_dealer_penalty_account_id
            if self.kind == "deducted"
            else self.journal_id.default_account_id
        )
        if not (account and other and self.journal_id):
            raise DepositStateError(
                self.env._(
                    "%s cannot be posted: name the account of deposits, the account of penalties and the journals "
                    "under Configuration > Settings > Channels.",
                    self.display_name,
                )
            )
        common = {"name": self.display_name, "partner_id": self.partner_id.id}
        return {
            "move_type": "entry",
            "journal_id": self.journal_id.id,
            "date": self.date,
            "ref": self.display_name,
            "line_ids": [
                Command.create(
                    {
                        **common,
                        "account_id": side.id,
                        "debit": max(amount, 0.0),
                        "credit": max(-amount, 0.0),
                    }
                )
                for side, amount in ((other, self.change), (account, -self.change))
            ],
        }

    def action_reverse(self):
        """Give back by a reversal what was deducted, when an appeal was right; the balance follows the ledger.

        :raises DepositStateError: when no appeal was accepted, or it is given back already
        """
        self.check_access("write")
        self.env["account.move"].check_access("create")
        self.dealer_id._deposit_touch()
        for deposit in self:
            void = deposit.violation_id.sudo().appeal_result == "accepted"
            if deposit.state != "posted" or not void or deposit.move_id.reversal_move_ids:
                raise DepositStateError(
                    self.env._(
                        "%s is not given back: only what was deducted by a case whose appeal was accepted is, once.",
                        deposit.display_name,
                    )
                )
        today = fields.Date.context_today(self)
        values = [{"date": today, "ref": self.env._("Appeal: %s", one.display_name)} for one in self]
        self.move_id._reverse_moves(values).action_post()
        return True

    def action_open_move(self):
        """Open the entry."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _cron_topup(self):
        """Ask for a top-up after deductions, once each; safe to run again."""
        asked = self.search(
            [("kind", "=", "deducted"), ("state", "=", "posted"), ("topup_asked_on", "=", False)]
        )
        short = asked.dealer_id._deposits_short()
        today = fields.Date.context_today(self)
        kind = self.env.ref("mail.mail_activity_data_todo").id
        values = []
        for dealer, deposits in asked.grouped("dealer_id").items():
            if dealer.id not in short:
                continue
            days = dealer.company_id.customer_dealer_topup_days
            values.append(
                {
                    "res_model_id": self.env["ir.model"]._get_id("customer.dealer"),
                    "res_id": dealer.id,
                    "activity_type_id": kind,
                    "date_deadline": fields.Date.add(max(deposits.mapped("date")), days=days),
                    "user_id": (dealer.user_id or dealer.contract_id.user_id).id or self.env.uid,
                    "summary": self.env._(
                        "Deposit to be topped up by %s", dealer.currency_id.format(short[dealer.id])
                    ),
                }
            )
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(values)
        asked._approval_write({"topup_asked_on": today})
