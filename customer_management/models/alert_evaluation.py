import logging
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import AlertBusyError

_logger = logging.getLogger(__name__)
# The first key of the lock; the second one is the company.
LOCK = 20250


class Evaluation(NamedTuple):
    """What an evaluation changed, as alerts."""

    opened: models.Model
    reopened: models.Model
    closed: models.Model


class CustomerAlertRule(models.Model):
    """The daily evaluation: opens, updates and closes the alerts of a company."""

    _inherit = "customer.alert.rule"

    @api.model
    def _evaluate_all(self, company, date_to=None):
        """Test all rules of a company for all its customers and bring its alerts up to date.

        One statement opens, updates and closes, whatever the number of rules and customers. A second
        evaluation of the same day changes nothing; of an earlier day, nothing that is known later.

        :param date_to: the day as of which (default: today in the company's time zone)
        :return: the :class:`Evaluation`
        :raises AlertBusyError: when another evaluation of the company is under way
        """
        day = fields.Date.to_date(date_to) or self._evaluation_day(company)
        self.env.flush_all()
        self._lock_evaluation(company)
        rules = self.sudo()._rules_of(company)
        rows = self.env.execute_query(rules._evaluation_sql(company, day))
        alerts = self.env["customer.alert"].sudo().with_company(company)
        self.env.invalidate_all(flush=False)
        done = Evaluation(
            *(
                alerts.browse(sorted(row[1] for row in rows if row[0] == kind))
                for kind in ("opened", "reopened", "closed")
            )
        )
        done.closed._alert_closed()
        (done.opened | done.reopened)._alert_opened(day)
        return done

    @api.model
    def _lock_evaluation(self, company):
        """Let one evaluation of a company run at a time; the lock goes with the transaction."""
        [[free]] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, company.id))
        if not free:
            raise AlertBusyError(
                self.env._(
                    "The alerts of %s are being evaluated just now. Look again in a minute.", company.name
                )
            )

    def _evaluation_sql(self, company, day):
        """Return the one statement that changes the alerts: rows of (what happened, alert id)."""
        here = {"company": company.id, "day": day, "user": self.env.uid}
        return SQL(
            """
            WITH hits AS MATERIALIZED (%s), opened AS (%s), seen AS (%s), unseen AS (%s)
            SELECT 'opened', id FROM opened
            UNION ALL SELECT 'reopened', id FROM seen WHERE reopened
            UNION ALL SELECT 'closed', id FROM unseen WHERE state = 'closed'
            """,
            self._hits_sql(company, day),
            self._open_sql(**here),
            self._seen_sql(**here),
            self._unseen_sql(parents=company.parent_ids.ids, **here),
        )

    @api.model
    def _open_sql(self, company, day, user):
        """Open an alert where a rule fires and has none open for the customer."""
        return SQL(
            """
            INSERT INTO customer_alert (
                rule_id, partner_id, company_id, user_id, state, first_seen, last_seen, value, threshold, figures,
                points, danger, is_manual, create_uid, create_date, write_uid, write_date)
            SELECT h.rule_id, h.partner_id, %(company)s, p.user_id, 'open', %(day)s, %(day)s, h.value, h.threshold,
                   h.figures, r.points, r.is_danger IS TRUE, FALSE,
                   %(user)s, now() AT TIME ZONE 'UTC', %(user)s, now() AT TIME ZONE 'UTC'
              FROM hits h
              JOIN customer_alert_rule r ON r.id = h.rule_id
              JOIN res_partner p ON p.id = h.partner_id
             WHERE NOT EXISTS (SELECT FROM customer_alert a
                                WHERE a.rule_id = h.rule_id AND a.partner_id = h.partner_id
                                  AND a.company_id = %(company)s AND a.state <> 'closed')
            ON CONFLICT (rule_id, partner_id, company_id) WHERE state <> 'closed' DO NOTHING
            RETURNING id
            """,
            company=company,
            day=day,
            user=user,
        )

    @api.model
    def _seen_sql(self, company, day, user):
        """Bring the numbers of the alerts that still fire up to date; a mute that has ended opens again."""
        return SQL(
            """
            UPDATE customer_alert a
               SET value = h.value, threshold = h.threshold, figures = h.figures, last_seen = %(day)s,
                   clear_since = NULL,
                   state = CASE WHEN o.over THEN 'open' ELSE a.state END,
                   muted_until = CASE WHEN o.over THEN NULL ELSE a.muted_until END,
                   write_uid = %(user)s, write_date = now() AT TIME ZONE 'UTC'
              FROM hits h, (
                    SELECT id, state = 'muted' AND muted_until < %(day)s AS over FROM customer_alert
                     WHERE company_id = %(company)s AND state <> 'closed') o
             WHERE o.id = a.id AND a.company_id = %(company)s AND a.state <> 'closed'
               AND a.rule_id = h.rule_id AND a.partner_id = h.partner_id AND a.last_seen <= %(day)s
               AND (a.last_seen < %(day)s OR a.clear_since IS NOT NULL OR o.over
                    OR a.figures IS DISTINCT FROM h.figures)
            RETURNING a.id, o.over AS reopened
            """,
            company=company,
            day=day,
            user=user,
        )

    @api.model
    def _unseen_sql(self, company, day, user, parents):
        """Note since when alerts no longer fire, and close those that are cured or have no reason any more."""
        reason = SQL(
            """
            CASE WHEN p.active IS NOT TRUE AND r.include_archived IS NOT TRUE THEN 'archived'
                 WHEN r.is_manual AND r.cure_days > 0 AND %(day)s - a.last_seen >= r.cure_days THEN 'expired'
                 WHEN r.is_manual THEN NULL
                 WHEN r.active IS NOT TRUE OR r.company_id <> ALL(%(parents)s) THEN 'rule'
                 WHEN %(day)s - COALESCE(a.clear_since, %(day)s) >= r.cure_days THEN 'cured' END
            """,
            day=day,
            parents=parents,
        )
        return SQL(
            """
            UPDATE customer_alert a
               SET clear_since = CASE WHEN a.is_manual THEN NULL ELSE COALESCE(a.clear_since, %(day)s) END,
                   state = CASE WHEN w.reason IS NULL THEN a.state ELSE 'closed' END,
                   closed_on = CASE WHEN w.reason IS NULL THEN NULL ELSE %(day)s END,
                   close_reason = w.reason, write_uid = %(user)s, write_date = now() AT TIME ZONE 'UTC'
              FROM (SELECT a.id, %(reason)s AS reason
                      FROM customer_alert a
                      JOIN customer_alert_rule r ON r.id = a.rule_id
                      JOIN res_partner p ON p.id = a.partner_id
                     WHERE a.company_id = %(company)s AND a.state <> 'closed' AND a.last_seen <= %(day)s
                       AND NOT EXISTS (SELECT FROM hits h
                                        WHERE h.rule_id = a.rule_id AND h.partner_id = a.partner_id)) w
             WHERE w.id = a.id AND (w.reason IS NOT NULL OR (a.clear_since IS NULL AND a.is_manual IS NOT TRUE))
            RETURNING a.id, a.state
            """,
            company=company,
            day=day,
            user=user,
            reason=reason,
        )

    @api.model
    def _cron_evaluate(self):
        """Evaluate the alerts of each company, one after the other; can be killed and run again."""
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(companies))
        for company in companies:
            try:
                self.with_company(company)._evaluate_all(company)
            except Exception:
                # The other companies do not wait until the trouble of this one is found.
                self.env.cr.rollback()
                _logger.exception("The alerts of %s could not be evaluated", company.name)
            if not progress._commit_progress(1):
                break

    @api.model
    def action_evaluate(self):
        """Evaluate the alerts of the current company now.

        :raises AlertBusyError: when it is being done already
        """
        self.check_access("write")
        done = self._evaluate_all(self.env.company)
        message = self.env._(
            "%(opened)s alerts opened, %(closed)s closed.",
            opened=len(done.opened | done.reopened),
            closed=len(done.closed),
        )
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": reload},
        }
