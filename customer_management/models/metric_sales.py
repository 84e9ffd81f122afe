from odoo import api, models
from odoo.tools import SQL

from ..tools import MetricScope

SALE_TYPES = ("out_invoice", "out_refund", "out_receipt")


class CustomerMetric(models.Model):
    """Metrics of turnover and margin, from posted customer invoices and credit notes."""

    _inherit = "customer.metric"

    @api.model
    def _invoices_sql(self, scope: MetricScope, columns: SQL) -> SQL:
        """Return posted customer documents of the period, grouped by commercial partner.

        :param columns: aggregates over ``m``, the account move
        """
        return SQL(
            """
            SELECT m.commercial_partner_id AS moved_partner_id, %(columns)s
              FROM account_move m
             WHERE m.company_id = ANY(%(companies)s) AND m.state = 'posted'
               AND m.move_type IN %(types)s AND m.date BETWEEN %(date_from)s AND %(date_to)s
               AND m.commercial_partner_id IS NOT NULL AND %(partners)s
             GROUP BY m.commercial_partner_id
            """,
            columns=columns,
            companies=list(scope.company_ids),
            types=SALE_TYPES,
            date_from=scope.date_from,
            date_to=scope.date_to,
            partners=scope.partners(SQL("m.commercial_partner_id")),
        )

    @api.model
    def _regroup_sql(self, value: SQL, groups: SQL) -> SQL:
        """Return (partner_id, value) with each group put on today's commercial partner.

        An invoice keeps the commercial partner of its day; a company that has become the branch of
        another since belongs to that one.
        """
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id, %s AS value
              FROM (%s) g JOIN res_partner p ON p.id = g.moved_partner_id
             GROUP BY p.commercial_partner_id
            """,
            value,
            groups,
        )

    @api.model
    def _metric_revenue(self, scope):
        """Net sales. Unit: company currency. Sign: sales positive, credit notes deducted.

        Period: by accounting date, both days included. Source: untaxed amount in company currency
        (``amount_untaxed_signed``) of posted customer invoices, receipts and credit notes, so that it
        equals the invoices in the ledger. (domain 1: net sales)
        """
        return self._regroup_sql(
            SQL("SUM(g.amount)"),
            self._invoices_sql(scope, SQL("SUM(m.amount_untaxed_signed) AS amount")),
        )

    @api.model
    def _metric_revenue_previous(self, scope):
        """Net sales of the period of the same length just before. Unit and sign as ``revenue``."""
        return self._metric_revenue(scope.previous)

    @api.model
    def _metric_growth(self, scope):
        """Change of the net sales against the previous period. Unit: ratio, 0.1 is 10 % more.

        revenue / revenue_previous - 1; a customer without sales now fell by all (-1); missing when the
        previous period has none to compare with.
        """
        return SQL(
            """
            SELECT before.partner_id, COALESCE(now.value, 0) / before.value - 1 AS value
              FROM (%s) before LEFT JOIN (%s) now USING (partner_id)
             WHERE before.value > 0
            """,
            self._metric_revenue_previous(scope),
            self._metric_revenue(scope),
        )

    @api.model
    def _metric_share_of_revenue(self, scope):
        """Part of the company's net sales. Unit: ratio, 0..1; negative for more returns than sales.

        The total is that of all customers with positive net sales in the period, whichever customers
        are asked for.
        """
        return SQL(
            """
            SELECT partner_id, value
              FROM (SELECT partner_id, value / NULLIF(SUM(value) FILTER (WHERE value > 0) OVER (), 0) AS value
                      FROM (%s) revenue) shares
             WHERE %s
            """,
            self._metric_revenue(scope.everybody),
            scope.partners(SQL("partner_id")),
        )

    @api.model
    def _metric_lifetime_value(self, scope):
        """Net sales of all days up to the last day of the period. Unit and sign as ``revenue``."""
        return self._metric_revenue(scope.ever)

    @api.model
    def _metric_return_rate(self, scope):
        """Credit notes as part of the invoices of the period. Unit: ratio, 0.05 is 5 %.

        Source: untaxed company-currency amounts as in ``revenue``; missing without invoices.
        """
        amounts = SQL(
            "SUM(m.amount_untaxed_signed) FILTER (WHERE m.move_type <> 'out_refund') AS sold,"
            " -SUM(m.amount_untaxed_signed) FILTER (WHERE m.move_type = 'out_refund') AS returned"
        )
        return SQL(
            "SELECT * FROM (%s) rates WHERE value IS NOT NULL",
            self._regroup_sql(
                SQL("COALESCE(SUM(g.returned), 0) / NULLIF(SUM(g.sold), 0)"),
                self._invoices_sql(scope, amounts),
            ),
        )

    @api.model
    def _margins_sql(self, scope, value):
        """Return (partner_id, value) over ``revenue`` and ``margin`` of the invoice lines with a cost."""
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id, %(value)s AS value
              FROM (
                SELECT m.commercial_partner_id, -l.balance AS revenue,
                       CASE m.move_type WHEN 'out_refund' THEN -1 ELSE 1 END * l.quantity * %(cost)s AS cost
                  FROM account_move m
                  JOIN account_move_line l ON l.move_id = m.id AND l.display_type = 'product'
                  JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id
                  JOIN sale_order_line s ON s.id = r.order_line_id AND s.is_downpayment IS NOT TRUE
                  JOIN sale_order o ON o.id = s.order_id
             LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
             LEFT JOIN uom_uom su ON su.id = s.product_uom_id
                 WHERE m.company_id = ANY(%(companies)s) AND m.state = 'posted' AND m.move_type IN %(types)s
                   AND m.date BETWEEN %(date_from)s AND %(date_to)s AND %(partners)s
                 GROUP BY m.id, l.id HAVING %(cost)s IS NOT NULL
              ) i
              JOIN res_partner p ON p.id = i.commercial_partner_id
             GROUP BY p.commercial_partner_id
            """,
            value=value,
            cost=SQL(
                "AVG(s.purchase_price * COALESCE(lu.factor / su.factor, 1) / COALESCE(NULLIF(o.currency_rate, 0), 1))"
            ),
            companies=list(scope.company_ids),
            types=SALE_TYPES,
            date_from=scope.date_from,
            date_to=scope.date_to,
            partners=scope.partners(SQL("m.commercial_partner_id")),
        )

    @api.model
    def _metric_margin(self, scope):
        """Gross margin of what was invoiced. Unit: company currency. Sign: profit positive.

        Net sales of the invoice lines that come from an order, less quantity times the unit cost that
        the order line froze (``sale_margin``), so that a later change of the product's cost changes
        nothing. Lines without an order have no known cost: they are left out, not taken as free. So are
        down payments: what they pay for is sold, and costs something, on the invoice that deducts them.
        """
        return self._margins_sql(scope, SQL("SUM(i.revenue - i.cost)"))

    @api.model
    def _metric_margin_rate(self, scope):
        """Gross margin as part of the net sales of the same lines. Unit: ratio; missing without sales."""
        return self._margins_sql(scope, SQL("SUM(i.revenue - i.cost) / NULLIF(SUM(i.revenue), 0)"))
