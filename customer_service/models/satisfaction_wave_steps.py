import random
from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from .satisfaction_score import LEAST

# So many mails are sent between two commits.
BATCH = 20


class CustomerSatisfactionWave(models.Model):
    """The steps of a wave, and the job that asks, reminds and closes."""

    _inherit = "customer.satisfaction.wave"

    def action_start(self):
        """Begin to ask: the job sends the invitations from the first day on.

        :raises SatisfactionStepError: without a sample
        """
        self._ensure_step("draft")
        self._ensure_sample()
        self.sudo().write({"state": "running", "started_on": fields.Datetime.now()})
        self.env.ref("customer_service.satisfaction_cron").sudo()._trigger()

    def action_close(self):
        """End the wave: who has not answered by now is not asked any more, and their links end."""
        self._ensure_step("running")
        self._close()

    def _close(self):
        waves = self.sudo()
        waiting = waves.invitation_ids.filtered(lambda one: one.state in ("planned", "sent"))
        unfinished = waiting.user_input_id
        waiting.write({"state": "missed"})
        # What somebody began to say without a name is nobody's to keep.
        unfinished.filtered(lambda answer: answer.satisfaction_wave_id.anonymous).unlink()
        unfinished.exists().write({"deadline": fields.Datetime.now()})
        waves.write({"state": "closed", "closed_on": fields.Datetime.now()})

    @api.model
    def _least(self):
        """Return how many people a group needs so that none of them can be told."""
        return LEAST

    @api.model
    def _cron_daily(self):
        """Ask who is due, remind who has not answered, close what is over.

        Each batch is done for good before the next: stopped and run again, nobody is asked twice.
        """
        today = fields.Date.context_today(self)
        invitations = self.env["customer.satisfaction.invitation"]
        for wave in self.search([("state", "=", "running"), ("date_to", "<", today)]):
            wave._close()
            self.env["ir.cron"]._commit_progress(1)
        for domain, step in (
            (self._due_to_ask(today), "_ask"),
            (self._due_to_remind(today), "_remind"),
        ):
            ids = invitations.search(domain).ids
            # Their order says nothing about who is who.
            random.SystemRandom().shuffle(ids)
            self.env["ir.cron"]._commit_progress(remaining=len(ids))
            for start in range(0, len(ids), BATCH):
                batch = invitations.browse(ids[start : start + BATCH])
                getattr(batch.try_lock_for_update().filtered_domain(domain), step)()
                self.env["ir.cron"]._commit_progress(len(batch))

    @api.model
    def _due_to_ask(self, today):
        """Return the domain of the invitations to be sent now."""
        return Domain([("state", "=", "planned"), ("send_on", "<=", today)]) & (
            Domain("wave_id.state", "=", "running") | Domain("complaint_id", "!=", False)
        )

    @api.model
    def _due_to_remind(self, today):
        """Return the domain of the invitations whose first or second reminder is due."""
        domain = Domain.FALSE
        for wave in self.search([("state", "=", "running"), ("date_to", ">=", today)]):
            for count, days in enumerate((wave.remind_first, wave.remind_second)):
                if days:
                    before = fields.Date.subtract(today, days=days - 1)
                    domain |= Domain(
                        [
                            ("wave_id", "=", wave.id),
                            ("state", "=", "sent"),
                            ("reminder_count", "<=", count),
                            ("sent_on", "<", before),
                        ]
                    )
        return domain

    def _deadline(self):
        """Return until when a link of the wave works: the end of its last day, in UTC; False for no wave."""
        if not self:
            return False
        zone = pytz.timezone(self.company_id.partner_id.tz or self.env.user.tz or "UTC")
        end = datetime.combine(fields.Date.add(self.date_to, days=1), time.min)
        return zone.localize(end).astimezone(pytz.utc).replace(tzinfo=None)

    def action_results(self):
        """Open the index of the wave."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_service.satisfaction_overview_action"
        )
        action["context"] = {"default_wave_id": self.id}
        return action
