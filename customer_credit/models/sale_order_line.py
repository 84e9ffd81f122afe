from contextlib import contextmanager

from odoo import api, models

from ..exceptions import CreditHoldError
from .account_move_line import SPENT

# What makes an order larger.
GROWS = {"product_id", "product_uom_qty", "product_uom_id", "price_unit", "discount", "tax_ids", "order_id"}


class SaleOrderLine(models.Model):
    """Lines of confirmed orders do not grow past the credit rules."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "customer.credit.figures"]
    _credit_figures = frozenset(
        (
            "price_subtotal",
            "price_tax",
            "price_total",
            "qty_invoiced",
            "qty_delivered_method",
            "invoice_status",
        )
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: a new line of a confirmed order is decided with its order.

        Costs that are invoiced on are not: they are spent already.

        :raises CreditHoldError: when the order does not pass with it
        """
        if self.env.cr.precommit.data.get(SPENT):
            return super().create(vals_list)
        # Without an order of its own, a line belongs to that of the context or of the user's defaults.
        ids = {
            (vals if "order_id" in vals else self.default_get(["order_id"])).get("order_id")
            for vals in vals_list
        }
        with self._credit_together(self.env["sale.order"].browse(ids - {None, False})):
            return super().create(vals_list)

    def write(self, vals):
        """Override of `sale`: a change of a confirmed order is decided with its order.

        :raises CreditHoldError: when the order does not pass with it
        """
        if GROWS.isdisjoint(vals):
            with self._credit_delivered(vals):
                return super().write(vals)
        orders = self.order_id | self.env["sale.order"].browse(vals.get("order_id") or ())
        with self._credit_together(orders), self._credit_delivered(vals):
            return super().write(vals)

    @contextmanager
    def _credit_delivered(self, vals):
        """Decide orders of which somebody writes by hand that more was delivered than ordered.

        :raises CreditHoldError: when one does not pass
        """
        if "qty_delivered" not in vals or self.env.su:
            yield
            return
        beyond = {line: line._credit_beyond() for line in self}
        yield
        grown = self.filtered(lambda line: line.state == "sale" and line._credit_beyond() > beyond[line])
        orders = grown.order_id
        orders._credit_cleared().difference_update(orders.ids)
        orders._credit_ensure("order")

    def _credit_beyond(self):
        """Return the quantity that was delivered beyond what was ordered."""
        return max(self.qty_delivered - self.product_uom_qty, 0.0)

    def _credit_worth(self):
        """Return what a line takes up in all, invoiced or not: ordered or delivered, taxes included, own currency."""
        self.ensure_one()
        quantity = max(self.product_uom_qty, self.qty_delivered)
        if self.product_uom_qty:
            return self.price_total / self.product_uom_qty * quantity
        price = self.price_unit * (1 - (self.discount or 0.0) / 100)
        taxed = self.tax_ids.compute_all(price, self.currency_id, quantity, self.product_id)
        return taxed["total_included"] if self.tax_ids else price * quantity

    @api.model
    @contextmanager
    def _credit_together(self, orders, terms=False, quotations=False):
        """Decide orders once, after all changes inside of this, if they are confirmed and have grown.

        :param bool terms: whether payer and terms may have changed as well
        :param bool quotations: whether those that become confirmed have been decided, as they were before
        :raises CreditHoldError: when one does not pass
        """
        running = self.env.cr.precommit.data.setdefault("customer_credit.together", set())
        fresh = orders.sudo().filtered(lambda order: order.id not in running)
        if not fresh:
            yield
            return
        confirmed = fresh.filtered(lambda order: order.state == "sale")
        known = fresh if quotations else confirmed
        before = {order.id: order._credit_extent(terms) for order in known}
        running.update(fresh.ids)
        try:
            yield
        finally:
            running.difference_update(fresh.ids)
        grown = fresh.filtered(
            lambda order: order.state == "sale" and order._credit_has_grown(before.get(order.id), terms)
        )
        grown._credit_cleared().difference_update(grown.ids)
        try:
            grown._credit_ensure("order")
        except CreditHoldError as error:
            if len(grown) != 1 or grown not in confirmed or self.env.su:
                raise
            order = grown.with_env(self.env)
            raise order._credit_growth_error(error) from error
