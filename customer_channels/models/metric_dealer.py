from odoo import api, models
from odoo.tools import SQL


class CustomerMetric(models.Model):
    """Figures of customers that are dealers: targets, cases, stock, and their weight in the channel."""

    _inherit = "customer.metric"

    @api.model
    def _scope_root(self, scope):
        """Return the company whose dealers a scope is about: its root."""
        companies = self.env["res.company"].sudo().browse(scope.company_ids)
        return companies.filtered(lambda one: one.parent_id not in companies)[:1].root_id

    @api.model
    def _scope_dealers(self, scope):
        """Return the dealers that a scope asks for, or None for all."""
        if scope.partner_ids is None:
            return None
        return (
            self.env["customer.dealer"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self._scope_root(scope).id),
                    ("partner_id", "in", list(scope.partner_ids)),
                ]
            )
        )

    @api.model
    def _metric_target_attainment(self, scope):
        """What was attained of the dealer's targets for the days of the period. Unit: ratio, 0.9 is 90 %.

        Source: invoices or receipts, as each target says. Missing without a target. (domain 7.3)
        """
        return SQL(
            """
            SELECT d.partner_id, r.attained / r.expected AS value
              FROM (%s) r JOIN customer_dealer d ON d.id = r.dealer_id WHERE r.expected > 0
            """,
            self.env["customer.dealer.target"]._ratio_sql(
                self._scope_root(scope), scope.date_from, scope.date_to, self._scope_dealers(scope)
            ),
        )

    @api.model
    def _metric_violations(self, scope):
        """Proven cases that happened in the period. Unit: count; dealers without any have 0.

        Price cases count only where penalties on prices are cleared.
        """
        company = self._scope_root(scope)
        return SQL(
            """
            SELECT d.partner_id, COUNT(v.violation_id) AS value
              FROM customer_dealer d
         LEFT JOIN (%s) v ON v.dealer_id = d.id AND v.date_occurred BETWEEN %s AND %s
             WHERE d.company_id = %s AND %s GROUP BY d.partner_id
            """,
            self.env["customer.dealer.violation"]._proven_sql(company),
            scope.date_from,
            scope.date_to,
            company.id,
            scope.partners(SQL("d.partner_id")),
        )

    @api.model
    def _metric_store_coverage(self, scope):
        """Stores that the dealer serves on the last day. Unit: count. Missing where stores are not registered."""
        dealers = self._scope_dealers(scope)
        if dealers is None:
            domain = [("company_id", "=", self._scope_root(scope).id)]
            dealers = self.env["customer.dealer"].sudo().search(domain)
        counts = dealers._stores_served(scope.date_to)
        return SQL(
            """
            SELECT d.partner_id, s.number AS value
              FROM UNNEST(%s::int[], %s::int[]) s(dealer_id, number) JOIN customer_dealer d ON d.id = s.dealer_id
            """,
            list(counts),
            list(counts.values()),
        )

    @api.model
    def _metric_stock_report_rate(self, scope):
        """Stock reports filed as part of the whole months of the period. Unit: ratio 0..1."""
        company = self._scope_root(scope)
        return SQL(
            """
            SELECT d.partner_id, COUNT(r.id)::numeric / %(months)s AS value
              FROM customer_dealer d
         LEFT JOIN customer_dealer_stock_report r
                ON r.dealer_id = d.id AND r.state = 'filed'
               AND r.month > %(before)s AND r.month <= %(last)s
             WHERE d.company_id = %(company)s AND %(partners)s AND d.state IN ('active', 'suspended', 'exiting')
             GROUP BY d.partner_id
            """,
            months=scope.months,
            before=self._month_before(scope, scope.months + 1),
            last=self._month_before(scope, 1),
            company=company.id,
            partners=scope.partners(SQL("d.partner_id")),
        )

    @api.model
    def _month_before(self, scope, months):
        """Return the first day of the month that lies so many months before the last day of the scope.

        The month of a last day of its month is over: the one before it is not the last one then.
        """
        return SQL(
            "(date_trunc('month', %(day)s::date + 1) - make_interval(months => %(months)s))::date",
            day=scope.date_to,
            months=months,
        )

    @api.model
    def _stock_sql(self, scope):
        """Return the filed reports of the period at list prices, as ``_monthly_sql``."""
        return SQL(
            "SELECT * FROM (%s) m WHERE state = 'filed'",
            self.env["customer.dealer.stock.report"]._monthly_sql(
                self._scope_root(scope), scope.date_from, scope.date_to, self._scope_dealers(scope)
            ),
        )

    @api.model
    def _metric_sell_through(self, scope):
        """What the dealer sold on as part of what it bought, over the months it reported. Unit: ratio, 1 is all.

        Source: filed stock reports at list prices. Missing without reports, or without purchases in them.
        """
        return SQL(
            "SELECT partner_id, SUM(sold) / NULLIF(SUM(bought), 0) AS value FROM (%s) s GROUP BY 1",
            self._stock_sql(scope),
        )

    @api.model
    def _metric_stock_months(self, scope):
        """Stock of the last report in months of what was sold on on average in the period. Unit: months.

        Source: filed stock reports at list prices. Missing without reports; 99 with stock of which nothing sells.
        """
        return SQL(
            """
            SELECT partner_id,
                   CASE WHEN SUM(sold) > 0
                        THEN (ARRAY_AGG(stock ORDER BY month DESC))[1] / (SUM(sold) / COUNT(*))
                        WHEN (ARRAY_AGG(stock ORDER BY month DESC))[1] > 0 THEN 99 ELSE 0 END AS value
              FROM (%s) s GROUP BY 1
            """,
            self._stock_sql(scope),
        )

    @api.model
    def _metric_stock_months_limit(self, scope):
        """How many months of stock the settings allow a dealer. Unit: months."""
        return self._limit_sql(scope, self._scope_root(scope).customer_dealer_stock_months)

    @api.model
    def _limit_sql(self, scope, limit):
        """Return one number of the settings for every dealer."""
        return SQL(
            "SELECT d.partner_id, %s::numeric AS value FROM customer_dealer d WHERE d.company_id = %s AND %s",
            limit,
            self._scope_root(scope).id,
            scope.partners(SQL("d.partner_id")),
        )
