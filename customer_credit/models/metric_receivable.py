from odoo import api, models
from odoo.tools import SQL


class CustomerMetric(models.Model):
    """Metrics of what customers owe and how they pay, from the built-in ledger."""

    _inherit = "customer.metric"

    @api.model
    def _aged_items_sql(self, scope):
        """Return the open items on the last day of the period with customer and days past due."""
        engine = self.env["customer.aging.engine"]
        # Without a restriction there must be no condition: with one, each customer's whole history is read.
        condition = None if scope.partner_ids is None else scope.partners(SQL("l.partner_id"))
        items = engine._open_items_sql(scope.company_ids, scope.date_to, condition)
        return engine._aged_sql(scope.date_to, "due", (), items)

    @api.model
    def _metric_receivable(self, scope):
        """Open amount on the receivable accounts on the last day. Unit: company currency.

        Sign: what the customer owes positive, credits deducted. Source: the open items of the aging
        report, so the sum over all customers is the balance of the accounts.
        """
        return SQL(
            "SELECT partner_id, SUM(amount_residual) AS value FROM (%s) aged WHERE partner_id IS NOT NULL GROUP BY 1",
            self._aged_items_sql(scope),
        )

    @api.model
    def _metric_overdue_amount(self, scope):
        """Open amount past its due date on the last day. Unit: company currency, 0 or more.

        Credits that are not applied yet are not deducted: they stand in a column of their own.
        """
        return SQL(
            "SELECT partner_id, COALESCE(SUM(amount_residual) FILTER (WHERE bucket > 0), 0) AS value"
            " FROM (%s) aged WHERE partner_id IS NOT NULL GROUP BY 1",
            self._aged_items_sql(scope),
        )

    @api.model
    def _metric_overdue_days_max(self, scope):
        """Days since the earliest due date of an item open on the last day. Unit: days, 1 or more."""
        return SQL(
            "SELECT partner_id, MAX(days) AS value FROM (%s) aged"
            " WHERE partner_id IS NOT NULL AND bucket > 0 GROUP BY 1",
            self._aged_items_sql(scope),
        )

    @api.model
    def _settlements_sql(self, scope, value):
        """Return (partner_id, value) over what was paid in the period: ``paid`` and ``late`` days.

        A settlement is a partial reconciliation of an item that has a due date; it is dated by the later
        of its two entries. Credit notes are no payments, exchange differences neither.
        """
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id, %s AS value
              FROM (%s) x
              JOIN res_partner p ON p.id = x.partner_id
             GROUP BY p.commercial_partner_id
            """,
            value,
            self._settled_sql(scope),
        )

    @api.model
    def _settled_sql(self, scope):
        """Return what was paid in the period, one row a settlement: (partner_id, day, paid, late)."""
        return SQL(
            """
            SELECT l.partner_id, r.max_date AS day, r.amount AS paid, r.max_date - l.date_maturity AS late
              FROM account_partial_reconcile r
              JOIN account_move_line l ON l.id = r.debit_move_id
              JOIN account_move_line c ON c.id = r.credit_move_id
              JOIN account_move s ON s.id = c.move_id
              JOIN res_company co ON co.id = r.company_id
             WHERE r.company_id = ANY(%(companies)s)
               AND r.max_date BETWEEN %(date_from)s AND %(date_to)s
               AND l.account_id = ANY(%(accounts)s) AND l.date_maturity IS NOT NULL
               AND l.parent_state = 'posted' AND c.parent_state = 'posted'
               AND s.move_type NOT IN ('out_refund', 'in_invoice')
               AND s.journal_id IS DISTINCT FROM co.currency_exchange_journal_id
               AND %(partners)s
            """,
            companies=list(scope.company_ids),
            date_from=scope.date_from,
            date_to=scope.date_to,
            accounts=self.env["customer.aging.engine"]._receivable_accounts(scope.company_ids),
            partners=scope.partners(SQL("l.partner_id")),
        )

    @api.model
    def _metric_days_late_average(self, scope):
        """Days from due date to settlement, weighted by amount. Unit: days; early is negative.

        Period: settlements dated in it. Source: partial reconciliations, company-currency amounts.
        Missing when nothing was settled. (domain 5.2)
        """
        return self._settlements_sql(scope, SQL("SUM(x.paid * x.late) / NULLIF(SUM(x.paid), 0)"))

    @api.model
    def _metric_on_time_rate(self, scope):
        """Part of the amount settled in the period that was settled by its due date. Unit: ratio 0..1."""
        on_time = SQL("COALESCE(SUM(x.paid) FILTER (WHERE x.late <= 0), 0)")
        return self._settlements_sql(scope, SQL("%s / NULLIF(SUM(x.paid), 0)", on_time))

    @api.model
    def _metric_late_slope(self, scope):
        """By how much payments get later each month. Unit: days a month; getting better is negative.

        The slope (least squares) through the average days late of each month of the period, each weighted
        by amount as in ``days_late_average``; months are counted back from the last day, those without
        settlements are left out. Missing with less than three months. (domain 2.5: late_growing; 2, 3, 5,
        8, 9, 14 days rise by 2.31 a month)
        """
        periods = [scope.shifted(1, back) for back in reversed(range(scope.months))]
        months = [SQL("(%s, %s, %s)", i, p.date_from, p.date_to) for i, p in enumerate(periods)]
        return SQL(
            """
            SELECT partner_id, REGR_SLOPE(late, month) AS value
              FROM (SELECT p.commercial_partner_id AS partner_id, m.month,
                           SUM(x.paid * x.late) / NULLIF(SUM(x.paid), 0) AS late
                      FROM (%s) x
                      JOIN (VALUES %s) m(month, date_from, date_to)
                        ON x.day BETWEEN m.date_from::date AND m.date_to::date
                      JOIN res_partner p ON p.id = x.partner_id
                     GROUP BY p.commercial_partner_id, m.month) monthly
             GROUP BY partner_id HAVING COUNT(late) >= 3
            """,
            self._settled_sql(scope),
            SQL(", ").join(months),
        )
