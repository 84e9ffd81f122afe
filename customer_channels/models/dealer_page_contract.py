from odoo import models


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
