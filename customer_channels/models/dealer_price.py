from odoo import fields, models


class ProductPricelist(models.Model):
    """Prices that only dealers with a contract in force get."""

    _inherit = "product.pricelist"

    is_for_dealers = fields.Boolean(
        string="For Dealers Only",
        help="Only dealers whose contract names this list get its prices, while the contract runs, the deposit is "
        "paid and they are not suspended.",
    )

    def _get_partner_pricelist_multi_search_domain_hook(self, company_id):
        """Override of `product`: a list for dealers is nobody's list by default."""
        return [
            *super()._get_partner_pricelist_multi_search_domain_hook(company_id),
            ("is_for_dealers", "=", False),
        ]

    def _get_partner_pricelist_multi_filter_hook(self):
        """Override of `product`: nor is it anybody's own; a dealer gets it by its contract only."""
        return super()._get_partner_pricelist_multi_filter_hook().filtered(lambda one: not one.is_for_dealers)


class CustomerDealer(models.Model):
    """Which contract gives a dealer its prices and terms today."""

    _inherit = "customer.dealer"

    def _contracts_entitling(self):
        """Return the contract whose prices and terms each dealer gets today: ``{dealer id: contract}``.

        None, and no entry, for dealers without a contract in force, suspended or closed ones, and those whose deposit
        is not paid in full. Three queries for any number of dealers; whoever asks.
        """
        if not self:
            return {}
        dealers = self.sudo()
        contracts = self.env["customer.dealer.contract"]._on(dealers, fields.Date.context_today(self))
        short = dealers._deposits_short()
        return {
            dealer.id: contracts[dealer.id]
            for dealer in dealers
            if contracts[dealer.id].state == "running"
            and dealer.state not in ("suspended", "closed")
            and not short.get(dealer.id)
        }
