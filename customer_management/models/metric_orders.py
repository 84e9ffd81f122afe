from odoo import api, models
from odoo.tools import SQL

from .metric_sales import SALE_TYPES


class CustomerMetric(models.Model):
    """Metrics of what customers order."""

    _inherit = "customer.metric"

    @api.model
    def _orders_sql(self, scope, value):
        """Return (partner_id, value) over the confirmed orders ``o`` of the period."""
        begin, end = scope.utc_bounds
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id, %(value)s AS value
              FROM sale_order o JOIN res_partner p ON p.id = o.partner_id
             WHERE o.company_id = ANY(%(companies)s) AND o.state = 'sale'
               AND o.date_order >= %(begin)s AND o.date_order < %(end)s AND %(partners)s
             GROUP BY p.commercial_partner_id
            """,
            value=value,
            companies=list(scope.company_ids),
            begin=begin,
            end=end,
            partners=scope.partners(SQL("o.partner_id")),
        )

    @api.model
    def _metric_order_count(self, scope):
        """Number of confirmed orders. Period: order date in the company's time zone. Source: sale orders."""
        return self._orders_sql(scope, SQL("COUNT(*)"))

    @api.model
    def _metric_average_order(self, scope):
        """Average untaxed amount of the confirmed orders of the period. Unit: company currency.

        Orders in another currency are converted at the order's own rate; missing without orders.
        """
        return self._orders_sql(scope, SQL("AVG(o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1))"))

    @api.model
    def _metric_product_breadth(self, scope):
        """Number of different products invoiced in the period. Source: posted customer invoices.

        Credit notes are not counted: a product that came back was bought all the same.
        """
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id, COUNT(DISTINCT l.product_id) AS value
              FROM account_move m
              JOIN account_move_line l ON l.move_id = m.id
              JOIN res_partner p ON p.id = m.commercial_partner_id
             WHERE m.company_id = ANY(%(companies)s) AND m.state = 'posted'
               AND m.move_type IN %(types)s AND m.move_type <> 'out_refund'
               AND m.date BETWEEN %(date_from)s AND %(date_to)s
               AND l.display_type = 'product' AND l.product_id IS NOT NULL AND %(partners)s
             GROUP BY p.commercial_partner_id
            """,
            companies=list(scope.company_ids),
            types=SALE_TYPES,
            date_from=scope.date_from,
            date_to=scope.date_to,
            partners=scope.partners(SQL("m.commercial_partner_id")),
        )

    @api.model
    def _metric_largest_order(self, scope):
        """Untaxed amount of the largest confirmed order of the period. Unit: company currency.

        Each order at its own rate. Missing without orders. (domain 2.5: order_surge)
        """
        return self._orders_sql(scope, SQL("MAX(o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1))"))

    @api.model
    def _metric_top_product_share(self, scope):
        """Part of the product that sells best in the net sales of products. Unit: ratio 0..1.

        Source: product lines of the posted customer documents of the period, untaxed company-currency
        amounts, credit notes deducted product by product; a product that came back altogether counts
        nothing. Missing without net sales of products. (domain 2.5: single_item)
        """
        return SQL(
            """
            SELECT partner_id, MAX(amount) / SUM(amount) AS value
              FROM (SELECT p.commercial_partner_id AS partner_id, l.product_id, -SUM(l.balance) AS amount
                      FROM account_move m
                      JOIN account_move_line l ON l.move_id = m.id
                      JOIN res_partner p ON p.id = m.commercial_partner_id
                     WHERE m.company_id = ANY(%(companies)s) AND m.state = 'posted' AND m.move_type IN %(types)s
                       AND m.date BETWEEN %(date_from)s AND %(date_to)s
                       AND l.display_type = 'product' AND l.product_id IS NOT NULL AND %(partners)s
                     GROUP BY p.commercial_partner_id, l.product_id) products
             WHERE amount > 0
             GROUP BY partner_id
            """,
            companies=list(scope.company_ids),
            types=SALE_TYPES,
            date_from=scope.date_from,
            date_to=scope.date_to,
            partners=scope.partners(SQL("m.commercial_partner_id")),
        )
