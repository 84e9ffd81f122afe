from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestComplaintTours(ServiceCase, HttpCase):
    """In the browser: an agent takes in a complaint, asks for the evidence and assesses it."""

    def test_an_agent_takes_a_complaint_from_intake_to_agreeing(self):
        self.env["res.partner"].create({"name": "Tour Hotel", "is_company": True})
        self.kind.write({"name": "Tour Leaks", "evidence_ids": [Command.create({"name": "Photo"})]})
        self.cause.name = "Tour Seal"
        self.start_tour("/odoo/complaints", "customer_complaint_desk", login=self.agent.login)
        complaint = self.env["customer.complaint"].search([("summary", "=", "Tour kettles leak")])
        self.assertEqual((complaint.stage, complaint.user_id), ("agree", self.agent))
        self.assertTrue(complaint.proof_ids.is_there)
