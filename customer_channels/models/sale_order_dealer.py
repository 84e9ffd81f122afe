from odoo import api, models

from ..exceptions import DealerPriceError


class SaleOrder(models.Model):
    """Dealer prices and terms on orders: with a contract in force and the deposit paid, and not otherwise."""

    _inherit = "sale.order"

    def _dealer_contracts(self):
        """Return the contract that gives each order's customer dealer prices today: ``{order: contract}``."""
        found = {}
        for company, orders in (
            self.filtered("partner_id")
            .grouped(lambda order: (order.company_id or self.env.company).root_id)
            .items()
        ):
            dealers = self.env["customer.dealer"]._of(orders.partner_id, company)
            entitling = self.env["customer.dealer"].union(*dealers.values())._contracts_entitling()
            for order in orders:
                contract = entitling.get(dealers[order.partner_id.id].id)
                if contract:
                    found[order] = contract
        return found

    @api.depends("partner_id", "company_id")
    def _compute_pricelist_id(self):
        """Override of `sale`: a dealer has the prices of its contract; nobody else has those of dealers."""
        result = super()._compute_pricelist_id()
        drafts = self.filtered(lambda order: order.state == "draft")
        contracts = drafts._dealer_contracts()
        for order in drafts:
            if order in contracts and contracts[order].pricelist_id:
                order.pricelist_id = contracts[order].pricelist_id
            elif order.pricelist_id.sudo().is_for_dealers:
                lists = order.pricelist_id.with_company(order.company_id)
                order.pricelist_id = lists._get_partner_pricelist_multi(order.partner_id.ids).get(
                    order.partner_id.id, lists.browse()
                )
        return result

    @api.depends("partner_id")
    def _compute_payment_term_id(self):
        """Override of `sale`: a dealer has the payment terms of its contract."""
        result = super()._compute_payment_term_id()
        for order, contract in self._dealer_contracts().items():
            if contract.payment_term_id:
                order.payment_term_id = contract.payment_term_id
        return result

    @api.constrains("pricelist_id", "partner_id", "company_id", "state")
    def _check_dealer_prices(self):
        """Refuse dealer prices to whoever is not entitled to them, by whatever road; cancelled orders keep theirs."""
        priced = self.filtered(
            lambda order: order.state != "cancel" and order.pricelist_id.sudo().is_for_dealers
        )
        contracts = priced._dealer_contracts()
        for order in priced:
            if order not in contracts or contracts[order].pricelist_id != order.pricelist_id:
                raise DealerPriceError(order._dealer_price_words(order in contracts))

    def _dealer_price_words(self, entitled):
        self.ensure_one()
        names = {
            "order": self.name,
            "pricelist": self.pricelist_id.sudo().display_name,
            "customer": self.partner_id.display_name,
        }
        if entitled:
            return self.env._(
                "“%(pricelist)s” is not the price list of %(customer)s's contract (order %(order)s). Choose that of "
                "the contract.",
                **names,
            )
        return self.env._(
            "%(customer)s does not get the dealer prices “%(pricelist)s” (order %(order)s): they need a contract in "
            "force that names them, the deposit paid in full, and no suspension. Choose another price list, or settle "
            "what is missing.",
            **names,
        )
