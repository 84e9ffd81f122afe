from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .contract_case import ContractCase

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestContractPortal(ContractCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._agency("2025-01-01", "2099-12-31")
        people = {"anna_portal": cls.anna, "boris_portal": cls.boris}
        for login, company in people.items():
            user = new_test_user(cls.env, login, "base.group_portal")
            user.partner_id.parent_id = company
        cls.url = f"/my/dealer/contracts/{cls.contract.id}"

    def _accept(self, token=None, **params):
        params = {"name": "Anna", "signature": DOT, **params}
        url = f"{self.url}/accept" + (f"?access_token={token}" if token else "")
        return self.make_jsonrpc_request(url, params)

    def test_the_dealer_reads_and_signs_its_contract(self):
        self._approved(self.contract)
        self.authenticate("anna_portal", "anna_portal")
        page = self.url_open(self.url)
        self.assertIn(self.contract.name, page.text)
        self.assertIn("Anna Ltd pays", page.text)
        answer = self._accept()
        self.assertIn("sign_ok", answer["redirect_url"])
        self.assertEqual((self.contract.state, self.contract.signed_by), ("running", "Anna"))
        self.assertTrue(self.contract.signature)
        self.assertIn("error", self._accept(), "it is not signed twice")

    def test_another_dealer_and_the_public_get_nothing(self):
        self._approved(self.contract)
        for login in ("boris_portal", None):
            self.authenticate(login, login)
            for token in (None, "wrong"):
                with self.subTest(login=login, token=token):
                    page = self.url_open(self.url + (f"?access_token={token}" if token else ""))
                    self.assertNotIn(self.contract.name, page.text)
                    self.assertIn("error", self._accept(token))
        self.assertEqual(self.contract.state, "approved")

    def test_whoever_has_the_link_may_sign(self):
        self._approved(self.contract)
        token = self.contract._portal_ensure_token()
        self.authenticate(None, None)
        self.assertIn(self.contract.name, self.url_open(f"{self.url}?access_token={token}").text)
        self.assertIn("redirect_url", self._accept(token))

    def test_a_draft_is_not_shown_to_the_dealer(self):
        self.authenticate("anna_portal", "anna_portal")
        self.assertNotIn("Anna Ltd pays", self.url_open(self.url).text)
        self.assertIn("error", self._accept())

    @mute_logger("odoo.http")
    def test_a_signature_that_is_none_is_refused(self):
        self._approved(self.contract)
        self.authenticate("anna_portal", "anna_portal")
        for params in (
            {"signature": None},
            {"signature": "no picture"},
            {"signature": {"a": 1}},
            {"name": " "},
            {"name": ["Anna"]},
            {"name": "A" * 1000},
            {"name": "Anna\0"},
            {"access_token": ["x"], "name": None},
            {"name": 5},
        ):
            with self.subTest(params):
                self.assertIn("error", self._accept(**params))
        self.contract.invalidate_recordset()
        self.assertEqual(self.contract.state, "approved")
