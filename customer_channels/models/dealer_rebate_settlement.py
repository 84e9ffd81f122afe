from odoo import fields, models
from odoo.fields import Command

from ..exceptions import RebateSettingError

ACCOUNTANT = "account.group_account_invoice"
MANAGER = "customer_channels.group_channel_manager"


class CustomerDealerRebateStatement(models.Model):
    """How a rebate is settled: by a credit note, an invoice for what the dealer owes, or as a goods credit."""

    _inherit = "customer.dealer.rebate.statement"

    goods_left = fields.Monetary(
        string="Goods Credit Left", compute="_compute_goods_left", help="Not drawn by an order yet."
    )

    def _compute_goods_left(self):
        left = self.env["customer.dealer.goods.credit"]._left(self)
        for one in self:
            one.goods_left = left.get(one.id, 0.0)

    def action_settle(self):
        """Settle confirmed statements, each once; accountants post the documents at once, others prepare them.

        :raises RebateStateError: when one is not confirmed, or its document is there already
        :raises RebateSettingError: when the company has no product for rebates
        """
        self._ensure_right(MANAGER, ACCOUNTANT)
        self.check_access("read")
        # Locked and written: of two who settle at the same moment, one is refused.
        statements = self.sudo()._approval_locked_rows()
        statements._ensure_state("confirmed")
        statements._refuse_prepared()
        today = fields.Date.context_today(self)
        by_move = statements.filtered(
            lambda one: not one.currency_id.is_zero(one.amount)
            and (one.settle_by != "goods" or one.amount < 0)
        )
        (statements - by_move)._approval_write({"settled_on": today})
        moves = by_move._settle_by_moves(today)
        if moves and self.env.user.has_group(ACCOUNTANT):
            moves.action_post()
        mine = moves.with_env(self.env)
        if len(mine) == 1 and mine.has_access("read"):
            return mine._get_records_action()
        return True

    def _settle_by_moves(self, day):
        """Make the documents that settle these statements, and link each to its own."""
        moves = self.env["account.move"].sudo()
        for company, own in self.grouped("company_id").items():
            company._rebate_product()
            made = moves.with_company(company).create([one._settlement_values(day) for one in own])
            for one, move in zip(own, made, strict=True):
                one._check_settlement(move)
                one._approval_write({"move_id": move.id})
            moves |= made
        return moves

    def _settlement_values(self, day):
        """Return the values of the credit note; of an invoice for what the dealer owes."""
        self.ensure_one()
        company = self.company_id.sudo()
        account = company.customer_rebate_accrual_account_id or company.customer_rebate_revenue_account_id
        there = self.with_context(lang=self.partner_id.lang or self.env.lang)
        line = {
            "product_id": company.customer_rebate_product_id.id,
            "name": there._settlement_text(),
            "quantity": 1,
            "price_unit": abs(self.amount),
            "rebate_statement_id": self.id,
        }
        if account:
            line["account_id"] = account.id
        return {
            "move_type": "out_refund" if self.amount > 0 else "out_invoice",
            "partner_id": self.partner_id.id,
            "company_id": company.id,
            "currency_id": self.currency_id.id,
            "invoice_date": day,
            "invoice_origin": self.name,
            "ref": self.name,
            "narration": there._settlement_note(),
            "invoice_line_ids": [Command.create(line)],
        }

    def _settlement_text(self):
        self.ensure_one()
        return self.env._(
            "%(plan)s, %(from)s to %(to)s, statement %(name)s",
            **{"plan": self.plan_id.name, "from": self.date_from, "to": self.date_to, "name": self.name},
        )

    def _settlement_note(self):
        """Return what the tax document has to say."""
        self.ensure_one()
        return self.env._(
            "Red-letter VAT invoice for a sales rebate (Guo Shui Han [2006] No. 1279): statement %(name)s, sales from "
            "%(from)s to %(to)s.",
            **{"name": self.name, "from": self.base_from or self.date_from, "to": self.date_to},
        )

    def _check_settlement(self, move):
        """:raises RebateSettingError: when taxes changed the amount"""
        self.ensure_one()
        if self.currency_id.compare_amounts(move.amount_untaxed, abs(self.amount)):
            raise RebateSettingError(
                self.env._(
                    "Statement %(name)s is over %(amount)s without taxes, its document over %(found)s: give "
                    "“%(product)s” a tax that is added to the price.",
                    name=self.name,
                    amount=self.currency_id.format(self.amount),
                    found=self.currency_id.format(move.amount_untaxed),
                    product=self.company_id.sudo().customer_rebate_product_id.name,
                )
            )

    def action_open_move(self):
        """Open the document that settles the statement."""
        self.ensure_one()
        return self.move_id._get_records_action()


class ResCompany(models.Model):
    """The product of settlements."""

    _inherit = "res.company"

    def _rebate_product(self):
        """Return the product of rebates.

        :raises RebateSettingError: when none is set
        """
        self.ensure_one()
        product = self.sudo().customer_rebate_product_id
        if not product:
            raise RebateSettingError(
                self.env._(
                    "%s has no product for rebates: choose a service in the settings, under Customer Channels.",
                    self.name,
                )
            )
        return product
