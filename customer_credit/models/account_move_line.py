from odoo import models


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
