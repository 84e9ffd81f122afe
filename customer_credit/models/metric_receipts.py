from odoo import api, models
from odoo.tools import SQL


class CustomerMetric(models.Model):
    """What customers paid, by the day of the entry."""

    _inherit = "customer.metric"

    @api.model
    def _metric_receipts(self, scope):
        """Receipts on the receivable accounts in the period. Unit: company currency, what came in positive.

        Source: posted entries of bank and cash journals; what was paid back is deducted. Credit notes and
        entries of other journals, such as write-offs, are no receipts.
        """
        return SQL(
            "SELECT partner_id, SUM(amount) AS value FROM (%s) r GROUP BY 1", self._receipts_sql(scope)
        )

    @api.model
    def _receipts_sql(self, scope):
        """Return the receipts one by one: rows of (partner_id, day, amount), as ``_metric_receipts`` adds them up."""
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id, l.date AS day, -l.balance AS amount
              FROM account_move_line l
              JOIN account_journal j ON j.id = l.journal_id
              JOIN res_partner p ON p.id = l.partner_id
             WHERE l.account_id = ANY(%(accounts)s) AND l.company_id = ANY(%(companies)s)
               AND l.parent_state = 'posted' AND j.type IN ('bank', 'cash', 'credit')
               AND l.date BETWEEN %(date_from)s AND %(date_to)s AND %(partners)s
            """,
            accounts=self.env["customer.aging.engine"]._receivable_accounts(scope.company_ids),
            companies=list(scope.company_ids),
            date_from=scope.date_from,
            date_to=scope.date_to,
            partners=scope.partners(SQL("l.partner_id")),
        )
