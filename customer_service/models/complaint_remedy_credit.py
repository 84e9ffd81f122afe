from odoo import fields, models
from odoo.fields import Command

from ..exceptions import RemedyAmountError
from .complaint_remedy_line import MONEY

COPIED = ("product_id", "account_id")


class CustomerComplaintRemedyLine(models.Model):
    """The credit notes of remedies: one draft for each invoice, by the host's reversal, to the cent."""

    _inherit = "customer.complaint.remedy.line"

    def _live_credit(self):
        """Return the credit note, unless it was cancelled."""
        self.ensure_one()
        return self.credit_move_id.filtered(lambda move: move.state != "cancel")

    def _make_credits(self):
        """Make the draft credit notes of lines that have none; posting them is the right of the accountants."""
        todo = self.filtered(lambda line: line.kind in MONEY and line.amount and not line._live_credit())
        for move, lines in todo.grouped("move_id").items():
            credit = lines._reverse(move) if move else lines._compensate()
            lines.write({"credit_move_id": credit.id})
            lines._ensure_total(credit)

    def _reverse(self, move):
        """Return the draft that credits an invoice by these lines, and settles its dispute when it is posted."""
        remedy, complaint = self.remedy_id, self.complaint_id
        wizard = (
            self.env["account.move.reversal"]
            .with_company(move.company_id)
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"reason": f"{complaint.name} {remedy.name}", "journal_id": move.journal_id.id})
        )
        wizard.refund_moves()
        credit = wizard.new_move_ids
        values, targets = [], []
        for line in self:
            for row, amount in line._spread(move):
                values.append(line._credit_values(row, amount))
                targets.append(amount)
        old = [Command.delete(row.id) for row in credit.invoice_line_ids]
        credit.write({"invoice_line_ids": old + [Command.create(value) for value in values]})
        self._fit(credit, targets)
        complaint._dispute_for(move, credit.amount_total, credit)
        return credit

    def _spread(self, move):
        """Return how the amount is spread over the lines of the invoice: ``[(invoice line, amount)]``."""
        rows = self._invoice_rows().filtered(lambda row: row.price_total > 0)
        if not rows:
            rows = move.invoice_line_ids.filtered(
                lambda row: row.display_type == "product" and row.price_total > 0
            )
        whole, rest, parts = sum(rows.mapped("price_total")), self.amount, []
        for row in rows[:-1]:
            part = move.currency_id.round(self.amount * row.price_total / whole)
            rest -= part
            parts.append((row, part))
        return [*parts, (rows[-1:], move.currency_id.round(rest))]

    def _credit_values(self, row, amount):
        """Return the values of a line of the credit note: what comes back is taken off the order, the rest is not."""
        remedy = self.remedy_id
        quantity = 1.0
        if self.kind == "return" and row in self._invoice_rows():
            whole = self.uom_id._compute_quantity(self.quantity, row.product_uom_id, round=False)
            quantity = whole * amount / self.amount
        included = any(tax.price_include for tax in row.tax_ids)
        base = row.price_total if included else row.price_subtotal
        price = base * amount / row.price_total / quantity if row.price_total else amount
        return {
            "name": f"{remedy.name} {self._words()}\n{row.name or ''}",
            **{name: row[name].id for name in COPIED},
            "product_uom_id": row.product_uom_id.id,
            "quantity": quantity,
            "discount": 0,
            "price_unit": price,
            "tax_ids": [Command.set(row.tax_ids.ids)],
            "analytic_distribution": row.analytic_distribution,
            "sale_line_ids": [Command.set(row.sale_line_ids.ids if self.kind == "return" else [])],
        }

    def _fit(self, credit, targets):
        """Bring each line of a credit note to its amount; what rounding of taxes leaves becomes a line of its own."""
        rows = credit.invoice_line_ids.filtered(lambda row: row.display_type == "product")
        for row, amount in zip(rows, targets, strict=True):
            rest = amount - row.price_total
            if row.price_unit and not credit.currency_id.is_zero(rest):
                row.price_unit *= amount / row.price_total if row.price_total else 1.0
        rest = credit.currency_id.round(sum(targets) - credit.amount_total)
        if not credit.currency_id.is_zero(rest):
            value = {
                "name": self.env._("Rounding of taxes"),
                "account_id": rows[-1:].account_id.id,
                "quantity": 1,
                "price_unit": rest,
                "tax_ids": [Command.clear()],
            }
            credit.write({"invoice_line_ids": [Command.create(value)]})

    def _compensate(self):
        """Return the draft credit note of a compensation that no invoice is the reason of."""
        remedy, complaint = self.remedy_id, self.complaint_id
        company = remedy.company_id
        account = company.customer_complaint_account_id
        lines = [
            {
                "name": f"{remedy.name} {line._words()}",
                "quantity": 1,
                "price_unit": line.amount,
                "tax_ids": [Command.clear()],
                **({"account_id": account.id} if account else {}),
            }
            for line in self
        ]
        return (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_refund",
                    "partner_id": (complaint.partner_id or remedy.partner_id).id,
                    "company_id": company.id,
                    "currency_id": self.currency_id[:1].id,
                    "invoice_date": fields.Date.context_today(self),
                    "ref": f"{complaint.name} {remedy.name}",
                    "invoice_line_ids": [Command.create(line) for line in lines],
                }
            )
        )

    def _ensure_total(self, credit):
        """Check a credit note against what was approved: it never gives more.

        :raises RemedyAmountError: by how much it is more
        """
        approved = sum(self.mapped("amount"))
        if credit.currency_id.compare_amounts(credit.amount_total, approved) > 0:
            raise RemedyAmountError(
                self.env._(
                    "%(credit)s gives %(over)s %(currency)s more than was approved for %(remedy)s. Correct it, or have "
                    "a further proposal approved.",
                    credit=credit.name
                    if credit.name and credit.name != "/"
                    else self.env._("The credit note"),
                    over=credit.currency_id.round(credit.amount_total - approved),
                    currency=credit.currency_id.name,
                    remedy=", ".join(self.remedy_id.mapped("name")),
                )
            )
