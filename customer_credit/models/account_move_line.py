from odoo import fields, models

# In the data of a transaction while costs that are spent already are invoiced on.
SPENT = "customer_credit.spent"


class AccountMoveLine(models.Model):
    """Indexes of the open items alone, so that reading them costs nothing for those long settled."""

    _inherit = "account.move.line"

    _customer_open_idx = models.Index(
        "(account_id, company_id) INCLUDE (id, partner_id, date, date_maturity, invoice_date, currency_id,"
        " amount_residual, amount_residual_currency) WHERE parent_state = 'posted'"
        " AND (amount_residual <> 0 OR amount_residual_currency <> 0)"
    )
    # Those of one payer, for its exposure. The account is part of the key: what passed through cash
    # keeps a residual for ever, and grows with history.
    _customer_payer_idx = models.Index(
        "(partner_id, account_id) INCLUDE (company_id, date, date_maturity, amount_residual,"
        " amount_residual_currency) WHERE parent_state = 'posted'"
        " AND (amount_residual <> 0 OR amount_residual_currency <> 0)"
    )
    # A payment whose invoice went back to draft is open again: few rows, whatever the history.
    _customer_unposted_idx = models.Index("(account_id, company_id) WHERE parent_state <> 'posted'")

    def _sale_create_reinvoice_sale_line(self):
        """Override of `sale`: costs that are invoiced on are spent already, so no rule asks about them."""
        data = self.env.cr.precommit.data
        data[SPENT] = True
        try:
            return super()._sale_create_reinvoice_sale_line()
        finally:
            del data[SPENT]

    def _credit_beyond(self):
        """Return what an invoice line asks for beyond what its order took up: its price, or what was added to it.

        In the currency of the invoice, taxes included. Cents of rounding are not beyond, advances never are, and
        the order of somebody else has taken up nothing of this payer.
        """
        self.ensure_one()
        ordered = self.sale_line_ids
        if not ordered:
            return self.price_total
        if any(line.is_downpayment and not line.product_uom_qty for line in ordered):
            return 0.0
        room = 0.0
        for line in ordered:
            if line.order_id._credit_payer() == self.move_id.commercial_partner_id:
                room += self._credit_in_own(line.currency_id, line._credit_worth())
        others = (ordered.invoice_lines - self).filtered(lambda line: line.parent_state != "cancel")
        for line in others:
            sign = -1 if line.move_type == "out_refund" else 1
            room -= sign * self._credit_in_own(line.currency_id, line.price_total)
        cents = self.currency_id.rounding * (len(others) + 1)
        beyond = self.price_total - max(room, 0.0)
        return beyond if beyond > cents else 0.0

    def _credit_in_own(self, currency, amount):
        """Return an amount in the currency of the line, on the day of its invoice."""
        day = self.move_id.invoice_date or fields.Date.context_today(self)
        return currency._convert(amount, self.currency_id, self.company_id, day)
