import uuid

from odoo import fields, models


class CustomerSatisfactionInvitation(models.Model):
    """How invitations and reminders go out: by the host's survey mails, each in the language of who gets it."""

    _inherit = "customer.satisfaction.invitation"

    def _ask(self):
        """Send these planned invitations, and cancel those who decline by now. As the system."""
        self._send(self.env.ref("customer_service.satisfaction_mail_template_invite"), first=True)

    def _remind(self):
        """Send reminders with the link of the invitation. As the system."""
        self._send(self.env.ref("customer_service.satisfaction_mail_template_remind"), first=False)

    def _send(self, template, first):
        self.try_lock_for_update()
        contacts = self.partner_id
        declined = self.env["customer.satisfaction.wave"]._satisfaction_declined(contacts)
        declined |= contacts.filtered(lambda partner: not partner.email_normalized or not partner.active)
        refused = self.filtered(lambda one: one.partner_id in declined)
        refused.write({"state": "cancelled"})
        now = fields.Datetime.now()
        for (survey, language), ones in (
            (self - refused).grouped(lambda one: (one.survey_id, one.partner_id.lang)).items()
        ):
            invite = self._letter(survey, language, template)
            for one in ones:
                if first:
                    one.user_input_id = one._new_answer()
                    one.write({"state": "sent", "sent_on": now})
                else:
                    one.write({"reminder_count": one._reminders_due(now), "reminded_on": now})
                one._post(invite)

    def _reminders_due(self, now):
        """Return how many reminders are due by now: one that was missed is not sent after the next."""
        second = self.wave_id.remind_second
        past = (now.date() - self.sent_on.date()).days
        return 2 if second and past >= second else self.reminder_count + 1

    def _letter(self, survey, language, template):
        """Return the host's letter in a language."""
        letters = self.env["survey.invite"].with_context(lang=language or self.env.lang)
        return letters.create(
            {
                "survey_id": survey.id,
                "template_id": template.id,
                "author_id": self.company_id[:1].partner_id.id,
            }
        )

    def _new_answer(self):
        """Return the empty answer of an invitation; in an anonymous wave without anything about who gives it."""
        self.ensure_one()
        wave = self.wave_id
        values = {
            "invite_token": str(uuid.uuid4()),
            "satisfaction_wave_id": wave.id,
            "satisfaction_company_id": self.company_id.id,
            "satisfaction_complaint_id": self.complaint_id.id,
            "deadline": wave._deadline(),
        }
        if wave.anonymous:
            shown = self.quota_id.invited_count >= wave._least()
            values |= {"satisfaction_grade_id": self.grade_id.id if shown else False, "email": False}
            return self.survey_id._create_answer(check_attempts=False, **values)
        values |= {"satisfaction_grade_id": self.grade_id.id, "satisfaction_area_id": self.area_id.id}
        return self.survey_id._create_answer(partner=self.partner_id, check_attempts=False, **values)

    def _post(self, invite):
        """Put the letter to one contact into the outgoing mail."""
        mail = invite._send_mail(self.user_input_id)
        if self.wave_id.anonymous:
            # The answer has no address: the letter has. It is deleted when sent, as all letters of surveys are.
            mail.email_to = self.partner_id.email_formatted
        self.mail_id = mail
