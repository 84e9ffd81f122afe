"""Waves: who is asked, once, and who has answered."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import SatisfactionStepError
from .satisfaction_case import SatisfactionCase


@tagged("post_install", "-at_install")
class TestSatisfactionWave(SatisfactionCase):
    def _sample(self, **values):
        """Return a wave of 10 customers of grade A, 10 of B and 10 without a grade."""
        scheme = self._make_scheme(50, 80)
        self.grades = scheme.grade_ids
        for grade in (self.grades[0], self.grades[1], None):
            self._customers(10, grade)
        quotas = [
            {"grade_id": self.grades[0].id, "percent": 100},
            {"grade_id": self.grades[1].id, "percent": 50},
            {"percent": 20},
        ]
        return self._wave(quota_ids=[Command.create(values) for values in quotas], **values)

    def test_all_of_a_half_of_b_a_fifth_of_the_others(self):
        wave = self._sample()
        counts = [(quota.population, quota.invited_count) for quota in wave.quota_ids]
        self.assertEqual(counts, [(10, 10), (10, 5), (10, 2)])

    def test_the_same_seed_draws_the_same_customers(self):
        wave = self._sample(seed=7)
        first = wave.invitation_ids.partner_id
        wave.action_draw()
        self.assertEqual(wave.invitation_ids.partner_id, first)
        wave.seed = 8
        wave.action_draw()
        self.assertEqual(len(wave.invitation_ids), len(first))
        self.assertNotEqual(wave.invitation_ids.partner_id, first)

    def test_a_small_share_of_few_still_asks_one(self):
        self._customers(3)
        wave = self._wave(quota_ids=[Command.create({"percent": 10})])
        self.assertEqual(len(wave.invitation_ids), 1)
        wave.quota_ids.percent = 0
        wave.action_draw()
        self.assertFalse(wave.invitation_ids)

    def test_new_waves_propose_the_sample_of_the_settings(self):
        scheme = self._make_scheme(50, 80)
        wave = self.env["customer.satisfaction.wave"].create({"name": "New", "survey_id": self.survey.id})
        found = [(quota.grade_id, quota.percent) for quota in wave.quota_ids]
        none = scheme.grade_ids.browse()
        self.assertEqual(found, [(scheme.grade_ids[0], 100), (scheme.grade_ids[1], 50), (none, 20)])

    def test_who_declined_is_not_asked(self):
        first, second = self._customers(2)
        self.env["mail.blacklist"].sudo()._add(first.child_ids.email)
        wave = self._wave()
        self.assertEqual(wave.invitation_ids.commercial_partner_id, second)
        # Nor is who declines between drawing and sending.
        self.env["mail.blacklist"].sudo()._add(second.child_ids.email)
        [invitation] = self._start(wave)
        self.assertEqual((invitation.state, wave.sent_count), ("cancelled", 0))

    def test_nobody_is_asked_again_too_soon(self):
        self._customers(2)
        self._start(self._wave())
        self.assertFalse(self._wave(gap_days=30).invitation_ids)
        self.assertEqual(len(self._wave(gap_days=0).invitation_ids), 2)
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            self.assertEqual(len(self._wave(gap_days=30).invitation_ids), 2)

    def test_one_address_is_asked_once(self):
        customer = self._customers(1)
        self._people(customer, 2, email=customer.child_ids.email)
        self.assertEqual(len(self._wave().invitation_ids), 1)
        self._people(customer, 2)
        self.assertEqual(len(self._wave(contact_rule="one").invitation_ids), 1)

    def test_only_who_bought_in_the_period(self):
        buyer, _other = self._customers(2)
        self._invoice(100, self._today(-10), buyer)
        wave = self._wave(bought_from=self._today(-20), bought_to=self._today(-5))
        self.assertEqual(wave.invitation_ids.commercial_partner_id, buyer)
        self.assertFalse(self._wave(bought_to=self._today(-30)).invitation_ids)

    def test_each_gets_one_letter_in_its_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        first, second = self._customers(2)
        second.child_ids.lang = "fr_FR"
        self.survey.sudo().with_context(lang="fr_FR").title = "Comment allons-nous ?"
        self.survey.sudo().lang_ids = [Command.clear()]
        invitations = self._start(self._wave())
        mails = {one.commercial_partner_id: one.mail_id for one in invitations}
        self.assertEqual(mails[first].subject, "How are we?")
        self.assertEqual(mails[second].subject, "Comment allons-nous ?")
        for one in invitations:
            self.assertIn(one.user_input_id.access_token, one.mail_id.body_html)
        # The job runs again: nobody gets a second letter.
        before = self.env["mail.mail"].search_count([])
        self._run()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_reminders_go_to_those_who_have_not_answered(self):
        self._customers(2)
        wave = self._wave(remind_first=7, remind_second=14)
        first, second = self._start(wave)
        self._say(first.user_input_id, overall=9)
        for days, count in ((6, 0), (7, 1), (8, 1), (14, 2), (20, 2)):
            with self.subTest(days=days), freeze_time(fields.Datetime.now() + timedelta(days=days)):
                self._run()
                self.assertEqual((first.reminder_count, second.reminder_count), (0, count))

    def test_a_wave_closes_after_its_last_day(self):
        self._customers(2)
        wave = self._wave(date_to=self._today(3))
        first, second = self._start(wave)
        self._say(first.user_input_id, overall=9)
        with freeze_time(fields.Datetime.now() + timedelta(days=5)):
            self._run()
        self.assertEqual((wave.state, first.state, second.state), ("closed", "answered", "missed"))
        self.assertEqual((wave.sent_count, wave.answered_count, wave.response_rate), (2, 1, 50))

    def test_one_answer_a_contact_and_wave(self):
        self._customers(1)
        [invitation] = self._start(self._wave())
        answer = invitation.user_input_id
        self._say(answer, overall=9)
        again = self.survey.sudo()._has_attempts_left(answer.partner_id, answer.email, answer.invite_token)
        self.assertFalse(again, "The host refuses a second try with the same link")
        # A try that gets around that is no answer of the wave.
        second = self.survey.sudo()._create_answer(partner=answer.partner_id, check_attempts=False)
        self._say(second, overall=1)
        self.assertEqual(self.scores.search_count([("measure", "=", "acsi")]), 1)

    def test_a_test_of_the_questionnaire_counts_nowhere(self):
        self.survey.with_user(self.agent).action_satisfaction_try()
        answer = self.env["survey.user_input"].sudo().search([("survey_id", "=", self.survey.id)])
        self._say(answer, overall=1)
        self.assertTrue(answer.test_entry)
        self.assertFalse(self.scores.search_count([("survey_id", "=", self.survey.id)]))

    def test_response_rate_by_grade(self):
        wave = self._sample()
        invitations = self._start(wave)
        best = invitations.filtered(lambda one: one.grade_id == self.grades[0])
        for one in best[:4]:
            self._say(one.user_input_id, overall=9)
        rates = [(quota.sent_count, quota.response_rate) for quota in wave.quota_ids]
        self.assertEqual(rates, [(10, 40), (5, 0), (2, 0)])

    def test_a_wave_that_began_stays_as_it_is(self):
        self._customers(1)
        wave = self._wave()
        self._start(wave)
        other = self.env.ref("customer_service.satisfaction_survey_nps")
        for step in (
            lambda: wave.write({"survey_id": other.id}),
            lambda: wave.quota_ids.write({"percent": 5}),
            lambda: wave.write({"quota_ids": [Command.create({"percent": 5})]}),
            lambda: wave.with_user(self.agent).write({"state": "draft"}),
            lambda: wave.with_user(self.agent).action_draw(),
            wave.unlink,
        ):
            with self.assertRaises(SatisfactionStepError):
                step()

    def test_a_wave_needs_a_sample_and_questions_that_count(self):
        with self.assertRaisesRegex(SatisfactionStepError, "draw the sample"):
            self._wave().with_user(self.agent).action_start()
        with self.assertRaisesRegex(ValidationError, "anybody with the link"):
            self.survey.sudo().access_mode = "public"
            self._wave()

    def test_who_runs_a_wave_is_no_survey_manager(self):
        self.assertFalse(self.agent.has_group("survey.group_survey_user"))
        self._customers(1)
        wave = self._wave(user=self.agent)
        self._start(wave)
        self.assertEqual(wave.state, "running")
        with self.assertRaises(AccessError):
            self.env["survey.user_input"].with_user(self.agent).search([]).mapped("partner_id")
        with self.assertRaises(AccessError):
            self.survey.with_user(self.agent).title = "Mine"
