from odoo import models


class AccountMove(models.Model):
    """Invoices are decided for what no order stands behind; what was shipped is always invoiced."""

    _name = "account.move"
    _inherit = ["account.move", "customer.credit.subject"]

    # The drafts that the exposure counts: few, whatever the history.
    _credit_draft_idx = models.Index(
        "(commercial_partner_id) WHERE state = 'draft' AND move_type IN ('out_invoice', 'out_receipt')"
    )

    def _credit_payer(self):
        """Override: the commercial partner."""
        self.ensure_one()
        return self.commercial_partner_id

    def _credit_order(self):
        """Override: none; an invoice of an order was decided with the order."""
        return self.env["sale.order"]

    def _credit_team(self):
        """Override: the team of the invoice."""
        return self.team_id

    def _credit_term_days(self):
        """Override: those of the invoice."""
        return max(self.invoice_payment_term_id.line_ids.mapped("nb_days"), default=0)

    def _credit_name(self):
        """Override: a draft has no number yet."""
        return self.display_name if self.name else self.env._("Draft invoice (%s)", self.id)

    def _credit_direct(self):
        """Return what the invoice asks for beyond orders, in company currency, taxes included."""
        self.ensure_one()
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        total = sum(line._credit_beyond() for line in lines)
        rate = self.amount_total_signed / self.amount_total if self.amount_total else 1.0
        return self.company_id.currency_id.round(total * rate)

    def _credit_amounts(self, case, taken):
        """Override: what no order has taken up; a draft may have been counted already."""
        direct = self._credit_direct()
        return direct, direct if case.company.customer_credit_draft else 0.0

    def _credit_to_decide(self):
        """Return those of these entries that are invoices with more on them than orders."""
        return self.filtered(
            lambda move: move.state == "draft"
            and move.move_type in ("out_invoice", "out_receipt")
            and move.commercial_partner_id
            and move.company_id.currency_id.compare_amounts(move._credit_direct(), 0) > 0
        )

    def write(self, vals):
        """Override of `account`: an invoice that is posted by writing its state is decided as well.

        :raises CreditHoldError: when it does not pass
        """
        if vals.get("state") == "posted":
            self._credit_to_decide()._credit_ensure("invoice")
        return super().write(vals)

    def action_post(self):
        """Override of `account`: what does not pass the credit rules stays a draft, the rest is posted."""
        held = self._credit_to_decide()._credit_screen("invoice")
        if not held:
            return super().action_post()
        rest = self - held
        result = super(AccountMove, rest).action_post() if rest else False
        return result or held._credit_notice(rest)

    def _post(self, soft=True):
        """Override of `account`: whatever road leads here, only what passes the credit rules is posted.

        What is due later with ``soft`` is decided when its day comes. Receipts wake the holds of who paid.

        :raises CreditHoldError: when an invoice does not pass
        """
        self._credit_to_decide()._credit_ensure("invoice")
        posted = super()._post(soft=soft)
        receipts = posted.filtered(lambda move: move.move_type in ("entry", "out_refund"))
        payers = receipts.line_ids.filtered(lambda line: line.account_type == "asset_receivable").partner_id
        self.env["customer.credit.hold"]._wake(payers)
        return posted
