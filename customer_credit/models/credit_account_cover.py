from odoo import api, fields, models
from odoo.tools import SQL


class CustomerCreditAccount(models.Model):
    """Cover raises the limit, where the company has it so."""

    _inherit = "customer.credit.account"

    security_ids = fields.One2many("customer.credit.security", "account_id", string="Securities")
    secured_amount = fields.Monetary(
        string="Secured",
        compute="_compute_secured_amount",
        help="What the securities in force are counted on today, whether they raise the limit or not.",
    )
    limit_cover = fields.Monetary(
        string="Of It by Cover", compute="_compute_secured_amount", help="What cover adds to the limit today."
    )

    def _covers(self, day):
        """Return what securities secure and what of it raises the limit, in one statement.

        :return: ``{account: (secured, raises)}`` in company currency; an account without cover is absent
        """
        rows = self.env.execute_query(self._covers_sql(day))
        return {self.browse(account): (secured, raises) for account, secured, raises in rows}

    def _covers_sql(self, day):
        """Return what securities secure and what of it raises the limit: rows of (account_id, secured, raises)."""
        securities = self.env["customer.credit.security"]
        for model in ("customer.credit.security", "res.currency.rate", "account.payment.term.line"):
            self.env[model].flush_model()
        self.env["res.company"].flush_model(["customer_credit_cover", "customer_credit_insurance"])
        self.flush_model(["payment_term_id", "rating_id"])
        return SQL(
            """
            SELECT v.account_id, SUM(v.secured)::float AS secured,
                   COALESCE(SUM(v.secured) FILTER (
                       WHERE 'limit' = CASE WHEN v.is_insurance THEN c.customer_credit_insurance
                                            ELSE c.customer_credit_cover END), 0)::float AS raises
              FROM (%s) v JOIN res_company c ON c.id = v.company_id
             GROUP BY v.account_id
            """,
            securities._valid_sql(day, accounts=self.ids),
        )

    def _limit_rows_sql(self, day):
        """Override: cover that raises the limit."""
        securities = self.env["customer.credit.security"]
        if not any(securities._has_any(company.id) for company in self.company_id):
            return super()._limit_rows_sql(day)
        return SQL(
            "%s UNION ALL SELECT account_id, 'cover', NULL, raises FROM (%s) covers",
            super()._limit_rows_sql(day),
            self._covers_sql(day),
        )

    @api.depends(
        "security_ids.state",
        "security_ids.secured_amount",
        "payment_term_id",
        "company_id.customer_credit_cover",
        "company_id.customer_credit_insurance",
    )
    def _compute_secured_amount(self):
        covers = self._origin._covers(fields.Date.context_today(self))
        for account in self:
            secured, raises = covers.get(account._origin, (0.0, 0.0))
            has_limit = account.limit_state != "none"
            account.secured_amount = account.currency_id.round(secured)
            account.limit_cover = account.currency_id.round(raises) if has_limit else 0.0

    @api.depends(
        "security_ids.state",
        "security_ids.secured_amount",
        "payment_term_id",
        "company_id.customer_credit_cover",
        "company_id.customer_credit_insurance",
    )
    def _compute_figures(self):
        """Override to follow the securities as well."""
        return super()._compute_figures()
