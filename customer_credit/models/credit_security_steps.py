from datetime import timedelta

from odoo import api, fields, models

from ..exceptions import SecurityStateError


class CustomerCreditSecurity(models.Model):
    """The steps of a security: what is asked before it is confirmed, release, and expiry by the daily job."""

    _inherit = "customer.credit.security"

    def _approval_summary(self):
        """Override: whose debt it covers, what it is, what it is worth and until when."""
        self.ensure_one()
        known = self.env["customer.approval"]
        facts = [
            ("partner_id", self.partner_id.display_name),
            ("kind_id", self.kind_id.name),
            ("guarantor_id", self.guarantor_id.display_name),
            ("insurer_id", self.insurer_id.display_name),
            ("value", known._format(self.value, self.currency_id)),
            ("secured_amount", known._format(self.secured_amount, self.currency_id)),
            ("date_to", self.date_to and known._format_day(self.date_to)),
            ("document_ids", ", ".join(self.document_ids.mapped("name"))),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]

    def _approval_check(self):
        """Override: nobody confirms what has no paper, no guarantor, no policy, or is past.

        :raises SecurityStateError: when something is missing
        """
        today = fields.Date.context_today(self)
        for security in self:
            missing = security._missing(today)
            if missing:
                raise SecurityStateError(
                    self.env._(
                        "“%(security)s” cannot be submitted: %(missing)s.",
                        security=security.name,
                        missing=missing,
                    )
                )
        return super()._approval_check()

    def _missing(self, today):
        """Return in words what a security lacks before it can be relied on, or None."""
        if self.by_guarantor and not self.guarantor_id:
            return self.env._("it does not name its guarantor")
        if self.is_insurance and not (self.insurer_id and self.policy_number):
            return self.env._("it does not name the insurer and the number of the policy")
        if not self.document_ids:
            return self.env._("no document is attached that proves it")
        if self.date_to and self.date_to < today:
            return self.env._("its last day, %s, is past", self.date_to)
        return None

    def _approval_granted(self):
        """Override: it counts from the day on which it is confirmed."""
        self._approval_write({"confirmed_on": fields.Date.context_today(self)})
        return super()._approval_granted()

    def action_release(self):
        """Ask why the securities are given back."""
        self._ensure_step("force")
        return {
            "name": self.env._("Discharge"),
            "type": "ir.actions.act_window",
            "res_model": "customer.credit.security.release",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_security_ids": self.ids},
        }

    def _release(self, reason):
        """Give securities back from today on: they cover nothing any more.

        :raises SecurityStateError: when one is not in force, or the reason is blank
        """
        self.check_access("write")
        if not (reason or "").strip():
            raise SecurityStateError(self.env._("Say why the security is given back."))
        self._ensure_state("force")
        today = fields.Date.context_today(self)
        self.sudo()._approval_write({"released_on": today, "release_reason": reason.strip()})
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        for security in self:
            security.message_post(body=self.env._("Discharged: %s", reason.strip()))

    @api.model
    def _cron_expire(self):
        """Mark what has expired, and tell who is responsible of what expires soon; safe to run again."""
        today = fields.Date.context_today(self)
        domain = [("state", "=", "force"), ("date_to", "!=", False)]
        past = self.search([*domain, ("date_to", "<", today)])
        for last_day, securities in past.grouped("date_to").items():
            securities._approval_write({"expired_on": last_day + timedelta(days=1)})
        for company in self.env["res.company"].search([("parent_id", "=", False)]):
            last = fields.Date.add(today, days=company.customer_credit_cover_days)
            here = [
                ("company_id", "child_of", company.id),
                ("date_to", "<=", last),
                ("warned_on", "=", False),
            ]
            self.search([*domain, *here])._warn(today)

    def _warn(self, today):
        """Put an activity on securities that expire soon, once each."""
        kind = self.env.ref("mail.mail_activity_data_todo").id
        model = self.env["ir.model"]._get_id(self._name)
        values = [
            {
                "res_model_id": model,
                "res_id": security.id,
                "activity_type_id": kind,
                "date_deadline": security.date_to,
                "user_id": security.user_id.id or self.env.uid,
                "summary": self.env._("Renew or replace: “%s” expires", security.name),
            }
            for security in self
        ]
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(values)
        self._approval_write({"warned_on": today})
