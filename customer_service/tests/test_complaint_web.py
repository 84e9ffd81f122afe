from odoo.tests import tagged

from .complaint_portal_case import ComplaintPortalCase


@tagged("post_install", "-at_install")
class TestComplaintWithoutWebsite(ComplaintPortalCase):
    """Where the website is not installed there is no public form."""

    def test_there_is_no_form(self):
        if "website" in self.env:
            self.skipTest("the website is installed")
        self.get("/complaint", 404)
        self.post("/complaint", 404, summary="x")

    def _web(self, client="10.0.0.1", **values):
        values = {
            "contact": "Zed",
            "company": "Zed Ltd",
            "email": "zed@nowhere.example.com",
            "summary": "Leak",
            "description": "It leaks",
            **values,
        }
        public = self.complaints.with_user(self.env.ref("base.public_user")).sudo()
        return public._web_new(self.env.company, client, values, [])

    def test_who_writes_on_the_website_is_a_customer_only_by_its_address(self):
        complaint = self._web()
        self.assertEqual((complaint.source, complaint.partner_id.id), ("web", False))
        self.assertTrue(complaint.receipt_sent_on)
        self.assertEqual(self._web(email=self.anna.email).partner_id, self.anna)

    def test_more_than_the_company_takes_from_one_place_are_refused(self):
        for _number in range(5):
            self._web()
        with self.assertRaisesRegex(Exception, "Try again"):
            self._web()
        self.assertTrue(self._web(client="10.0.0.2"))

    def test_a_form_without_an_address_is_refused(self):
        for values in ({"email": "no address"}, {"description": " "}, {"contact": ""}, {"summary": "\n"}):
            with self.subTest(values=values), self.assertRaisesRegex(Exception, "valid e-mail"):
                self._web(**values)
