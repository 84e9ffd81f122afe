from odoo import models


class CustomerDealerTerritory(models.Model):
    """Territories in words."""

    _inherit = "customer.dealer.territory"

    def _in_short(self):
        """Return area, goods, dealer and last day in one line."""
        self.ensure_one()
        contract = self.contract_id
        return self.env._(
            "%(area)s (%(goods)s): %(dealer)s, %(contract)s until %(date)s",
            area=self.area_id.complete_name,
            goods=self.categ_id.complete_name or self.env._("all goods"),
            dealer=contract.partner_id.name,
            contract=contract.name,
            date=self.env["customer.approval"]._format_day(contract.date_to),
        )

    def _in_words(self):
        """Return area, goods and whether it is exclusive in one line, for a card."""
        self.ensure_one()
        goods = self.categ_id.complete_name or self.env._("all goods")
        if self.is_exclusive:
            return self.env._("%(area)s: %(goods)s, exclusive", area=self.area_id.complete_name, goods=goods)
        return self.env._("%(area)s: %(goods)s", area=self.area_id.complete_name, goods=goods)
