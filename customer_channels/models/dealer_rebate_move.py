from odoo import api, fields, models

from ..exceptions import RebateWriteError


class AccountMoveLine(models.Model):
    """The invoice line that settles a rebate, and the entry line that accrues it."""

    _inherit = "account.move.line"

    rebate_statement_id = fields.Many2one(
        "customer.dealer.rebate.statement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The rebate that this line settles.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `account`: only settlements say that they are one; others would leave the sales.

        :raises RebateWriteError: when somebody says so by hand
        """
        if not self.env.su and any(vals.get("rebate_statement_id") for vals in vals_list):
            self._refuse_rebate()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `account`: likewise."""
        if not self.env.su and "rebate_statement_id" in vals:
            self._refuse_rebate()
        return super().write(vals)

    def _refuse_rebate(self):
        raise RebateWriteError(
            self.env._(
                "Which rebate an invoice line settles is said by the settlement, not by hand or import."
            )
        )


class AccountMove(models.Model):
    """What becomes of a rebate when its settlement is reversed."""

    _inherit = "account.move"

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Override of `account`: what takes a settlement back is no sale either."""
        reverses = super()._reverse_moves(default_values_list, cancel)
        for move, reverse in zip(self.sudo(), reverses.sudo(), strict=True):
            settled = move.invoice_line_ids.filtered("rebate_statement_id")
            for line in settled:
                same = reverse.invoice_line_ids.filtered(
                    lambda one, line=line: (one.product_id == line.product_id and not one.rebate_statement_id)
                )
                same[:1].rebate_statement_id = line.rebate_statement_id
        return reverses
