from odoo import api, models
from odoo.tools import SQL

NOT_RETURNS = SQL("m.move_type <> 'out_refund'")


class CustomerMetric(models.Model):
    """Metrics of when customers buy: since when, how often, how long ago."""

    _inherit = "customer.metric"

    @api.model
    def _metric_recency_days(self, scope):
        """Days from the last posted invoice to the last day of the period. Unit: days, 0 or more.

        Looks at all invoices up to that day, not only at the period's; missing without any.
        """
        day = SQL("MAX(m.date) FILTER (WHERE %s) AS day", NOT_RETURNS)
        return SQL(
            "SELECT * FROM (%s) recency WHERE value IS NOT NULL",
            self._regroup_sql(SQL("%s - MAX(g.day)", scope.date_to), self._invoices_sql(scope.ever, day)),
        )

    @api.model
    def _metric_tenure_months(self, scope):
        """Whole months from the first posted invoice to the last day of the period. Unit: months."""
        day = SQL("MIN(m.date) FILTER (WHERE %s) AS day", NOT_RETURNS)
        age = SQL("AGE(%s::date, MIN(g.day))", scope.date_to)
        months = SQL("EXTRACT(YEAR FROM %s) * 12 + EXTRACT(MONTH FROM %s)", age, age)
        return SQL(
            "SELECT * FROM (%s) tenure WHERE value IS NOT NULL",
            self._regroup_sql(months, self._invoices_sql(scope.ever, day)),
        )

    @api.model
    def _metric_cadence_days(self, scope):
        """Median gap between the customer's buying days of the period. Unit: days.

        A buying day is a day with a posted invoice; several on one day count once. Missing with less
        than two buying days. (domain 2.8: gap)
        """
        days = self._invoices_sql(
            scope, SQL("ARRAY_AGG(DISTINCT m.date) FILTER (WHERE %s) AS days", NOT_RETURNS)
        )
        return SQL(
            """
            SELECT partner_id, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY gap) AS value
              FROM (SELECT partner_id, day - LAG(day) OVER (PARTITION BY partner_id ORDER BY day) AS gap
                      FROM (SELECT DISTINCT p.commercial_partner_id AS partner_id, UNNEST(g.days) AS day
                              FROM (%s) g JOIN res_partner p ON p.id = g.moved_partner_id) d) gaps
             WHERE gap IS NOT NULL
             GROUP BY partner_id
            """,
            days,
        )
