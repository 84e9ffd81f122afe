from odoo import api, models
from odoo.tools import SQL

from .credit_exposure import ADVANCE, LEFT, PRICE, RATE, SHIPPED, STILL


class CustomerCreditExposure(models.AbstractModel):
    """What orders take up by themselves, for the decision about them."""

    _inherit = "customer.credit.exposure"

    @api.model
    def _exposure_candidates_sql(self, company, orders):
        """Return what orders take up by themselves: rows of (order_id, component, amount, NULL).

        ``whole`` is all that is left of the order, due soon or not, whether it is confirmed or would be, less
        what was paid online and is not in the books yet; ``counted`` is the part of it that the sources
        above count already: nothing of quotations.
        """
        if any(order.state == "sale" for order in orders):
            lines = self._confirmed_candidates_sql(company, orders)
        else:
            lines = self._quoted_candidates_sql(orders)
        if not self.env["payment.transaction"]._credit_has_any():
            return lines
        return SQL("%s UNION ALL %s", lines, self._paid_online_sql(orders))

    @api.model
    def _quoted_candidates_sql(self, orders):
        """Return what quotations would take up; without a join, as PostgreSQL weighs one longer than it runs."""
        return SQL(
            """
            SELECT sl.order_id, 'whole', SUM(%(quantity)s * %(price)s / (
                       SELECT %(rate)s FROM sale_order o WHERE o.id = sl.order_id)), NULL::date
              FROM sale_order_line sl
             WHERE sl.order_id = ANY(%(orders)s) AND sl.display_type IS NULL
             GROUP BY sl.order_id
            """,
            quantity=self._whole_sql(False),
            price=PRICE,
            rate=RATE,
            orders=list(orders.ids),
        )

    @api.model
    def _confirmed_candidates_sql(self, company, orders):
        """Return what orders take up of which some are confirmed, and the part of it that is counted already."""
        return SQL(
            """
            SELECT o.id, u.component, SUM(u.quantity * %(price)s / %(rate)s), NULL::date
              FROM sale_order o
              JOIN sale_order_line sl ON sl.order_id = o.id
             CROSS JOIN LATERAL (VALUES ('whole', %(whole)s), ('counted', %(counted)s)) u(component, quantity)
             WHERE o.id = ANY(%(orders)s) AND sl.display_type IS NULL AND u.quantity <> 0
             GROUP BY o.id, u.component
            """,
            rate=RATE,
            price=PRICE,
            whole=self._whole_sql(True),
            counted=self._counted_sql(company),
            orders=list(orders.ids),
        )

    @api.model
    def _paid_online_sql(self, orders):
        """Return what was paid online for orders and is not in the books yet, as what they do not take up."""
        return SQL(
            """
            SELECT r.sale_order_id, 'whole', -SUM(t.amount) / MIN(%(rate)s), NULL::date
              FROM sale_order_transaction_rel r
              JOIN sale_order o ON o.id = r.sale_order_id
              JOIN payment_transaction t ON t.id = r.transaction_id
              LEFT JOIN account_payment y ON y.id = t.payment_id
             WHERE r.sale_order_id = ANY(%(orders)s) AND t.state IN ('authorized', 'done')
               AND t.operation <> 'validation' AND y.move_id IS NULL
             GROUP BY r.sale_order_id
            """,
            rate=RATE,
            orders=list(orders.ids),
        )

    @api.model
    def _whole_sql(self, confirmed):
        """Return the quantity of a line ``sl`` that is left of its order ``o``, by itself.

        :param bool confirmed: whether some orders are confirmed, whose goods may be shipped already
        """
        left = SQL("CASE WHEN o.state <> 'sale' OR %s THEN %s ELSE 0 END", STILL, LEFT) if confirmed else LEFT
        return SQL("CASE WHEN %s THEN -sl.qty_invoiced ELSE %s + %s END", ADVANCE, SHIPPED, left)

    @api.model
    def _counted_sql(self, company):
        """Return the quantity of a line ``sl`` that the sources count already."""
        if not company.customer_credit_orders:
            return SQL("0")
        return SQL(
            """
            CASE WHEN o.state = 'sale' AND o.invoice_status IN ('no', 'to invoice') THEN
                 CASE WHEN %s THEN -sl.qty_invoiced
                      ELSE %s + CASE WHEN %s AND %s THEN %s ELSE 0 END END
                 ELSE 0 END
            """,
            ADVANCE,
            SHIPPED,
            self._horizon_sql(company),
            STILL,
            LEFT,
        )
