from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .credit_exposure import RATE


class CustomerCreditExposure(models.AbstractModel):
    """What payers had taken up on the mornings of their past orders."""

    _inherit = "customer.credit.exposure"

    @api.model
    def _exposure_past(self, company, date_from, date_to):
        """Return the confirmed orders of a period with what their payers had taken up before them.

        Open receivables are the balance of the receivable accounts before the day; open orders are what was
        ordered before and not invoiced before the day; overdue is what was due before the day and not paid
        by then. An order counts with all of its total.

        :return: rows of (order_id, partner_id, day, amount, total, overdue_since, overdue), the oldest first;
            amounts in company currency
        """
        self._flush_exposure()
        return self.env.execute_query(
            SQL(
                """
                WITH asked AS (
                    SELECT o.id, o.date_order, o.date_order::date AS day, p.commercial_partner_id AS payer,
                           o.amount_total / %(rate)s AS amount
                      FROM sale_order o JOIN res_partner p ON p.id = o.partner_invoice_id
                     WHERE o.state = 'sale' AND o.company_id = ANY(%(companies)s)
                       AND o.date_order >= %(first)s AND o.date_order < %(after)s)
                SELECT a.id, a.payer, a.day, a.amount, COALESCE(r.balance, 0) + COALESCE(b.amount, 0),
                       late.since, late.amount
                  FROM asked a
                  LEFT JOIN LATERAL (%(balance)s) r ON TRUE
                  LEFT JOIN LATERAL (%(ordered)s) b ON TRUE
                  LEFT JOIN LATERAL (%(late)s) late ON TRUE
                 ORDER BY a.date_order, a.id
                """,
                rate=RATE,
                companies=list(self._family(company.id)),
                first=date_from,
                after=date_to + timedelta(days=1),
                balance=self._past_balance_sql(),
                ordered=self._past_orders_sql(),
                late=self._past_overdue_sql(),
            )
        )

    @api.model
    def _exposure_past_of(self, pairs):
        """Return what other payers had taken up before these orders, counted as in ``_exposure_past``.

        :param list pairs: of (order_id, partner_id)
        :return: ``{(order_id, partner_id): amount}`` in company currency
        """
        if not pairs:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                WITH asked AS (
                    SELECT o.id, o.date_order, o.date_order::date AS day, pair.payer
                      FROM UNNEST(%(orders)s::int[], %(payers)s::int[]) pair(id, payer)
                      JOIN sale_order o ON o.id = pair.id)
                SELECT a.id, a.payer, (COALESCE(r.balance, 0) + COALESCE(b.amount, 0))::float
                  FROM asked a
                  LEFT JOIN LATERAL (%(balance)s) r ON TRUE
                  LEFT JOIN LATERAL (%(ordered)s) b ON TRUE
                """,
                orders=[order for order, _payer in pairs],
                payers=[payer for _order, payer in pairs],
                balance=self._past_balance_sql(),
                ordered=self._past_orders_sql(),
            )
        )
        return {(order, payer): amount for order, payer, amount in rows}

    @api.model
    def _past_items_sql(self):
        """Return the condition of the receivable items ``l`` of the payer of ``a`` that were posted before its day."""
        return SQL(
            """
            l.partner_id IN (SELECT id FROM res_partner WHERE commercial_partner_id = a.payer)
            AND l.account_id = ANY(ARRAY(SELECT id FROM account_account WHERE account_type = 'asset_receivable'))
            AND l.parent_state = 'posted' AND l.date < a.day
            AND l.company_id IN (SELECT o.company_id FROM sale_order o WHERE o.id = a.id)
            """
        )

    @api.model
    def _past_balance_sql(self):
        return SQL(
            "SELECT SUM(l.balance) AS balance FROM account_move_line l WHERE %s", self._past_items_sql()
        )

    @api.model
    def _past_orders_sql(self):
        return SQL(
            """
            SELECT SUM(GREATEST(o.amount_total / %(rate)s - COALESCE(i.amount, 0), 0)) AS amount
              FROM sale_order o
              LEFT JOIN LATERAL (
                SELECT SUM(-ml.balance * COALESCE(ml.price_total / NULLIF(ml.price_subtotal, 0), 1)) AS amount
                  FROM sale_order_line sl
                  JOIN sale_order_line_invoice_rel x ON x.order_line_id = sl.id
                  JOIN account_move_line ml ON ml.id = x.invoice_line_id
                 WHERE sl.order_id = o.id AND ml.parent_state = 'posted' AND ml.date < a.day) i ON TRUE
             WHERE o.partner_invoice_id IN (SELECT id FROM res_partner WHERE commercial_partner_id = a.payer)
               AND o.state = 'sale' AND (o.date_order, o.id) < (a.date_order, a.id)
               AND o.company_id IN (SELECT s.company_id FROM sale_order s WHERE s.id = a.id)
            """,
            rate=RATE,
        )

    @api.model
    def _past_overdue_sql(self):
        return SQL(
            """
            SELECT MIN(due) AS since, SUM(rest) AS amount
              FROM (SELECT l.date_maturity AS due,
                           l.balance - COALESCE(SUM(x.amount) FILTER (WHERE x.max_date < a.day), 0) AS rest
                      FROM account_move_line l
                      LEFT JOIN account_partial_reconcile x ON x.debit_move_id = l.id
                     WHERE l.balance > 0 AND l.date_maturity < a.day AND %s
                     GROUP BY l.id) item
             WHERE rest > 0.005
            """,
            self._past_items_sql(),
        )
