from odoo import api, models
from odoo.tools import SQL


class CustomerMetric(models.Model):
    """How much hangs on single dealers, and whether they can carry what they sell."""

    _inherit = "customer.metric"

    @api.model
    def _shares_sql(self, scope):
        """Return the part of each dealer in the sales of all dealers: rows of (partner_id, share, place)."""
        return SQL(
            """
            SELECT partner_id, amount / NULLIF(SUM(amount) FILTER (WHERE amount > 0) OVER (), 0) AS share,
                   ROW_NUMBER() OVER (ORDER BY amount DESC, partner_id) AS place
              FROM (SELECT s.partner_id, SUM(s.amount) AS amount FROM (%s) s GROUP BY 1) sold
            """,
            self.env["customer.dealer.sales"]._lines_sql(
                self._scope_root(scope), scope.date_from, scope.date_to
            ),
        )

    @api.model
    def _metric_channel_share(self, scope):
        """Part of the dealer in the sales of all dealers. Unit: ratio, 0.2 is a fifth. (domain 2.6)"""
        return SQL(
            "SELECT partner_id, share AS value FROM (%s) s WHERE share IS NOT NULL AND %s",
            self._shares_sql(scope),
            scope.partners(SQL("partner_id")),
        )

    @api.model
    def _metric_channel_share_limit(self, scope):
        """What part of the channel one dealer may have, by the settings. Unit: ratio."""
        return self._limit_sql(scope, self._scope_root(scope).customer_dealer_share_limit / 100)

    @api.model
    def _metric_channel_top_share(self, scope):
        """Part of the three largest dealers together; each of the three has it. Unit: ratio."""
        # Whom it is asked for is decided after the sum: the three are together whoever asks.
        return SQL(
            """
            SELECT partner_id, value
              FROM (SELECT partner_id, SUM(share) OVER () AS value FROM (%s) s WHERE place <= 3 AND share > 0) top
             WHERE %s
            """,
            self._shares_sql(scope),
            scope.partners(SQL("partner_id")),
        )

    @api.model
    def _metric_channel_top_limit(self, scope):
        """What part of the channel three dealers may have together, by the settings. Unit: ratio."""
        return self._limit_sql(scope, self._scope_root(scope).customer_dealer_top_limit / 100)

    @api.model
    def _metric_funding_need(self, scope):
        """What the dealer has to lay out for its stores: its purchases a day times the days until they pay.

        Unit: company currency. Source: invoices of the period; the days are a setting. Missing without purchases.
        """
        root = self._scope_root(scope)
        days = (scope.date_to - scope.date_from).days + 1
        return SQL(
            "SELECT partner_id, SUM(s.amount) * %s / %s AS value FROM (%s) s GROUP BY 1 HAVING SUM(s.amount) > 0",
            root.customer_dealer_store_days,
            days,
            self.env["customer.dealer.sales"]._lines_sql(
                root, scope.date_from, scope.date_to, self._scope_dealers(scope)
            ),
        )

    @api.model
    def _metric_funding_capacity(self, scope):
        """What the dealer can lay out: its own funds, as known, and the credit limit that we give it.

        Unit: company currency, today. Missing where own funds are not known and we give no credit.
        """
        root = self._scope_root(scope)
        limits = self._limits_in_force(root, scope)
        return SQL(
            """
            SELECT d.partner_id, COALESCE(d.own_funds, 0) + COALESCE(l.amount, 0) AS value
              FROM customer_dealer d
         LEFT JOIN UNNEST(%s::int[], %s::numeric[]) l(partner_id, amount) ON l.partner_id = d.partner_id
             WHERE d.company_id = %s AND (d.has_own_funds OR l.amount > 0) AND %s
            """,
            [account.partner_id.id for account in limits],
            list(limits.values()),
            root.id,
            scope.partners(SQL("d.partner_id")),
        )
