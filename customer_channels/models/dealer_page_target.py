from odoo import models

# Of targets for the same days, the ones of longer periods, and of what is invoiced, are the ones to show.
LENGTHS = ("year", "quarter", "month", "other")
BASES = ("invoiced", "collected")


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
        """Override: the targets for all goods, of the longest kind of period that there is."""
        groups = self.env["customer.dealer.target"]._read_group(
            [
                ("dealer_id", "in", self.ids),
                ("categ_id", "=", False),
                ("date_from", ">=", date_from),
                ("date_to", "<=", date_to),
            ],
            ["dealer_id", "period", "basis"],
            ["amount:sum"],
        )
        groups.sort(key=lambda row: (LENGTHS.index(row[1]), BASES.index(row[2])), reverse=True)
        found = dict(super()._target_amounts(date_from, date_to))
        found.update((dealer.id, amount) for dealer, _period, _basis, amount in groups)
        return found
