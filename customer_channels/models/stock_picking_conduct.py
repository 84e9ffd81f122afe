from odoo import fields, models


class StockPicking(models.Model):
    """Deliveries to dealers are watched before they are shipped: the address may have changed since the order."""

    _inherit = "stock.picking"

    customer_dealer_flag_ids = fields.One2many(
        "customer.dealer.flag",
        "picking_id",
        string="Flags",
        groups="customer_channels.group_channel_user",
    )

    def _dealer_reference(self):
        """Return the values that tie a flag to the delivery and its order."""
        return {"order_id": self.sale_id.id or False, "picking_id": self.id}

    def _dealer_ship_to(self):
        """Return the address that the goods go to."""
        return self.partner_id

    def _dealer_goods(self):
        """Return what goes there: pairs of (product, untaxed amount in company currency)."""
        goods = []
        for move in self.move_ids.filtered(lambda move: move.quantity > 0):
            line = move.sale_line_id
            part = move.quantity / line.product_uom_qty if line.product_uom_qty else 0.0
            rate = line.order_id.currency_rate or 1.0
            goods.append((move.product_id, line.price_subtotal * part / rate if line else 0.0))
        return goods

    def _dealer_prices(self):
        """Return nothing: prices are watched on the order."""
        return []

    def _action_done(self):
        """Override of `stock`: whatever road leads here, what goes outside a territory is flagged or stopped.

        :raises DealerFlagError: when a delivery is stopped
        """
        watched = self.filtered(
            lambda picking: picking.state not in ("done", "cancel")
            and picking.location_dest_id.usage == "customer"
            and picking.location_id.usage != "customer"
            and picking.partner_id
        )
        if watched:
            self.env["customer.dealer.watch"]._watch(watched)
        return super()._action_done()
