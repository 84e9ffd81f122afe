from odoo import api, fields, models
from odoo.tools import SQL


class CustomerCreditExposure(models.AbstractModel):
    """What is disputed and what is insured, where the company takes it off the exposure."""

    _inherit = "customer.credit.exposure"

    @api.model
    def _exposure_labels(self):
        """Override to name what is taken off."""
        return {
            **super()._exposure_labels(),
            "disputed": self.env._("Disputed"),
            "insured": self.env._("Insured"),
        }

    @api.model
    def _exposure_sources(self, scope, company):
        """Override to take off what is disputed, where the company leaves it out."""
        sources = super()._exposure_sources(scope, company)
        if company.customer_credit_disputed == "out":
            sources.append(self._exposure_disputes_sql(scope))
        return sources

    @api.model
    def _exposure_disputes_sql(self, scope):
        """Return the disputed part of what is open, by invoice, in company currency at the invoice's own rate.

        Only what a credit controller has recognised, and at most what is still open on the invoice: what has
        been paid since is not disputed any more.
        """
        return SQL(
            """
            SELECT %(payer)s, 'disputed',
                   -LEAST(SUM(d.amount) / NULLIF(m.amount_residual, 0), 1) * m.amount_residual_signed, NULL::date
              FROM customer_dispute d
              JOIN account_move m ON m.id = d.move_id
              %(join)s
             WHERE d.state <> 'settled' AND d.is_recognised AND m.state = 'posted' AND m.amount_residual > 0
               AND d.company_id = ANY(%(companies)s) AND %(asked)s
             GROUP BY m.id, 1
            """,
            companies=list(scope.company_ids),
            **self._payer_sql(scope, SQL("m.partner_id")),
        )

    @api.model
    def _exposure_rows_sql(self, scope, company):
        """Override to take off what is insured of all the rest, where the company has it so.

        Of each insurance: the exposure, up to the limit for the buyer, times the insured part; never more than
        the exposure itself. (domain 4.5)
        """
        rows = super()._exposure_rows_sql(scope, company)
        securities = self.env["customer.credit.security"]
        if company.customer_credit_insurance != "exposure" or not securities._has_any(company.id):
            return rows
        day = fields.Date.context_today(self)
        partners = None if scope.partner_ids is None else self.env["res.partner"].browse(scope.partner_ids)
        return SQL(
            """
            (WITH parts AS (%(rows)s),
                  whole AS (SELECT partner_id, SUM(amount) AS amount FROM parts GROUP BY partner_id)
            SELECT partner_id, component, amount, due FROM parts
             UNION ALL
            SELECT w.partner_id, 'insured', -LEAST(w.amount, SUM(LEAST(w.amount, v.value) * v.cover)), NULL::date
              FROM whole w JOIN (%(valid)s) v ON v.partner_id = w.partner_id AND v.is_insurance
             WHERE w.amount > 0 GROUP BY w.partner_id, w.amount)
            """,
            rows=rows,
            valid=securities._valid_sql(day, company=company, partners=partners),
        )

    @api.model
    def _flush_exposure(self):
        """Override: disputes and securities are read as well."""
        for model in ("customer.dispute", "customer.credit.security", "customer.credit.account"):
            self.env[model].flush_model()
        return super()._flush_exposure()
