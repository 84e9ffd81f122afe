from odoo import models


class CustomerDealerPageTarget(models.AbstractModel):
    """The targets of a dealer, and how far it is."""

    _name = "customer.dealer.page.target"
    _inherit = "customer.dealer.page"
    _description = "Dealer Portal: Targets"

    _page_code = "targets"
    _page_model = "customer.dealer.target"
    _page_icon = "fa-flag-checkered"
    _page_sequence = 15
    _page_columns = ("period", "date_from", "date_to", "categ_id", "amount", "attained")
    _page_order = "date_from desc, id desc"

    def _title(self):
        """Override."""
        return self.env._("Targets")

    def _hint(self):
        """Override."""
        return self.env._("What we agreed on, and how far you are.")
