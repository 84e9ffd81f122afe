from dataclasses import replace
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL


class CustomerMetric(models.Model):
    """How long sales stay unpaid: count-back DSO, the best that the terms allow, and collection effectiveness.

    What was sold is counted as the ledger has it, taxes included, so that it compares with what is owed.
    (domain 5.2)
    """

    _inherit = "customer.metric"

    @api.model
    def _metric_dso_countback(self, scope):
        """Days of the latest sales that are still owed. Unit: days, 0 or more.

        Months are taken back from the last day, the latest first: a month whose sales are owed as a whole
        counts its days, the one that is owed in part counts them in proportion; a month without sales counts
        its days. Missing when more is owed than all months of the period sold. Example: owed 260, sold 100 in
        31 days, before 120 in 28, before 90 in 31: 31 + 28 + 40/90 x 31 = 72.78.
        """
        periods = scope.by_month[::-1]
        months = SQL(", ").join(
            SQL("(%s, %s)", i, (period.date_to - period.date_from).days + 1)
            for i, period in enumerate(periods)
        )
        sales = SQL(" UNION ALL ").join(
            SQL("SELECT %s AS place, partner_id, value FROM (%s) s", i, self._sold_sql(period))
            for i, period in enumerate(periods)
        )
        return SQL(
            """
            WITH sold AS MATERIALIZED (%(sales)s),
                 owed AS (SELECT partner_id, SUM(value) AS value FROM (
                            SELECT partner_id, value FROM (%(owed)s) a
                             UNION ALL SELECT DISTINCT partner_id, 0 FROM sold) o GROUP BY partner_id),
                 steps AS (
                    SELECT o.partner_id, m.days, COALESCE(s.value, 0) AS sold, o.value - COALESCE(SUM(
                             GREATEST(s.value, 0)) OVER (PARTITION BY o.partner_id ORDER BY m.place
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS rest
                      FROM owed o CROSS JOIN (VALUES %(months)s) m(place, days)
                 LEFT JOIN sold s ON s.partner_id = o.partner_id AND s.place = m.place)
            SELECT partner_id, CASE WHEN MAX(rest) <= SUM(GREATEST(sold, 0)) OR MAX(rest) <= 0
                                    THEN SUM(CASE WHEN rest <= 0 THEN 0
                                                  WHEN sold <= 0 OR rest >= sold THEN days
                                                  ELSE rest / sold * days END) END AS value
              FROM steps GROUP BY partner_id
            """,
            sales=sales,
            owed=self._metric_receivable(scope),
            months=months,
        )

    @api.model
    def _metric_best_possible_dso(self, scope):
        """The DSO if nothing were overdue: what is not due yet against the sales of the period. Unit: days.

        Missing without sales. Example: 150 not due, 310 sold in 90 days: 43.55.
        """
        return SQL(
            """
            SELECT s.partner_id, COALESCE(n.value, 0) / s.value * %s AS value
              FROM (%s) s LEFT JOIN (%s) n USING (partner_id) WHERE s.value > 0
            """,
            (scope.date_to - scope.date_from).days + 1,
            self._sold_sql(scope),
            self._not_due_sql(scope),
        )

    @api.model
    def _metric_cei(self, scope):
        """Collection effectiveness: what was collected of what could be. Unit: ratio, 1 is all.

        (owed at the beginning + sold - owed at the end) / (owed at the beginning + sold - not due at the end),
        with the average of the months as what was sold. Missing when nothing could be collected. Example: 500
        at the beginning, 300 sold, 480 at the end of which 280 not due: 320 / 520 = 0.6154.
        """
        begin = replace(scope, date_to=scope.date_from - timedelta(days=1))
        return SQL(
            """
            SELECT partner_id, (SUM(first) + SUM(sold) - SUM(last)) / NULLIF(
                       GREATEST(SUM(first) + SUM(sold) - SUM(fresh), 0), 0) AS value
              FROM (SELECT partner_id, value AS first, 0 AS sold, 0 AS last, 0 AS fresh FROM (%(begin)s) a
                     UNION ALL SELECT partner_id, 0, value / %(months)s, 0, 0 FROM (%(sold)s) b
                     UNION ALL SELECT partner_id, 0, 0, value, 0 FROM (%(end)s) c
                     UNION ALL SELECT partner_id, 0, 0, 0, value FROM (%(fresh)s) d) parts
             GROUP BY partner_id
            """,
            begin=self._metric_receivable(begin),
            months=scope.months,
            sold=self._sold_sql(scope),
            end=self._metric_receivable(scope),
            fresh=self._not_due_sql(scope),
        )

    @api.model
    def _sold_sql(self, scope):
        """Return what was invoiced less what was credited, taxes included: rows of (partner_id, value)."""
        return self._regroup_sql(
            SQL("SUM(g.amount)"), self._invoices_sql(scope, SQL("SUM(m.amount_total_signed) AS amount"))
        )

    @api.model
    def _not_due_sql(self, scope):
        """Return the debts that are not due on the last day: rows of (partner_id, value)."""
        return SQL(
            "SELECT partner_id, SUM(amount_residual) AS value FROM (%s) aged"
            " WHERE bucket = 0 AND partner_id IS NOT NULL GROUP BY 1",
            self._aged_items_sql(scope),
        )
