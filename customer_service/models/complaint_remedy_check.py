from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_amount

from ..exceptions import RemedyAmountError, RemedyDocumentError, RemedyStepError
from .complaint_remedy_line import GOODS, MONEY


class CustomerComplaintRemedyLine(models.Model):
    """What a line of a remedy has to be: of this customer and complaint, complete, and within the invoice."""

    _inherit = "customer.complaint.remedy.line"

    def _approval_free_fields(self):
        """Override: the documents are made after the approval; only the steps of the remedy write them."""
        return super()._approval_free_fields() | self._all_step_fields()

    @api.constrains("move_id", "complaint_line_id", "remedy_id", "uom_id")
    def _check_documents(self):
        """:raises RemedyDocumentError: when goods or invoice belong to another complaint or customer"""
        for line in self.sudo():
            goods, move = line.complaint_line_id, line.move_id
            if goods and goods.complaint_id != line.complaint_id:
                raise RemedyDocumentError(
                    self.env._("Choose goods that %s is about.", line.complaint_id.display_name)
                )
            if goods and line.uom_id and not line.uom_id._has_common_reference(goods.product_id.uom_id):
                raise RemedyDocumentError(
                    self.env._(
                        "%(product)s is not counted in %(unit)s.",
                        product=goods.product_id.display_name,
                        unit=line.uom_id.name,
                    )
                )
            if move:
                line._check_invoice()

    def _check_invoice(self):
        """:raises RemedyDocumentError: when the invoice cannot be credited to this customer"""
        self.ensure_one()
        move = self.move_id
        sold = self.sale_line_id in move.invoice_line_ids.sale_line_ids
        if self.sale_line_id and sold:
            fits = True
        else:
            fits = move.commercial_partner_id == self.partner_id
        if move.move_type not in ("out_invoice", "out_receipt") or move.state != "posted" or not fits:
            raise RemedyDocumentError(
                self.env._(
                    "%(document)s is no posted invoice of %(customer)s: nothing on it can be credited.",
                    document=move.display_name,
                    customer=self.partner_id.display_name,
                )
            )

    @api.constrains("kind", "percent")
    def _check_percent(self):
        for line in self:
            if line.percent and line.kind != "allowance":
                raise ValidationError(self.env._("Only an allowance is a percentage."))

    def _check_complete(self):
        """:raises RemedyStepError: when a line lacks what its kind needs"""
        for line in self:
            missing = []
            if line.kind in GOODS and (not line.complaint_line_id or not line.quantity):
                missing.append(self.env._("goods and quantity"))
            if line.kind in ("refund", "allowance") and not line.amount:
                missing.append(self.env._("the amount"))
            if line.kind == "allowance" and not line.move_id:
                missing.append(self.env._("the invoice"))
            if line.kind == "return" and line.amount and not line.move_id:
                missing.append(self.env._("the invoice"))
            if missing:
                raise RemedyStepError(
                    self.env._(
                        "“%(line)s” of %(remedy)s lacks: %(missing)s.",
                        line=line._words(),
                        remedy=line.remedy_id.name,
                        missing=", ".join(missing),
                    )
                )

    def _check_credit_room(self):
        """Check that invoices are never credited more than they were, by whatever credit notes and remedies.

        :raises RemedyAmountError: by how much it would be more
        """
        lines = self.sudo().filtered(
            lambda line: line.kind in MONEY and line.amount and line.move_id and not line._live_credit()
        )
        moves = lines.move_id
        if not moves:
            return
        self.env["customer.dispute"]._lock_invoices(moves)
        credited = self._credited(moves)
        promised = self._promised(moves, lines.remedy_id)
        for move, own in lines.grouped("move_id").items():
            asked = sum(own.mapped("amount"))
            left = move.amount_total - credited.get(move.id, 0.0) - promised.get(move.id, 0.0)
            if move.currency_id.compare_amounts(asked, left) > 0:
                raise RemedyAmountError(
                    self.env._(
                        "%(asked)s would be credited on %(invoice)s, but of its %(total)s only %(left)s is neither "
                        "credited nor promised yet. Take %(over)s off.",
                        asked=format_amount(self.env, asked, move.currency_id),
                        invoice=move.name,
                        total=format_amount(self.env, move.amount_total, move.currency_id),
                        left=format_amount(self.env, max(left, 0.0), move.currency_id),
                        over=format_amount(self.env, asked - max(left, 0.0), move.currency_id),
                    )
                )

    @api.model
    def _credited(self, moves):
        """Return what credit notes take off invoices, drafts too: ``{invoice id: amount}``."""
        groups = (
            self.env["account.move"]
            .sudo()
            ._read_group(
                [
                    ("reversed_entry_id", "in", moves.ids),
                    ("state", "!=", "cancel"),
                    ("move_type", "=", "out_refund"),
                ],
                ["reversed_entry_id"],
                ["amount_total:sum"],
            )
        )
        return {move.id: amount for move, amount in groups}

    @api.model
    def _promised(self, moves, but):
        """Return what other remedies that bind will still take off invoices: ``{invoice id: amount}``."""
        self.sudo().flush_model()
        waiting = self.sudo().search(
            [
                ("move_id", "in", moves.ids),
                ("kind", "in", MONEY),
                ("remedy_id.state", "in", ("pending", "approved", "offered", "accepted", "running")),
                ("remedy_id", "not in", but.ids),
            ]
        )
        amounts = {}
        for line in waiting.filtered(lambda line: not line._live_credit()):
            amounts[line.move_id.id] = amounts.get(line.move_id.id, 0.0) + line.amount
        return amounts
