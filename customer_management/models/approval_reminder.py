from markupsafe import Markup

from odoo import api, fields, models

# Reminders of what is overdue are sent again after so many days, so many at a time.
REMIND_EVERY = 2
BATCH = 100


class CustomerApproval(models.Model):
    """Telling people: activities, messages, the counter in the bar at the top, and reminders."""

    _inherit = "customer.approval"

    def _ask(self):
        """Tell the approvers of the steps whose turn it is."""
        rows = self.filtered(lambda row: row.state == "pending")
        rows._sync_activities()
        rows._ring(rows.approver_ids)
        rows._notify(lambda env: env._("Please decide"))

    def _deciders(self):
        """Return who is to be told of each pending row: ``{row: users}``.

        These are its approvers, or instead of one who is away the stand-in.
        """
        found = self.env["customer.approval.delegation"]._get_running(
            [("user_id", "in", self.approver_ids.ids)]
        )
        away = found.grouped("user_id")
        deciders = {}
        for row in self.filtered(lambda row: row.state == "pending"):
            users = self.env["res.users"]
            for user in row.approver_ids:
                running = away.get(user, found.browse()).filtered(
                    lambda place, row=row: not place.company_id or place.company_id == row.company_id
                )
                users |= running.delegate_id or user
            deciders[row] = (users - row.barred_ids) or row.approver_ids
        return deciders

    # Activities

    def _sync_activities(self):
        """Let each document carry one activity for each person who is to decide it, and no others.

        It may be called at any time and as often as one likes.
        """
        kind = self.env.ref("customer_management.mail_activity_type_approval", raise_if_not_found=False)
        documents = self._documents()
        if not kind or not documents:
            return
        places = {(name, id_) for name, records in documents.items() for id_ in records.ids}
        pending = self.browse()
        for records in documents.values():
            pending |= self._of(records, ["pending"])
        wanted = {}
        for row, users in pending._deciders().items():
            for user in users:
                wanted.setdefault((row.res_model, row.res_id, user.id), row)
        activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        found = activities.search(
            [
                ("activity_type_id", "=", kind.id),
                ("automated", "=", True),
                ("res_model", "in", list(documents)),
                ("res_id", "in", [id_ for _name, id_ in places]),
            ]
        ).filtered(lambda activity: (activity.res_model, activity.res_id) in places)
        there = {(one.res_model, one.res_id, one.user_id.id): one for one in found}
        (found - found.browse(there[key].id for key in wanted if key in there)).unlink()
        activities.create(
            [row._activity_values(kind, key[2]) for key, row in wanted.items() if key not in there]
        )

    def _activity_values(self, kind, user_id):
        return {
            "activity_type_id": kind.id,
            "automated": True,
            "summary": self.name,
            "date_deadline": self.deadline,
            "res_model_id": self.res_model_id.id,
            "res_id": self.res_id,
            "user_id": user_id,
        }

    # Messages

    def _ring(self, users):
        """Let the counters of these users, and of who stands in for them, be read again."""
        found = self.env["customer.approval.delegation"]._get_running([("user_id", "in", users.ids)])
        (users | found.delegate_id)._bus_send("customer.approval/changed", {})

    def _notify(self, title):
        """Send one message to each group of persons who have the same rows to decide.

        :param title: a function that returns the first words in the language of an environment
        """
        for users, rows in self._by_users().items():
            for lang, readers in users.grouped("lang").items():
                rows.with_context(lang=lang)._send(readers, title)

    def _by_users(self):
        groups = {}
        for row, users in self._deciders().items():
            groups[users] = groups.get(users, self.browse()) + row
        return groups

    def _send(self, users, title):
        """Send one message about these rows; it stands on the document when there is only one."""
        words = title(self.env)
        document = self._document() if len(self) == 1 else None
        links = Markup("").join(
            Markup("<li><a href='%s'>%s</a> (%s)</li>") % (row._link(), row.subject, row.name or "")
            for row in self
        )
        subject = f"{words}: {self.subject}" if len(self) == 1 else f"{words} ({len(self)})"
        thread = document if document is not None else self.env["mail.thread"]
        thread.with_context(lang=self.env.lang).message_notify(
            partner_ids=users.partner_id.ids,
            subject=subject,
            body=Markup("<p>%s</p><ul>%s</ul>") % (words, links),
        )

    def _link(self):
        return f"/mail/view?model={self.res_model}&res_id={self.res_id}"

    def _tell_requesters(self, decision):
        """Tell those who submitted, unless they decided themselves, what became of it."""
        last = self.grouped(lambda row: (row.res_model, row.res_id))
        firsts = self.browse().union(*(rows[:1] for rows in last.values()))
        for user, rows in firsts.grouped("requester_id").items():
            rows._ring(user)
            if user == self.env.user or not user.active:
                continue
            rows = rows.with_context(lang=user.lang)
            if decision == "approved":
                rows._send(user, lambda env: env._("Approved"))
            else:
                rows._send(user, lambda env: env._("Refused"))

    # Reminders

    @api.model
    def _cron_remind(self):
        """Bring activities to who stands in today, and remind of what is overdue, every second day.

        What was done is committed batch by batch, and nobody is reminded twice.
        """
        cron = self.env["ir.cron"]
        pending = self._engine().search([("state", "=", "pending")], order="id")
        for start in range(0, len(pending), BATCH):
            pending[start : start + BATCH]._sync_activities()
            if not cron._commit_progress(remaining=len(pending) - start):
                return
        while rows := self._engine().search(self._overdue_domain(), order="id", limit=BATCH):
            locked = rows.try_lock_for_update()
            locked._notify(lambda env: env._("Still to be decided"))
            locked._settle({"reminded_on": fields.Date.today()})
            left = self._engine().search_count(self._overdue_domain())
            if not cron._commit_progress(len(locked), remaining=left) or not locked:
                return

    @api.model
    def _overdue_domain(self):
        today = fields.Date.today()
        return [
            ("state", "=", "pending"),
            ("deadline", "<", today),
            "|",
            ("reminded_on", "=", False),
            ("reminded_on", "<=", fields.Date.subtract(today, days=REMIND_EVERY)),
        ]
