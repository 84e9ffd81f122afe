from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..exceptions import CareError
from .care_case import TODAY, CareCase
from .request_case import RequestCase

# Noon of the day: outside the quiet hours, whatever the zone of the company.
NOON = "2026-03-02 12:00:00"


@tagged("post_install", "-at_install")
class TestCareSurvey(CareCase, RequestCase):
    """A questionnaire after a delivery and after service: once, not too often, and not to who declined."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.customer_satisfaction_gap_days = 30
        cls.env.company.partner_id.tz = "UTC"
        cls.survey = cls.env.ref("customer_service.satisfaction_survey_delivery")

    def _asking(self, kind="service", **values):
        values = {"channel": "survey", "survey_id": self.survey.id, "day_from": 1, "day_to": 7, **values}
        return self._rule(kind, **{"lead_days": 0, "begins_on": TODAY - timedelta(days=30), **values})

    def _served(self, days=2, **values):
        request = self._done(self._request(kind="remote", contact_id=self.anna_buyer.id, **values))
        request.sudo().date_done = fields.Datetime.to_datetime(TODAY) - timedelta(days=days)
        return request

    def _plan_and_ask(self, rule, when=NOON):
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        with freeze_time(when):
            made = rule._plan(fields.Datetime.to_datetime(when).date())
            self.env["customer.care"].sudo()._cron_mail()
        return made

    def test_after_service_the_contact_is_asked_once(self):
        self._served()
        rule = self._asking()
        care = self._plan_and_ask(rule)
        self.assertEqual((care.partner_id, care.state), (self.anna_buyer, "done"))
        asked = care.satisfaction_invitation_ids
        self.assertEqual((asked.state, asked.survey_id), ("sent", self.survey))
        self.assertTrue(asked.user_input_id)
        self.assertFalse(self._plan_and_ask(rule))
        self.assertFalse(self._plan_and_ask(rule, "2026-03-03 12:00:00"))

    def test_after_a_delivery_too(self):
        order = self._quotation((self.goods, 1), partner=self.anna_buyer)
        order.action_confirm()
        self._ship(order, 1)
        order.picking_ids.date_done = "2026-02-28 09:00:00"
        order.picking_ids.partner_id = self.anna_buyer
        care = self._plan_and_ask(self._asking("delivery"))
        self.assertEqual(care.filtered(lambda one: one.picking_id in order.picking_ids).state, "done")

    def test_nobody_is_asked_again_within_the_days_of_rest(self):
        self._served()
        self._served()
        cares = self._plan_and_ask(self._asking())
        self.assertEqual(sorted(cares.mapped("state")), ["done", "skipped"])
        self._served(days=-8)
        self.assertFalse(self._plan_and_ask(self._asking(), "2026-03-12 12:00:00"), "asked ten days ago")
        self._served(days=-38)
        again = self._plan_and_ask(self._asking(), "2026-04-11 12:00:00")
        self.assertEqual(again.mapped("state"), ["done"], "forty days are rest enough")

    def test_nobody_is_asked_who_declined_before_or_in_the_meantime(self):
        self._served()
        rule = self._asking()
        with freeze_time(NOON):
            care = rule._plan(TODAY)
        self.anna_buyer.customer_care_no_mail = True
        self.assertEqual(care.state, "skipped")
        other = self._asking()
        self.assertFalse(self._plan_and_ask(other))
        self.anna_buyer.customer_care_no_mail = False
        self.env["mail.blacklist"].sudo()._add(self.anna_buyer.email)
        self.assertFalse(self._plan_and_ask(other))

    def test_a_letter_that_waits_is_not_sent_when_it_is_too_late(self):
        self._served()
        rule = self._asking()
        with freeze_time(NOON):
            care = rule._plan(TODAY)
        self._plan_and_ask(self.env["customer.care.rule"], "2026-03-20 12:00:00")
        self.assertEqual(care.state, "skipped")

    def test_reopened_work_is_another_occasion(self):
        self.env.company.customer_satisfaction_gap_days = 0
        request = self._served()
        rule = self._asking()
        self._plan_and_ask(rule)
        request.sudo().write({"state": "draft", "reopen_count": 1})
        self._done(request)
        request.sudo().date_done = "2026-03-01 09:00:00"
        self.assertEqual(len(self._plan_and_ask(rule, "2026-03-03 12:00:00")), 1)

    def test_nobody_ticks_off_what_is_sent_by_itself(self):
        self._served()
        with freeze_time(NOON):
            care = self._asking()._plan(TODAY)
            with self.assertRaises(CareError):
                care.with_user(self.agent).action_done()

    def test_only_questionnaires_about_satisfaction_are_sent(self):
        other = (
            self.env["survey.survey"]
            .sudo()
            .create({"title": "Quiz", "user_id": self.env.ref("base.user_admin").id})
        )
        with self.assertRaises(ValidationError):
            self._asking(survey_id=other.id)

    def test_a_call_after_service_is_planned_as_well(self):
        self._served()
        with freeze_time(NOON):
            care = self._rule(
                "service", day_from=1, day_to=7, lead_days=0, begins_on=TODAY - timedelta(days=30)
            )._plan(TODAY)
        self.assertEqual((care.channel, care.state), ("call", "planned"))
