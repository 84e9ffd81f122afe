"""What the tests of the portal of complaints have in common: two customers with a portal user each."""

import json

from odoo import http
from odoo.tests import HttpCase

from .door_case import DoorCase

# A picture of one point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000"
    "000049454e44ae426082"
)


class ComplaintPortalCase(DoorCase, HttpCase):
    """Anna Ltd and Boris have a portal user each, and a complaint each with a file and an inner note."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visitor = cls._visitor("door_anna", cls.anna)
        cls.other_visitor = cls._visitor("door_boris", cls.boris)
        cls.own, cls.other = cls._complaint(), cls._complaint(cls.boris, summary="Secret fan")
        for complaint in (cls.own, cls.other):
            complaint.message_post(
                body="Hello customer",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                attachments=[("shown.png", PNG)],
            )
            complaint.message_post(body="Inner doubt", attachments=[("inner.png", PNG)])
        cls.own.finding = "<p>They broke it themselves</p>"

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def get(self, url, status=200):
        response = self.url_open(url, allow_redirects=False)
        self.assertEqual(response.status_code, status, f"{url}: {response.text[:300]}")
        return response.text

    def post(self, url, status=303, files=None, **values):
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        response = self.url_open(url, data=data, files=files, allow_redirects=False)
        self.assertEqual(response.status_code, status, f"{url}: {response.text[:300]}")
        return response

    def call(self, url, **params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        return self.url_open(url, data=body, headers={"Content-Type": "application/json"}).json()

    def files(self, complaint, name):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "customer.complaint"), ("res_id", "=", complaint.id), ("name", "=", name)]
        )
