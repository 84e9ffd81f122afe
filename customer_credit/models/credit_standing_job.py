from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

METRICS = ("receivable", "overdue_amount", "days_late_average", "on_time_rate", "revenue", "margin")
# So many months are made up for when the job did not run.
MOST_MONTHS = 12
# So long after a month end, what takes up credit is taken for what took it up then.
FRESH_DAYS = 7
# A use that falls by more than this is better, one that rises by more is worse.
NOTICEABLE = 0.1
# now: what is; compared: beside the month before.
RECORD = """
    WITH m AS (%(metrics)s), r AS (%(receipts)s), e AS (%(exposures)s), l AS (%(limits)s), s AS (%(scale)s),
    now AS (
        SELECT a.id AS account_id, a.company_id, a.partner_id, a.rating_id, s.place, l.amount AS bound,
               COALESCE(e.amount, 0) AS exposure, m.overdue_amount, m.days_late_average, m.on_time_rate,
               m.revenue, m.margin, r.value AS receipts,
               CASE WHEN l.amount IS NULL THEN NULL WHEN l.amount > 0 THEN COALESCE(e.amount, 0) / l.amount
                    WHEN e.amount > 0 THEN 1 ELSE 0 END AS limit_use
          FROM customer_credit_account a
          LEFT JOIN e ON e.account_id = a.id
          LEFT JOIN l ON l.account_id = a.id
          LEFT JOIN s ON s.rating_id = a.rating_id
          LEFT JOIN m ON m.partner_id = a.partner_id
          LEFT JOIN r ON r.partner_id = a.partner_id
         WHERE a.company_id = %(company)s),
    compared AS (
        SELECT now.*, p.id IS NULL AS is_new, p.rating_id AS previous_rating_id,
               COALESCE(before.place - now.place, 0) AS steps,
               CASE WHEN p.limit_state <> 'none' THEN now.limit_use - p.limit_use END AS change
          FROM now
          LEFT JOIN customer_credit_standing p ON p.account_id = now.account_id AND p.date = %(previous)s
          LEFT JOIN s AS before ON before.rating_id = p.rating_id)
    INSERT INTO customer_credit_standing (
           create_uid, create_date, write_uid, write_date, account_id, company_id, partner_id, date,
           rating_id, previous_rating_id, rating_steps, limit_state, limit_amount, exposure, from_ledger,
           limit_use, use_change, overdue, has_payments, days_late, on_time_rate, sales, margin, receipts,
           mark, is_event)
    SELECT %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC', account_id, company_id,
           partner_id, %(date)s, rating_id, previous_rating_id, steps,
           CASE WHEN bound IS NULL THEN 'none' WHEN bound > 0 THEN 'limit' ELSE 'cash' END,
           COALESCE(bound, 0), ROUND(exposure::numeric, 2), %(from_ledger)s, COALESCE(limit_use, 0),
           COALESCE(change, 0), COALESCE(overdue_amount, 0), days_late_average IS NOT NULL,
           COALESCE(days_late_average, 0), COALESCE(on_time_rate, 0), COALESCE(revenue, 0),
           COALESCE(margin, 0), COALESCE(receipts, 0), %(mark)s,
           NOT is_new AND (ABS(steps) > %(bands)s OR COALESCE(change, 0) * 100 > %(rise)s)
      FROM compared
    ON CONFLICT (account_id, date) DO NOTHING
    RETURNING id
"""


class CustomerCreditStanding(models.Model):
    """How the standing is written: one statement for all accounts of a company and month."""

    _inherit = "customer.credit.standing"

    @api.model
    def _cron_record(self):
        """Write the months that have ended and are not written yet, for each company with accounts.

        Each company and month is committed on its own; what is there is not written again.
        """
        month_end = self._last_month_end()
        groups = self.env["customer.credit.account"].sudo()._read_group([], ["company_id"])
        work = [(company, date) for (company,) in groups for date in self._missing_months(company, month_end)]
        self.env["ir.cron"]._commit_progress(remaining=len(work))
        for company, date in work:
            self._record(company, date)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _last_month_end(self):
        return fields.Date.context_today(self).replace(day=1) - timedelta(days=1)

    @api.model
    def _missing_months(self, company, month_end):
        """Return the ends of the months to write, the oldest first.

        None before the first one that was written; the last month again while an account has no row of it.
        """
        accounts = self.env["customer.credit.account"].sudo()
        mine = ("company_id", "=", company.id)
        if not accounts.search_count([mine, "!", ("standing_ids.date", "=", month_end)], limit=1):
            return []
        last = self.search([mine, ("date", "<", month_end)], order="date desc", limit=1).date
        months, day = [month_end], self._month_end(month_end, 1)
        while last and day > last and len(months) < MOST_MONTHS:
            months.append(day)
            day = self._month_end(month_end, len(months))
        return months[::-1]

    @api.model
    def _is_past(self, date):
        """Return whether what counts today says nothing any more of the exposure at a month end."""
        return fields.Date.context_today(self) > date + timedelta(days=FRESH_DAYS)

    @api.model
    def _month_end(self, date, back):
        """Return the end of the month so many months before that of a day."""
        return date.replace(day=1) - relativedelta(months=back - 1) - timedelta(days=1)

    @api.model
    def _record(self, company, date):
        """Write the standing of all accounts of a company at a month end, in a fixed number of statements.

        Rows that are there stay as they are. Of a month that ended more than a few days ago the
        exposure is what was owed at its end, because its orders are not known any more. Changes that ask for a
        review are followed up.

        :return: the new rows
        """
        self.env["customer.credit.exposure"]._flush_exposure()
        self.env.flush_all()
        accounts = self.env["customer.credit.account"].sudo().search_fetch([("company_id", "=", company.id)])
        if not accounts:
            return self
        rows = self.env.execute_query(self._record_sql(company, date, accounts))
        found = self.browse(row[0] for row in rows)
        found.invalidate_model()
        events = found.filtered("is_event")
        if events:
            events.account_id._credit_event(events)
        return found

    @api.model
    def _record_sql(self, company, date, accounts):
        """Return the statement that inserts the rows and returns their ids."""
        scope = self.env["customer.metric"]._scope(date, 1, company)
        from_ledger = self._is_past(date)
        return SQL(
            RECORD,
            metrics=self.env["customer.metric"]._evaluate_sql(METRICS, scope),
            receipts=self.env["customer.metric"]._settlements_sql(scope, SQL("SUM(x.paid)")),
            exposures=self._exposures_sql(company, from_ledger),
            limits=self._limits_sql(accounts, date),
            scale=self._scale_sql(company),
            company=company.id,
            previous=self._month_end(date, 1),
            uid=self.env.uid,
            date=date,
            from_ledger=from_ledger,
            mark=self._mark_sql(),
            bands=company.customer_credit_event_bands,
            rise=company.customer_credit_event_use,
        )

    @api.model
    def _mark_sql(self):
        """Return the mark of a change: by the rating, and where that is the same by the use of the limit."""
        return SQL(
            "CASE WHEN is_new THEN 'new' WHEN steps > 0 THEN 'up' WHEN steps < 0 THEN 'down'"
            " WHEN change < -%(least)s THEN 'up' WHEN change > %(least)s THEN 'down' ELSE 'same' END",
            least=NOTICEABLE,
        )

    @api.model
    def _exposures_sql(self, company, from_ledger):
        """Return (account_id, amount): the exposure of each account with its members.

        :param from_ledger: what was owed at the month end (in the metrics) instead of all that counts today
        """
        own = SQL("SELECT partner_id, receivable AS amount FROM m")
        if not from_ledger:
            own = self.env["customer.credit.exposure"]._exposure_sql(company)
        return SQL(
            """
            SELECT above.id::int AS account_id, SUM(own.amount) AS amount
              FROM (%s) own
              JOIN customer_credit_account a ON a.partner_id = own.partner_id AND a.company_id = %s
             CROSS JOIN LATERAL UNNEST(STRING_TO_ARRAY(TRIM(BOTH '/' FROM a.parent_path), '/')) AS above(id)
             GROUP BY above.id
            """,
            own,
            company.id,
        )

    @api.model
    def _limits_sql(self, accounts, date):
        """Return (account_id, amount) of the accounts that have a limit, what is added to it included."""
        limits = {account.id: limit for account, limit in accounts._limits(date).items() if limit is not None}
        return SQL(
            "SELECT account_id, amount FROM UNNEST(%s::int[], %s::numeric[]) AS limits(account_id, amount)",
            list(limits),
            list(limits.values()),
        )

    @api.model
    def _scale_sql(self, company):
        """Return (rating_id, place): the ratings of a company from the best to the worst."""
        scale = self.env["customer.credit.rating"]._scale(company)
        return SQL(
            "SELECT rating_id, place FROM UNNEST(%s::int[], %s::int[]) AS scale(rating_id, place)",
            scale.ids,
            list(range(len(scale))),
        )
