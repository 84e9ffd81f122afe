from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models


class SurveyUserInput(models.Model):
    """What follows from low answers: a complaint or an activity, once for each answer, never for anonymous ones."""

    _inherit = "survey.user_input"

    def _satisfaction_take_up_low(self):
        """Take up the low marks of finished answers. Called again, it does nothing."""
        fresh = self.filtered(lambda answer: answer.partner_id and not answer.satisfaction_followed_on)
        if not fresh:
            return
        marks = self.env["customer.satisfaction.answer"].with_user(SUPERUSER_ID)._low(fresh)
        for answer in fresh:
            company = answer.satisfaction_company_id
            action = company.customer_satisfaction_low_action
            low = marks.get(answer.id)
            if not low or (action == "none" and not answer.satisfaction_complaint_id):
                continue
            answer.try_lock_for_update()
            answer.satisfaction_followed_on = fields.Datetime.now()
            # The customer answers in its language and without rights: what follows is ours.
            ours = answer.with_user(SUPERUSER_ID).with_company(company)
            ours = ours.with_context(
                lang=company.partner_id.lang or self.env.lang, allowed_company_ids=company.ids
            )
            ours._satisfaction_follow(low.with_env(ours.env), action)

    def _satisfaction_follow(self, low, action):
        """Open what follows from the low marks of one answer."""
        if self.satisfaction_complaint_id:
            complaint = self.satisfaction_complaint_id
            return self._satisfaction_remind(complaint, complaint.user_id or complaint.team_id.user_id, low)
        if action == "activity":
            customer = self.partner_id.commercial_partner_id
            return self._satisfaction_remind(customer, customer.user_id, low)
        return self.env["customer.complaint"].create(
            {
                "partner_id": self.partner_id.id,
                "company_id": self.satisfaction_company_id.id,
                "source": "survey",
                "summary": self.env._("Low marks: %s", ", ".join(low.question_id.mapped("title")))[:200],
                "description": self._satisfaction_said(low),
                "satisfaction_input_id": self.id,
            }
        )

    def _satisfaction_remind(self, document, user, low):
        """Give the person who is responsible something to do."""
        wave, company = self.satisfaction_wave_id, self.satisfaction_company_id
        return document.activity_schedule(
            "mail.mail_activity_data_call",
            user_id=(user or wave.user_id or self.env.user).id,
            date_deadline=company._working_day(company.customer_satisfaction_low_days),
            summary=self.env._("Low marks of %s", self.partner_id.name),
            note=self._satisfaction_said(low),
        )

    def _satisfaction_said(self, low):
        """Return the low marks, and what the customer wrote, as a list."""
        marks = Markup("").join(
            Markup("<li>%s <b>%s</b></li>")
            % (
                mark.question_id.title,
                self.env._(
                    "%(value)s on a scale from %(low)s to %(high)s",
                    value=mark.value,
                    low=mark.scale_low,
                    high=mark.scale_high,
                ),
            )
            for mark in low
        )
        words = Markup("").join(
            Markup("<p>%s<br/><i>%s</i></p>") % (line.question_id.title, line.value_text_box)
            for line in self.user_input_line_ids
            if line.answer_type == "text_box"
        )
        return Markup("<ul>%s</ul>%s") % (marks, words)
