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


class CustomerDealer(models.Model):
    _inherit = "customer.dealer"

    def _target_amounts(self, date_from, date_to):
        """Override: the targets of the whole year, of all goods."""
        groups = self.env["customer.dealer.target"]._read_group(
            [
                ("dealer_id", "in", self.ids),
                ("period", "=", "year"),
                ("categ_id", "=", False),
                ("date_from", ">=", date_from),
                ("date_to", "<=", date_to),
            ],
            ["dealer_id"],
            ["amount:sum"],
        )
        return {**super()._target_amounts(date_from, date_to), **{one.id: amount for one, amount in groups}}
