from odoo import api, models


class SaleOrderLine(models.Model):
    """Lines of confirmed orders are watched when they are added or changed."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: a line that is added to a confirmed order is watched."""
        lines = super().create(vals_list)
        lines._dealer_watch()
        return lines

    def write(self, vals):
        """Override of `sale`: a line of a confirmed order with another product or price is watched."""
        done = super().write(vals)
        if {"product_id", "price_unit", "discount", "product_uom_id", "product_uom_qty"} & set(vals):
            self._dealer_watch()
        return done

    def _dealer_watch(self):
        confirmed = self.order_id.filtered(lambda order: order.state == "sale")
        if confirmed:
            self.env["customer.dealer.watch"]._watch(confirmed)
