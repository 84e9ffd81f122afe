from odoo import api, fields, models, tools
from odoo.tools import SQL

# The days that a line of payment terms gives at most, whatever the day of the invoice.
LONGEST = SQL(
    """tl.nb_days + CASE tl.delay_type WHEN 'days_after_end_of_month' THEN 30
                         WHEN 'days_after_end_of_next_month' THEN 61
                         WHEN 'days_end_of_month_on_the' THEN 61 ELSE 0 END"""
)


class CustomerCreditSecurity(models.Model):
    """What securities cover on a day: the one definition for limits, exposure and lists."""

    _inherit = "customer.credit.security"

    @api.model
    @tools.ormcache("company_id")
    def _has_any(self, company_id):
        """Return whether a company has ever had a security; where it has none, statements leave cover out."""
        return bool(self.sudo().search_count([("company_id", "=", company_id)], limit=1))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: from the first security of a company on, statements look for cover."""
        securities = super().create(vals_list)
        self.env.registry.clear_cache()
        return securities

    @api.model
    def _valid_sql(self, day, accounts=None, company=None, partners=None):
        """Return the securities that cover something on a day, one row each.

        It is confirmed, not released, has begun, and outlasts the longest agreed payment terms from that day;
        an insurance covers terms up to its longest only. Without agreed terms those of the rating count.

        :param accounts: ids of accounts to restrict to, or None
        :param company: the company to restrict to, or None
        :param partners: payers to restrict to, or None
        :return: rows of (id, account_id, partner_id, company_id, is_insurance, value, cover, secured); amounts
            in company currency at the rate of the day, ``cover`` the insured part 0..1
        """
        day = fields.Date.to_date(day)
        return SQL(
            """
            SELECT s.id, s.account_id, s.partner_id, s.company_id, COALESCE(k.is_insurance, FALSE) AS is_insurance,
                   s.value * r.rate AS value, s.cover_percent / 100 AS cover, s.secured_amount * r.rate AS secured
              FROM customer_credit_security s
              JOIN customer_credit_security_kind k ON k.id = s.kind_id
              JOIN customer_credit_account a ON a.id = s.account_id
              JOIN res_company c ON c.id = s.company_id
         LEFT JOIN customer_credit_rating g ON g.id = a.rating_id
         LEFT JOIN LATERAL (SELECT MAX(%(longest)s) AS days FROM account_payment_term_line tl
                             WHERE tl.payment_id = a.payment_term_id) t ON TRUE
             CROSS JOIN LATERAL (SELECT COALESCE(t.days, CASE WHEN g.gives_credit THEN g.credit_days END, 0) AS term) x
             CROSS JOIN LATERAL (SELECT %(to)s / %(from)s AS rate) r
             WHERE s.approval_state = 'approved' AND GREATEST(s.date_from, s.confirmed_on) <= %(day)s
               AND (s.released_on IS NULL OR s.released_on > %(day)s)
               AND (s.date_to IS NULL OR s.date_to >= %(day)s + x.term)
               AND (NOT COALESCE(k.is_insurance, FALSE) OR COALESCE(s.longest_term, 0) = 0 OR s.longest_term >= x.term)
               AND %(accounts)s AND %(company)s AND %(partners)s
            """,
            longest=LONGEST,
            to=self._rate_sql(SQL("c.currency_id"), day),
            **{"from": self._rate_sql(SQL("s.currency_id"), day)},
            day=day,
            accounts=SQL("TRUE") if accounts is None else SQL("s.account_id = ANY(%s)", list(accounts)),
            company=SQL("TRUE") if company is None else SQL("s.company_id = %s", company.id),
            partners=SQL("TRUE") if partners is None else SQL("s.partner_id = ANY(%s)", list(partners.ids)),
        )

    @api.model
    def _rate_sql(self, currency, day):
        """Return the rate of a currency on a day for the company ``c``, by the host's rule.

        The company's own rates come before those for all; of these the latest one up to the day, else the first.
        """
        return SQL(
            """
            COALESCE((SELECT cr.rate FROM res_currency_rate cr
                       WHERE cr.currency_id = %(currency)s AND (cr.company_id IS NULL
                             OR cr.company_id = SPLIT_PART(c.parent_path, '/', 1)::int)
                       ORDER BY cr.name > %(day)s, cr.company_id,
                                CASE WHEN cr.name > %(day)s THEN cr.name - %(day)s ELSE %(day)s - cr.name END
                       LIMIT 1), 1)
            """,
            currency=currency,
            day=day,
        )
