"""Who sees what customers say."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .satisfaction_case import SatisfactionCase

MODELS = ("wave", "quota", "invitation", "answer", "score")


@tagged("post_install", "-at_install")
class TestSatisfactionAccess(SatisfactionCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._user("sat_seller", "customer_management.group_customer_user")
        cls.other = cls._user("sat_other", "customer_management.group_customer_user")
        cls.mine = cls._customers(1, user_id=cls.seller.id)
        cls.theirs = cls._customers(1, user_id=cls.other.id)

    def _see(self, user, model):
        return self.env[f"customer.satisfaction.{model}"].with_user(user).search([])

    def test_salespeople_see_what_their_own_customers_say(self):
        self._answers([{"overall": 9}, {"overall": 2}], self.mine | self.theirs)
        for model in ("invitation", "answer", "score"):
            with self.subTest(model=model):
                seen = self._see(self.seller, model).commercial_partner_id
                self.assertEqual(seen, self.mine)
                self.assertEqual(self._see(self.agent, model).commercial_partner_id, self.mine | self.theirs)

    def test_salespeople_see_no_anonymous_answer(self):
        self._customers(5)
        wave = self._wave(anonymous=True)
        self._say(self._start(wave)[0].user_input_id, overall=9)
        self.assertFalse(self._see(self.seller, "answer"))
        self.assertTrue(self._see(self.agent, "answer"))

    def test_nobody_writes_answers_or_invitations(self):
        self._answers([{"overall": 9}], self.mine)
        for user in (self.agent, self.boss, self.seller):
            invitation = self._see(user, "invitation")[:1]
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                invitation.write({"state": "answered"})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                invitation.read(["user_input_id"])
        with self.assertRaises(AccessError):
            self._wave(user=self.seller)

    def test_the_results_of_the_survey_app_stay_closed(self):
        self._answers([{"overall": 9}], self.mine)
        self.authenticate("sat_seller", "sat_seller")
        page = self.url_open(f"/survey/results/{self.survey.id}")
        self.assertEqual(page.status_code, 403)

    def test_another_company_sees_nothing(self):
        self._answers([{"overall": 9}], self.mine)
        company = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        groups = "customer_service.group_service_manager,customer_management.group_customer_manager"
        stranger = self._user("sat_stranger", groups + ",survey.group_survey_manager")
        stranger.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        for model in MODELS:
            with self.subTest(model=model):
                seen = self.env[f"customer.satisfaction.{model}"].with_user(stranger)
                seen = seen.with_context(allowed_company_ids=company.ids).search([])
                self.assertNotIn(self.company, seen.company_id)
        inputs = self.env["survey.user_input"].with_user(stranger)
        inputs = inputs.with_context(allowed_company_ids=company.ids)
        self.assertFalse(inputs.search([("survey_id", "=", self.survey.id)]))

    def test_a_customer_answers_by_its_own_link_only(self):
        first, second = self._start(self._wave())
        portal = self._user("sat_portal", "base.group_portal")
        for model in MODELS:
            with self.subTest(model=model), self.assertRaises(AccessError):
                self._see(portal, model)
        token = self.survey.access_token
        # Without a link of one's own, with one that does not exist, and logged in as somebody else.
        for url in (f"/survey/start/{token}", f"/survey/start/{token}?answer_token=x"):
            self.assertNotIn("overall", self.url_open(url).text)
        self.authenticate("sat_portal", "sat_portal")
        page = self.url_open(second.user_input_id.get_start_url())
        self.assertNotIn("overall", page.text)
        self.assertEqual((first.state, second.state), ("sent", "sent"))

    def test_the_overview_counts_what_its_reader_may_see(self):
        wave = self._answers([{"overall": 9}, {"overall": 1}], self.mine | self.theirs)
        overview = self.env["customer.satisfaction.overview"].with_user(self.seller)
        overview = overview.create({"wave_id": wave.id})
        self.assertEqual(overview._measured(wave)["acsi"]["count"], 1)
        self.assertIn("few", overview.figures)
        for segment in ("grade_id", "area_id", "user_id", "category"):
            overview.segment = segment
            self.assertTrue(overview.segments)
        self.assertTrue(overview.details)
