from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import mute_logger

from .service_escalation import RECIPIENTS


class CustomerServiceClockMixin(models.AbstractModel):
    """The jobs of the clocks: record what is broken, tell who must know, and colour what nobody moves.

    Each may be stopped at any moment and run again, and two may run at once: a batch is locked before it is
    looked at, and what was told is on record.
    """

    _inherit = "customer.service.clock.mixin"

    @api.model
    def _cron_clock(self, batch=200):
        """Look at the promises whose moment has come, batch by batch, each done for good before the next."""
        seen, rows_model = [], self._clock_rows().sudo()
        while True:
            now = fields.Datetime.now()
            domain = [("date_check", "<=", now), ("date_done", "=", False), ("id", "not in", seen)]
            rows = rows_model.search(domain, order="date_check, id", limit=batch)
            if not rows:
                break
            seen += rows.ids
            # A document has several promises: who works on one of them works on the document.
            documents = self._clock_lock(rows.document_id)
            rows = self._clock_lock(rows.filtered(lambda row, own=documents: row.document_id in own))
            rows.document_id._clock_look(rows, now)
            if not self.env["ir.cron"]._commit_progress(len(rows)):
                return
        self._clock_colour()

    @api.model
    def _cron_clock_night(self):
        """Compute all that is open again: calendars and grades may have changed past us."""
        self.sudo()._clock_catch_up()
        self.sudo()._clock_recompute()

    @api.model
    def _clock_colour(self):
        """Give documents whose colour only time has changed the one of now."""
        now = fields.Datetime.now()
        documents = self.sudo()
        amber = documents.search([("clock_state", "=", "green"), ("clock_warn_on", "<=", now)])
        red = documents.search([("clock_state", "in", ("green", "amber")), ("clock_due_on", "<", now)])
        changed = self._clock_lock(amber | red)
        self._clock_again(changed, "clock_state")
        self.env["ir.cron"]._commit_progress(len(changed))

    @api.model
    def _clock_lock(self, records):
        """Return those of these that no other job has; none when one was changed since they were read.

        Another job has just done what was to do then. What follows reads the database anew.
        """
        try:
            with mute_logger("odoo.sql_db"):
                return records.try_lock_for_update()
        except SerializationFailure:
            self.env.cr.rollback()
            return records.browse()

    def _clock_look(self, rows, now):
        """Record what is broken, and tell those whose turn it is."""
        rows._breach(now)
        passed = rows._percents_passed(now)
        self._clock_tell(rows, passed, now)
        for row in rows:
            row.percent_done = max(passed[row], row.percent_done)
        self._clock_again(self, "clock_state")

    def _clock_tell(self, rows, passed, now):
        """Tell each recipient once of a promise, with an activity and a line in the log.

        Who is told in two of the roles is told once: one more line would be the same news.
        """
        log, table = self.env[self._clock_names[2]], self.env["customer.service.escalation"]
        told = set()
        for line in log.search([("clock_id", "in", rows.ids)]):
            told |= self._clock_news(line.clock_id, line.recipient, line.user_id, line.percent)
        tables = {company: table._of_company(company) for company in rows.document_id.company_id}
        reminders, activities = [], []
        for row in rows:
            for step in tables[row.document_id.company_id]:
                user = row.document_id._clock_recipient(step.recipient)
                news = self._clock_news(row, step.recipient, user, passed[row])
                if step.percent <= passed[row] and user and not news & told:
                    reminders.append(row._reminder_values(step, user, now))
                    activities.append(row._activity_values(passed[row], user))
                    told |= news
        log.create(reminders)
        self.env["mail.activity"].create(activities)

    @api.model
    def _clock_news(self, row, recipient, user, percent):
        """Return what is told to whom, as what is never told twice: to the role, and to the person in these words."""
        return {(row.id, recipient), (row.id, user.id, percent >= 100)}

    def _clock_recipient(self, recipient):
        """Hook: return whom to tell: the handler, the leader of the team or the manager.

        Who is not there is stood in for by the next one, so that somebody is told.
        """
        self.ensure_one()
        team = self.team_id if "team_id" in self._fields else self.env["customer.service.team"]
        people = {"handler": self.user_id, "leader": team.user_id, "manager": team.manager_id}
        order = [code for code, _label in RECIPIENTS]
        standing = [people[code] for code in order[order.index(recipient) :] if people[code].active]
        return standing[0] if standing else self._clock_boss()

    def _clock_boss(self):
        """Return somebody who manages service in the company of a document."""
        group = self.env.ref("customer_service.group_service_manager")
        users = group.all_user_ids.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids
        )
        return users.sorted("id")[-1:]
