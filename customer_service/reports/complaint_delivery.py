from odoo import fields, models
from odoo.tools import SQL


class CustomerComplaintDelivery(models.Model):
    """What was delivered to customers: what the number of complaints is compared with.

    One row for each done move to a customer, at the price of its order; returns are not deducted, since what came
    back was delivered too.
    """

    _name = "customer.complaint.delivery"
    _description = "Goods Delivered"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "product_id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Datetime("Delivered", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    picking_id = fields.Many2one("stock.picking", string="Delivery", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    quantity = fields.Float(readonly=True, help="In the unit of the product.")
    amount = fields.Monetary(readonly=True, help="Untaxed, in the currency of the company.")

    _depends = {
        "stock.move": ["state", "date", "quantity", "product_id", "sale_line_id", "picking_id", "company_id"],
        "stock.picking": ["partner_id"],
        "sale.order": ["currency_rate"],
        "sale.order.line": ["price_subtotal", "product_uom_qty"],
    }

    @property
    def _table_query(self):
        """Return the goods that left for customers."""
        return self._delivered_sql()

    def _delivered_sql(self, where=None):
        """Return the rows, restricted by a condition on the move ``m`` and the customer ``p``."""
        return SQL(
            """
            SELECT m.id, m.company_id, co.currency_id, m.date, p.commercial_partner_id AS partner_id, m.picking_id,
                   m.product_id, m.quantity * mu.factor / NULLIF(tu.factor, 0) AS quantity,
                   m.quantity * mu.factor / NULLIF(lu.factor, 0) * l.price_subtotal
                     / NULLIF(l.product_uom_qty, 0) / COALESCE(NULLIF(o.currency_rate, 0), 1) AS amount
              FROM stock_move m
              JOIN res_company co ON co.id = m.company_id
              JOIN stock_location here ON here.id = m.location_id AND here.usage <> 'customer'
              JOIN stock_location there ON there.id = m.location_dest_id AND there.usage = 'customer'
         LEFT JOIN sale_order_line l ON l.id = m.sale_line_id
         LEFT JOIN sale_order o ON o.id = l.order_id
         LEFT JOIN stock_picking k ON k.id = m.picking_id
              JOIN res_partner p ON p.id = COALESCE(o.partner_id, k.partner_id, m.partner_id)
              JOIN product_product pp ON pp.id = m.product_id
              JOIN product_template t ON t.id = pp.product_tmpl_id
              JOIN uom_uom mu ON mu.id = m.product_uom
              JOIN uom_uom tu ON tu.id = t.uom_id
         LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
             WHERE m.state = 'done' AND m.quantity > 0 AND %s
            """,
            where or SQL("TRUE"),
        )
