from odoo import models


class CustomerDealerPagePromotion(models.AbstractModel):
    """The promotions that were agreed with a dealer."""

    _name = "customer.dealer.page.promotion"
    _inherit = "customer.dealer.page"
    _description = "Dealer Portal: Promotions"

    _page_code = "promotions"
    _page_model = "customer.dealer.promotion"
    _page_icon = "fa-bullhorn"
    _page_sequence = 50
    _page_columns = ("name", "date_from", "date_to", "way", "budget_ours", "state")
    _page_detail = (
        "name",
        "date_from",
        "date_to",
        "aim",
        "audience",
        "way",
        "categ_id",
        "goal_amount",
        "sales",
        "budget_ours",
        "budget_dealer",
        "materials",
        "staff",
        "description",
        "state",
    )
    _page_order = "date_from desc, id desc"

    def _title(self):
        """Override."""
        return self.env._("Promotions")

    def _hint(self):
        """Override."""
        return self.env._("What we do together, when, and who pays what.")

    def _domain(self, dealer):
        """Override: once it is agreed."""
        return [("dealer_id", "=", dealer.id), ("state", "in", ("approved", "closed"))]
