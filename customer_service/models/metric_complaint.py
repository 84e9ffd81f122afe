from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import SQL

# What was no complaint in the end is not counted against anybody.
NOT_COUNTED = ("duplicate", "rejected", "withdrawn")


class CustomerMetric(models.Model):
    """Metrics of what customers complain about, against what was delivered to them."""

    _inherit = "customer.metric"

    documents = fields.Selection(
        selection_add=[("complaint", "Complaints")], ondelete={"complaint": "set default"}
    )

    @api.model
    def _complaints_sql(self, scope, value, join=None):
        """Return (partner_id, value) over the complaints ``c`` received in the period."""
        begin, end = scope.utc_bounds
        return SQL(
            """
            SELECT c.commercial_partner_id AS partner_id, %(value)s AS value
              FROM customer_complaint c %(join)s
             WHERE c.company_id = ANY(%(companies)s) AND c.commercial_partner_id IS NOT NULL
               AND c.date_received >= %(begin)s AND c.date_received < %(end)s AND %(partners)s
               AND (c.outcome IS NULL OR NOT c.outcome = ANY(%(not_counted)s))
             GROUP BY c.commercial_partner_id
            """,
            value=value,
            join=join or SQL(),
            companies=list(scope.company_ids),
            begin=begin,
            end=end,
            partners=scope.partners(SQL("c.commercial_partner_id")),
            not_counted=list(NOT_COUNTED),
        )

    @api.model
    def _delivered_sql(self, scope):
        """Return (partner_id, value): what was delivered in the period, untaxed, in company currency."""
        begin, end = scope.utc_bounds
        rows = self.env["customer.complaint.delivery"]._delivered_sql(
            SQL(
                "m.company_id = ANY(%s) AND m.date >= %s AND m.date < %s AND %s",
                list(scope.company_ids),
                begin,
                end,
                scope.partners(SQL("p.commercial_partner_id")),
            )
        )
        return SQL("SELECT partner_id, SUM(amount) AS value FROM (%s) d GROUP BY partner_id", rows)

    @api.model
    def _metric_complaint_count(self, scope):
        """Complaints received in the period, by their day in the company's time zone. Unit: count.

        Rejected and withdrawn ones and duplicates are not counted. Source: complaints.
        """
        return self._complaints_sql(scope, SQL("COUNT(*)"))

    @api.model
    def _metric_complaint_rate(self, scope):
        """Complaints for 100,000 of what was delivered, untaxed, in company currency. Unit: count.

        Zero for deliveries without complaints; missing where nothing was delivered.
        """
        return SQL(
            """
            SELECT d.partner_id, 100000.0 * COALESCE(c.value, 0) / d.value AS value
              FROM (%s) d LEFT JOIN (%s) c USING (partner_id) WHERE d.value > 0
            """,
            self._delivered_sql(scope),
            self._metric_complaint_count(scope),
        )

    @api.model
    def _metric_compensation_rate(self, scope):
        """What the complaints of the period cost as part of what was delivered in it. Unit: ratio, 0.03 is 3 %.

        Zero for deliveries without a known cost; missing where nothing was delivered. Source: costs of complaints.
        """
        cost = SQL(
            "JOIN (SELECT complaint_id, SUM(amount) AS amount FROM (%s) s GROUP BY 1) cost"
            " ON cost.complaint_id = c.id",
            self.env["customer.complaint"]._cost_sql(),
        )
        return SQL(
            """
            SELECT d.partner_id, COALESCE(c.value, 0) / d.value AS value
              FROM (%s) d LEFT JOIN (%s) c USING (partner_id) WHERE d.value > 0
            """,
            self._delivered_sql(scope),
            self._complaints_sql(scope, SQL("SUM(cost.amount)"), cost),
        )

    @api.model
    def _documents_complaint(self, partner, company, date_from, date_to):
        """Hook of customer management: the complaints behind a figure."""
        scope = self._scope(date_to, company=company)
        begin, end = replace(scope, date_from=date_from, date_to=date_to).utc_bounds
        return {
            "res_model": "customer.complaint",
            "domain": [
                ("commercial_partner_id", "=", partner.id),
                ("company_id", "child_of", company.id),
                ("date_received", ">=", fields.Datetime.to_string(begin)),
                ("date_received", "<", fields.Datetime.to_string(end)),
                ("outcome", "not in", NOT_COUNTED),
            ],
        }
