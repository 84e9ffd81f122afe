from odoo import models


class CustomerDealerPageCard(models.AbstractModel):
    """The registration of the dealer itself."""

    _name = "customer.dealer.page.card"
    _inherit = "customer.dealer.page"
    _description = "Dealer Portal: Dealer Card"

    _page_code = "card"
    _page_model = "customer.dealer"
    _page_icon = "fa-id-card-o"
    _page_sequence = 90
    _page_columns = ("code", "partner_id", "type_id", "area_id", "state")
    _page_detail = (
        "code",
        "partner_id",
        "type_id",
        "level",
        "area_id",
        "date_registered",
        "contract_id",
        "user_id",
        "company_id",
        "state",
    )

    def _title(self):
        """Override: how a dealer calls it."""
        return self.env._("Dealer Card")

    def _hint(self):
        """Override."""
        return self.env._("How you are registered with us.")

    def _domain(self, dealer):
        """Override: the dealer itself and the dealers below it."""
        return [("id", "child_of", dealer.id), ("company_id", "=", dealer.company_id.id)]


class CustomerDealerPageContract(models.AbstractModel):
    """The contracts of a dealer, those that are still being prepared left out."""

    _name = "customer.dealer.page.contract"
    _inherit = "customer.dealer.page"
    _description = "Dealer Portal: Contracts"

    _page_code = "contracts"
    _page_model = "customer.dealer.contract"
    _page_icon = "fa-handshake-o"
    _page_sequence = 10
    _page_columns = ("name", "kind", "date_from", "date_to", "state")
    _page_detail = (
        "name",
        "kind",
        "date_from",
        "date_to",
        "payment_term_id",
        "deposit_amount",
        "signed_on",
        "state",
    )
    _page_order = "date_from desc, id desc"

    def _title(self):
        """Override."""
        return self.env._("Contracts")

    def _hint(self):
        """Override."""
        return self.env._("What we agreed: where, which goods, until when.")

    def _domain(self, dealer):
        """Override: once both sides may see it."""
        return [
            ("dealer_id", "=", dealer.id),
            ("state", "in", ("approved", "signed", "running", "ended")),
        ]


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

    def _row_class(self, record):
        """Override: what is late stands out."""
        day = self.env.cr.now().date()
        late = record.date_maturity and record.date_maturity < day and record.amount_residual > 0
        return "text-danger" if late else ""

    def _url(self, record):
        """Override: invoices have the host's page."""
        is_invoice = record.move_id.is_invoice(include_receipts=True)
        return f"/my/invoices/{record.move_id.id}" if is_invoice else False
