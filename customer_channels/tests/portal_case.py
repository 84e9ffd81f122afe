"""What the tests of the dealer portal have in common: two dealers with a portal user each."""

from odoo import http
from odoo.tests import HttpCase, new_test_user

from .dealer_case import DealerCase


class PortalCase(DealerCase, HttpCase):
    """Two dealers with a portal user each: what is one's own is shown, what is another's is not found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._contract(date_to="2099-12-31")
        cls.other_contract = cls._contract(cls.other_dealer, date_to="2099-12-31")
        cls.visitor = cls._visitor("anna_portal", cls.anna)
        cls.other_visitor = cls._visitor("boris_portal", cls.boris)
        cls.invoice = cls._sell(300, "2025-01-10")
        cls.other_invoice = cls._sell(700, "2025-01-10", partner=cls.boris)
        cls.deal = cls._deal(cls.dealer, "Beach Hotel")
        cls.other_deal = cls._deal(cls.other_dealer, "Secret Hotel")

    @classmethod
    def _visitor(cls, login, partner):
        user = new_test_user(cls.env, login, "base.group_portal", company_id=cls.env.company.id)
        user.company_ids = cls.env.company
        user.partner_id.parent_id = partner
        return user

    @classmethod
    def _deal(cls, dealer, name, **values):
        return cls.env["customer.dealer.deal"].create(
            {"dealer_id": dealer.id, "end_customer": name, **values}
        )

    def get(self, url, status=200):
        response = self.url_open(url, allow_redirects=False)
        self.assertEqual(response.status_code, status, url)
        return response.text

    def post(self, url, status=303, **values):
        token = http.Request.csrf_token(self)
        response = self.url_open(url, data={"csrf_token": token, **values}, allow_redirects=False)
        self.assertEqual(response.status_code, status, url)
        return response

    def log_in(self, user):
        self.authenticate(user.login, user.login)
