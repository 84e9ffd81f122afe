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
