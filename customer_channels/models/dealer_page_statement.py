from odoo import models


class CustomerDealerPageStatement(models.AbstractModel):
    """The open items between a dealer and the company, from the ledger."""

    _name = "customer.dealer.page.statement"
    _inherit = "customer.dealer.page"
    _description = "Dealer Portal: Statement of Account"

    _page_code = "statement"
    _page_model = "account.move.line"
    _page_icon = "fa-balance-scale"
    _page_sequence = 30
    _page_columns = ("move_name", "date", "date_maturity", "amount_residual")
    _page_order = "date_maturity, id"

    def _title(self):
        """Override."""
        return self.env._("Statement of Account")

    def _hint(self):
        """Override."""
        return self.env._("What is open between us today.")

    def _domain(self, dealer):
        """Override: open receivables of the dealer."""
        return dealer._portal_open_items()

    def _summary(self, dealer):
        """Override: the balance."""
        [[owed]] = self._records()._read_group(self._found(dealer), [], ["amount_residual:sum"])
        return self.env._("In all you owe us %s.", dealer._money(owed or 0))

    def _row_class(self, record):
        """Override: what is late stands out."""
        day = self.env.cr.now().date()
        late = record.date_maturity and record.date_maturity < day and record.amount_residual > 0
        return "text-danger" if late else ""

    def _url(self, record):
        """Override: invoices have the host's page."""
        is_invoice = record.move_id.is_invoice(include_receipts=True)
        return f"/my/invoices/{record.move_id.id}" if is_invoice else False
