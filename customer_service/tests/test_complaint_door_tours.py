from odoo.tests import HttpCase, tagged

from .door_case import DoorCase


@tagged("post_install", "-at_install")
class TestComplaintDoorTours(DoorCase, HttpCase):
    """In the browser: a customer files a complaint with a file, sees it and adds to it."""

    def test_a_customer_files_a_complaint_in_its_portal(self):
        visitor = self._visitor("tour_complainer", self.anna)
        self.start_tour("/my", "customer_complaint_portal", login=visitor.login)
        complaint = self.complaints.search([("summary", "=", "Tour kettles leak")])
        self.assertEqual((complaint.partner_id, complaint.source), (visitor.partner_id, "portal"))
        said = complaint._portal_messages().filtered(lambda one: one.author_id == visitor.partner_id)
        self.assertEqual(len(said), 2)
        self.assertEqual(said.attachment_ids.mapped("name"), ["tour.txt"])
