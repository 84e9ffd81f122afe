from pytz import timezone, utc

from odoo import api, fields, models

BATCH = 100


class CustomerCare(models.Model):
    """The jobs of care. Each step is done for good before the next, so they may be stopped and run again."""

    _inherit = "customer.care"

    @api.model
    def _cron_plan(self):
        """Plan what is due by all rules, rule by rule, and make the activities for it."""
        today = fields.Date.context_today(self)
        cron = self.env["ir.cron"]
        self.env["customer.care.holiday"]._renew()
        for rule in self.env["customer.care.rule"].search([("active", "=", True)]):
            rule._plan(today)
            cron._commit_progress(1)
        self._expire(today)
        while True:
            batch = self.search(
                [
                    ("state", "=", "planned"),
                    ("channel", "in", ("activity", "gift")),
                    ("is_announced", "=", False),
                ],
                limit=BATCH,
            )
            if not batch:
                break
            batch._announce()
            if not cron._commit_progress(len(batch)):
                break

    def _announce(self):
        """Make the activities of planned gifts and activities, for who is responsible. As the system."""
        todo = self.filtered(
            lambda care: care.state == "planned"
            and care.channel in ("activity", "gift")
            and not care.is_announced
        )
        kind = self.env.ref("mail.mail_activity_data_todo")
        model = self.env["ir.model"]._get_id(self._name)
        users = todo._who_sees()
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model,
                    "res_id": care.id,
                    "activity_type_id": kind.id,
                    "user_id": care.user_id.id,
                    "date_deadline": care.date,
                    "summary": care._activity_words(),
                }
                for care in todo
                if care in users.get(care.user_id, ())
            ]
        )
        todo.write({"is_announced": True})

    def _who_sees(self):
        """Return for each responsible user what of this it may see: nobody is given work that it cannot open."""
        found = {}
        for user, cares in self.grouped("user_id").items():
            if user and user.active:
                own = cares.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
                found[user] = own._filtered_access("read").with_env(self.env)
        return found

    def _activity_words(self):
        """Return what the activity of a planned gift or greeting says, in the language of who has it."""
        care = self.with_context(lang=self.user_id.lang)
        if care.channel == "gift":
            return care.env._("Gift for %s", care.display_name)
        return care.display_name

    def _expire(self, today):
        """Leave out greetings whose occasion is over: late wishes are worse than none. Calls stay on the list."""
        late = self.search(
            [
                ("state", "=", "planned"),
                ("rule_id", "!=", False),
                ("channel", "!=", "call"),
                ("kind", "in", ("birthday", "holiday", "customer_since", "contract")),
                ("date_to", "<", today),
            ]
        )
        if late:
            late._skip(self.env._("Too late"))

    @api.model
    def _cron_mail(self):
        """Send the e-mails that are due, outside the quiet hours of each company, a batch at a time."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([("active", "=", True)]):
            if not self._may_write(company, fields.Datetime.now()):
                continue
            while batch := self._mails_due(company):
                batch._send()
                if not cron._commit_progress(len(batch)):
                    return

    @api.model
    def _may_write(self, company, now):
        """Return whether a moment is outside the quiet hours of a company, in its time."""
        zone = timezone(self.env["customer.care.rule"]._zone(company))
        local = utc.localize(now).astimezone(zone)
        hour = local.hour + local.minute / 60
        return company.customer_care_hour_from <= hour < company.customer_care_hour_to

    def _mails_due(self, company):
        """Return a batch of the e-mails that are due."""
        return self._due_by("mail", company)

    def _due_by(self, channel, company):
        """Return a batch of what is due of a channel, each taken by this job alone."""
        zone = timezone(self.env["customer.care.rule"]._zone(company))
        today = utc.localize(fields.Datetime.now()).astimezone(zone).date()
        due = [
            ("state", "=", "planned"),
            ("channel", "=", channel),
            ("rule_id", "!=", False),
            ("company_id", "=", company.id),
            ("date", "<=", today),
        ]
        return self.search(due, limit=BATCH).try_lock_for_update()

    def _send(self):
        """Send e-mails to who still wants them, in its language, and note them as done. As the system."""
        unwilling = self.filtered(lambda care: care._refusal())
        for reason, cares in unwilling.grouped(lambda care: care._refusal()).items():
            cares._skip(reason)
        todo = self - unwilling
        for template, cares in todo.grouped(lambda care: care.rule_id.template_id).items():
            template.send_mail_batch(cares.ids)
        todo._finish()

    def _refusal(self):
        """Return why nobody is written to, False when it may be."""
        self.ensure_one()
        if self._is_declined():
            return self.env._("Declined by the customer")
        if not self.partner_id.email_normalized:
            return self.env._("No e-mail address")
        if self.partner_id.is_blacklisted:
            return self.env._("On the blacklist")
        if not self.partner_id.active:
            return self.env._("Archived")
        return False

    @api.model
    def _merge_partners(self, sources, target):
        """Leave one care for each rule and occasion of contacts that become one: the one that is furthest.

        Called before the rows are moved, which the database would refuse. As the system.
        """
        order = {"done": 0, "skipped": 1, "planned": 2}
        cares = self.search([("partner_id", "in", (sources | target).ids), ("rule_id", "!=", False)])
        for same in cares.grouped(lambda care: (care.rule_id, care.occasion)).values():
            same.sorted(lambda care: (order[care.state], care.id))[1:].unlink()
