from odoo import fields, models


class StockMove(models.Model):
    """What goods are worth that are shipped beyond what was ordered."""

    _inherit = "stock.move"

    def _credit_beyond_line(self, line):
        """Return what these moves ship beyond what is left of their order line, in company currency."""
        same = self.filtered(lambda move: move.product_id == line.product_id)
        shipped = sum(
            move.product_uom._compute_quantity(move.quantity, line.product_uom_id, round=False)
            for move in same
        )
        beyond = shipped - max(line.product_uom_qty - line.qty_delivered, 0.0)
        if not same or line.product_uom_id.compare(beyond, 0) <= 0:
            return 0.0
        price = line.price_total / line.product_uom_qty if line.product_uom_qty else line.price_unit
        return beyond * price / (line.order_id.currency_rate or 1.0)

    def _credit_worth(self, case):
        """Return what a move without an order line is worth, in company currency: as the host will charge it."""
        product = self.product_id.with_company(case.company)
        quantity = self.product_uom._compute_quantity(self.quantity, product.uom_id, round=False)
        if case.order:
            if product.invoice_policy == "order":
                return 0.0
            line = case.order.order_line.filtered(lambda line: line.product_id == product)[:1]
            if line:
                return quantity * line.price_unit / (case.order.currency_rate or 1.0)
        price = product.currency_id._convert(
            product.lst_price, case.company.currency_id, case.company, fields.Date.context_today(self)
        )
        return quantity * price
