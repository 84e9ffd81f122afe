from odoo import api, fields, models

# Messages of people; what machines say is of another type.
SAID = ("comment", "email", "email_outgoing")


class CustomerServiceClockMixin(models.AbstractModel):
    """What happens to the clock of a document. All of it is written as the system."""

    _inherit = "customer.service.clock.mixin"

    def _clock_take(self, event):
        """Take an event into the clock.

        :param str event: received, answered, updated, waiting, resumed, resolved, dropped, reopened or changed
        """
        now = fields.Datetime.now()
        documents = self.sudo()
        {
            "received": documents._clock_begin,
            "answered": documents._clock_answer,
            "updated": documents._clock_update,
            "waiting": documents._clock_wait,
            "resumed": documents._clock_resume,
            "resolved": documents._clock_resolve,
            "dropped": documents._clock_drop,
            "reopened": documents._clock_begin,
            "changed": documents._clock_change,
        }[event](now)

    def _clock_started(self, period, now):
        """Hook: return from when a period of a document counts."""
        return now

    def _clock_open(self, *targets):
        """Return the promises of documents that are still to be kept, of some kinds or of all."""
        return self.clock_ids.filtered(
            lambda row: not row.date_done and (not targets or row.target in targets)
        )

    @api.model
    def _clock_add(self, rows):
        """Begin promises; those of their kind that are done are so in the database before."""
        self._clock_rows().flush_model(["date_done"])
        return self._clock_rows().create(rows)

    def _clock_begin(self, now):
        """Begin the next period of documents: what was promised before keeps its verdict."""
        self._clock_open()._finish(now, void=True)
        rows = []
        for document in self:
            period = max(document.clock_ids.mapped("period"), default=0) + 1
            start = document._clock_started(period, now)
            rows += [
                {"document_id": document.id, "period": period, "target": target, "date_from": start}
                for target in ("response", "update", "resolution")
            ]
        self._clock_add(rows)

    def _clock_answer(self, now):
        """A person answered: the first answer is there, and the customer was told something."""
        self._clock_open("response")._finish(now)
        self._clock_update(now)

    def _clock_update(self, now):
        """The customer was told something: the next word is promised from now on."""
        rows = self._clock_open("update")
        promised = rows.filtered("seconds_allowed")
        # Nothing was promised: it counts from here, in case something will be.
        (rows - promised).write({"date_from": now})
        promised._finish(now)
        self._clock_add(
            [
                {
                    "document_id": row.document_id.id,
                    "period": row.period,
                    "target": "update",
                    "date_from": now,
                }
                for row in promised
            ]
        )

    def _clock_wait(self, now):
        """Stop the clock; what was broken by now stays broken."""
        self._clock_open()._breach(now)
        idle = self.filtered(lambda document: all(pause.date_to for pause in document.pause_ids))
        self.env[self._clock_names[1]].create(
            [{"document_id": document.id, "date_from": now} for document in idle]
        )

    def _clock_resume(self, now):
        """Let the clock run again."""
        self.pause_ids.filtered(lambda pause: not pause.date_to).write({"date_to": now})

    def _clock_resolve(self, now):
        """The solution is there: nothing else is promised any more."""
        self._clock_open("resolution")._finish(now)
        self._clock_open()._finish(now, void=True)
        self._clock_quiet()

    def _clock_drop(self, now):
        """The case fell away: what was not broken by now was not needed."""
        self._clock_open()._finish(now, void=True)
        self._clock_quiet()

    def _clock_change(self, _now):
        """Look up level and deadlines again."""
        rows = self._clock_open()
        self._clock_again(self, "service_level_id")
        self._clock_again(rows, "date_due")

    def _clock_quiet(self):
        """Take back the reminders that nobody needs any more."""
        self.activity_unlink(["customer_service.mail_activity_type_clock"])

    @api.model
    def _clock_catch_up(self):
        """Hook: begin the clocks of open documents that are older than the clocks."""

    @api.model
    def _clock_recompute(self, batch=500):
        """Compute levels, deadlines and colours again, batch by batch; what is done stays as it is."""
        last = 0
        while documents := self.search(
            [("id", ">", last), *self._clock_open_domain()], order="id", limit=batch
        ):
            last = documents[-1].id
            documents._clock_change(fields.Datetime.now())
            self._clock_again(documents, "clock_state")
            if not self.env["ir.cron"]._commit_progress(len(documents)):
                return

    @api.model
    def _is_answer(self, message):
        """Return whether a message is one of a person of ours that the customer gets to see."""
        if message.message_type not in SAID or message.is_internal or message.subtype_id.internal:
            return False
        public = message.subtype_id == self.env.ref("mail.mt_comment") or (
            message.message_type == "email_outgoing" and message.partner_ids
        )
        users = message.author_id.with_context(active_test=False).user_ids
        people = users.filtered(lambda user: not user.share and user != self.env.ref("base.user_root"))
        return bool(public and people)
