"""Anonymous waves: nothing connects an answer with who gave it."""

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..exceptions import SatisfactionStepError
from .satisfaction_case import SatisfactionCase


@tagged("post_install", "-at_install")
class TestSatisfactionAnonymous(SatisfactionCase, HttpCase):
    def _hidden(self, count=6):
        self._customers(count)
        wave = self._wave(anonymous=True)
        return wave, self._start(wave)

    def test_an_answer_keeps_nothing_of_who_gave_it(self):
        wave, invitations = self._hidden()
        one = invitations[0]
        answer, contact = one.user_input_id, one.partner_id
        token = answer.access_token
        self.assertFalse(answer.partner_id or answer.email or answer.nickname)
        self._say(answer, overall=2)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(one.user_input_id or one.answered_on or one.mail_id)
        self.assertEqual(one.state, "answered")
        self.assertFalse(answer.partner_id or answer.email or answer.invite_token)
        # No text of the contact's letters names the link, no time of its invitation is that of the answer.
        letters = self.env["mail.mail"].sudo().search([("body_html", "ilike", token)])
        self.assertFalse(letters)
        self.assertFalse(self.env["mail.message"].sudo().search([("body", "ilike", token)]))
        self.assertEqual(one.write_date, one.sent_on)
        self.assertEqual((answer.end_datetime.hour, answer.write_date.hour), (0, 0))
        mark = self.env["customer.satisfaction.answer"].search([("user_input_id", "=", answer.id)])
        self.assertFalse(mark.partner_id or mark.commercial_partner_id or mark.user_id or mark.area_id)
        self.assertFalse(self.env["survey.user_input"].sudo().search([("partner_id", "=", contact.id)]))
        self.assertEqual(wave.answered_count, 1)

    def test_the_order_of_the_answers_is_not_that_of_the_invitations(self):
        _wave, invitations = self._hidden(24)
        answers = [one.user_input_id.id for one in invitations.sorted("id")]
        self.assertNotEqual(answers, sorted(answers))

    def test_who_answered_is_not_reminded(self):
        _wave, invitations = self._hidden()
        self._say(invitations[0].user_input_id, overall=5)
        due = self.env["customer.satisfaction.wave"]._due_to_remind(self._today(8))
        self.assertEqual(self.invitations.sudo().search(due), invitations[1:])

    def test_a_low_answer_opens_nothing(self):
        _wave, invitations = self._hidden()
        self._say(invitations[0].user_input_id, overall=1)
        self.assertFalse(self.env["customer.complaint"].search([("source", "=", "survey")]))

    def test_too_few_are_not_anonymous(self):
        self._customers(4)
        wave = self._wave(anonymous=True)
        with self.assertRaisesRegex(SatisfactionStepError, "fewer than 5"):
            wave.with_user(self.agent).action_start()

    def test_the_grade_of_a_small_group_is_not_kept(self):
        scheme = self._make_scheme(50)
        large, small = scheme.grade_ids
        self._customers(6, large)
        self._customers(2, small)
        quotas = [Command.create({"grade_id": grade.id, "percent": 100}) for grade in scheme.grade_ids]
        invitations = self._start(self._wave(anonymous=True, quota_ids=quotas))
        kept = {one.grade_id: one.user_input_id.satisfaction_grade_id for one in invitations}
        self.assertEqual(kept, {large: large, small: scheme.grade_ids.browse()})

    def test_what_was_begun_is_thrown_away_at_the_end(self):
        wave, invitations = self._hidden()
        answer = invitations[0].user_input_id
        self._say(answer, done=False, overall=3)
        wave.with_user(self.agent).action_close()
        self.assertFalse(answer.exists())

    def test_a_portal_user_who_is_logged_in_answers_as_nobody(self):
        _wave, invitations = self._hidden()
        one = invitations[0]
        user = self._user("hidden_portal", "base.group_portal")
        user.partner_id.parent_id = one.commercial_partner_id
        answer = one.user_input_id
        self.authenticate("hidden_portal", "hidden_portal")
        page = self.url_open(answer.get_start_url())
        self.assertEqual(page.status_code, 200)
        self.assertIn("How are we?", page.text)
        url = f"/survey/submit/{self.survey.access_token}/{answer.access_token}"
        self.make_jsonrpc_request(url.replace("submit", "begin"), {})
        marks = {str(self.questions["overall"].id): "3"}
        self.make_jsonrpc_request(url, marks)
        self.env.invalidate_all()
        self.assertEqual(answer.state, "done")
        self.assertNotIn(user, answer.write_uid | answer.user_input_line_ids.mapped("write_uid"))
        self.assertNotIn(user, answer.user_input_line_ids.mapped("create_uid"))
