from odoo import api, fields, models
from odoo.tools import SQL


class CustomerMetric(models.Model):
    """How much of its credit limit a customer has taken up."""

    _inherit = "customer.metric"

    @api.model
    def _metric_limit_use(self, scope):
        """Exposure as part of the limit in force. Unit: ratio, 1 is all of it; below 0 for money in advance.

        Missing without a limit. A limit of zero is used up by anything: 1 while something takes up credit, else
        0. The exposure is that of now, members of a group included, so of past days there is no value.
        """
        today = fields.Date.context_today(self)
        companies = self.env["res.company"].sudo().browse(scope.company_ids)
        company = companies.filtered(lambda one: one.parent_id not in companies)[:1]
        if scope.date_to < today:
            return SQL("SELECT NULL::int AS partner_id, NULL::numeric AS value WHERE FALSE")
        limits = self._limits_in_force(company, scope)
        accounts = self.env["customer.credit.account"].sudo()
        payers = None
        if scope.partner_ids is not None:
            payers = accounts.search([("id", "child_of", [account.id for account in limits])]).partner_id
        return SQL(
            """
            SELECT a.partner_id, CASE WHEN l.amount > 0 THEN COALESCE(e.amount, 0) / l.amount
                                      WHEN e.amount > 0 THEN 1 ELSE 0 END AS value
              FROM UNNEST(%(accounts)s::int[], %(amounts)s::float[]) l(account_id, amount)
              JOIN customer_credit_account a ON a.id = l.account_id
         LEFT JOIN (SELECT u.account_id, SUM(x.amount) AS amount
                      FROM customer_credit_account m
                     CROSS JOIN LATERAL (
                        SELECT part::int AS account_id
                          FROM UNNEST(STRING_TO_ARRAY(TRIM(m.parent_path, '/'), '/')) part) u
                      JOIN (%(exposure)s) x ON x.partner_id = m.partner_id
                     WHERE m.company_id = %(company)s GROUP BY u.account_id) e ON e.account_id = a.id
            """,
            accounts=[account.id for account in limits],
            amounts=list(limits.values()),
            exposure=self.env["customer.credit.exposure"]._exposure_sql(company, payers),
            company=company.id,
        )

    @api.model
    def _limits_in_force(self, company, scope):
        """Return the limits of today of the accounts asked for: ``{account: amount}``, without those of none."""
        domain = [("company_id", "=", company.id)]
        if scope.partner_ids is not None:
            domain.append(("partner_id", "in", list(scope.partner_ids)))
        accounts = self.env["customer.credit.account"].sudo().search(domain)
        return {account: amount for account, amount in accounts._limits().items() if amount is not None}
