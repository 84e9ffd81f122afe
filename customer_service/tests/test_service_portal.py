from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged

from .request_case import DOT, RequestCase


@tagged("post_install", "-at_install")
class TestServicePortal(RequestCase, HttpCase):
    """A customer follows and signs its own service only, whichever road it takes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visitor, cls.other = (
            new_test_user(cls.env, login, "base.group_portal", partner_id=partner.id, password=login * 2)
            for login, partner in (("anna_portal", cls.anna_buyer), ("boris_portal", cls.boris))
        )
        cls.own = cls._done(cls._request(fault="Own leak"))
        cls.foreign = cls._done(cls._request(partner_id=cls.boris.id, fault="Foreign leak"))
        cls.draft = cls._request(fault="Only noted")

    def _accept(self, request, token=None, signature=DOT, name="Somebody"):
        url = f"/my/service/{request.id}/accept"
        params = {"name": name, "signature": signature, "access_token": token}
        return self.make_jsonrpc_request(url, params)

    def test_a_customer_sees_its_own_service_only(self):
        self.authenticate("anna_portal", "anna_portal" * 2)
        text = self.url_open("/my/service").text
        self.assertIn("Own leak", text)
        self.assertNotIn("Foreign leak", text)
        self.assertNotIn("Only noted", text)
        self.assertIn("Own leak", self.url_open(f"/my/service/{self.own.id}").text)
        for hidden in (self.foreign, self.draft):
            for query in ("", "?access_token=", "?access_token=wrong", "?report_type=pdf"):
                text = self.url_open(f"/my/service/{hidden.id}{query}").text
                self.assertNotIn(hidden.fault, text)
        self.assertNotIn("%PDF", self.url_open(f"/my/service/{self.foreign.id}?report_type=pdf").text[:10])

    def test_a_customer_signs_its_own_report_only(self):
        self.authenticate("anna_portal", "anna_portal" * 2)
        self.assertIn("error", self._accept(self.foreign))
        self.assertEqual(self.foreign.state, "done")
        self.assertIn("error", self._accept(self.own, signature="no picture"))
        self.assertIn("error", self._accept(self.own, signature=""))
        for name in (["Somebody"], {"a": 1}, 5):
            self.assertIn("error", self._accept(self.own, name=name))
        self.assertEqual(self.own.state, "done")
        self.assertIn("redirect_url", self._accept(self.own))
        self.own.invalidate_recordset()
        self.assertEqual((self.own.state, self.own.signed_by), ("signed", "Somebody"))
        self.assertIn("error", self._accept(self.own), "Signed once.")

    def test_the_public_needs_the_link(self):
        for token in (None, "", "wrong", self.foreign._portal_ensure_token()):
            self.assertIn("error", self._accept(self.own, token))
        self.assertNotIn("Own leak", self.url_open(f"/my/service/{self.own.id}").text)
        token = self.own._portal_ensure_token()
        self.assertIn("Own leak", self.url_open(f"/my/service/{self.own.id}?access_token={token}").text)
        self.assertIn("redirect_url", self._accept(self.own, token))
        self.own.invalidate_recordset()
        self.assertEqual(self.own.state, "signed")

    def test_a_link_to_what_is_only_noted_shows_nothing(self):
        token = self.draft._portal_ensure_token()
        self.assertNotIn(
            "Only noted", self.url_open(f"/my/service/{self.draft.id}?access_token={token}").text
        )

    def test_the_rpc_of_portal_users_reads_and_signs_nothing(self):
        self.authenticate("anna_portal", "anna_portal" * 2)
        for method, args in (("read", [[self.own.id]]), ("action_sign", [[self.own.id]]), ("search", [[]])):
            with self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/customer.service.request/{method}",
                    {"model": "customer.service.request", "method": method, "args": args, "kwargs": {}},
                )

    def test_a_second_contact_of_the_same_company_sees_it_too(self):
        colleague = self.env["res.partner"].create({"name": "Colleague", "parent_id": self.anna.id})
        new_test_user(
            self.env,
            "colleague",
            "base.group_portal",
            partner_id=colleague.id,
            password="colleague9",
            company_ids=[Command.set(self.env.company.ids)],
            company_id=self.env.company.id,
        )
        self.authenticate("colleague", "colleague9")
        self.assertIn("Own leak", self.url_open("/my/service").text)
