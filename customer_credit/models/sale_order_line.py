from contextlib import contextmanager

from odoo import api, models

from ..exceptions import CreditHoldError

# What makes an order larger.
GROWS = {"product_id", "product_uom_qty", "product_uom_id", "price_unit", "discount", "tax_ids", "order_id"}


class SaleOrderLine(models.Model):
    """Lines of confirmed orders do not grow past the credit rules."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: a new line of a confirmed order is decided with its order.

        Costs that are invoiced on are not: they are spent already.

        :raises CreditHoldError: when the order does not pass with it
        """
        ids = {vals.get("order_id") for vals in vals_list if not vals.get("is_expense")} - {None, False}
        with self._credit_together(self.env["sale.order"].browse(ids)):
            return super().create(vals_list)

    def write(self, vals):
        """Override of `sale`: a change of a confirmed order is decided with its order.

        :raises CreditHoldError: when the order does not pass with it
        """
        if GROWS.isdisjoint(vals):
            return super().write(vals)
        orders = self.order_id | self.env["sale.order"].browse(vals.get("order_id") or ())
        with self._credit_together(orders):
            return super().write(vals)

    @api.model
    @contextmanager
    def _credit_together(self, orders, terms=False):
        """Decide orders once, after all changes inside of this, if they are confirmed and have grown.

        :param bool terms: whether payer and terms may have changed as well
        :raises CreditHoldError: when one does not pass
        """
        running = self.env.cr.precommit.data.setdefault("customer_credit.together", set())
        fresh = orders.sudo().filtered(lambda order: order.id not in running)
        if not fresh:
            yield
            return
        before = {order.id: order._credit_extent(terms) if order.state == "sale" else None for order in fresh}
        running.update(fresh.ids)
        try:
            yield
        finally:
            running.difference_update(fresh.ids)
        grown = fresh.filtered(
            lambda order: order.state == "sale"
            and (before[order.id] is None or order._credit_has_grown(before[order.id], terms))
        )
        grown._credit_cleared().difference_update(grown.ids)
        try:
            grown._credit_ensure("order")
        except CreditHoldError as error:
            if len(grown) != 1 or before[grown.id] is None or self.env.su:
                raise
            order = grown.with_env(self.env)
            raise order._credit_growth_error(error) from error
