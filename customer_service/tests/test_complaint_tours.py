from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .remedy_case import RemedyCase
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


@tagged("post_install", "-at_install")
class TestComplaintRemedyTours(RemedyCase, HttpCase):
    """In the browser: from agreeing to the closed complaint, each step by whoever takes it."""

    def test_a_complaint_from_agreeing_to_closed(self):
        company = self.env.company
        company.customer_complaint_slip = True
        accountant = self._user("service_accountant", "account.group_account_invoice")
        company.customer_complaint_credit_user_id = accountant
        sold = self._sold(price=200)
        complaint = self._complaint(
            summary="Tour kettles leak", order_id=sold.order_id.id, move_id=sold.invoice_lines.move_id.id
        )
        self._take(complaint, "agree")
        page = f"/odoo/complaints/{complaint.id}"
        self.start_tour(page, "customer_remedy_propose", login=self.agent.login)
        remedy = complaint.remedy_ids
        self.assertEqual((remedy.state, remedy.user_id, remedy.amount_company), ("pending", self.agent, 1200))
        proposal = f"/odoo/complaint-remedies/{remedy.id}"
        self.start_tour(proposal, "customer_remedy_approve", login=self.boss.login)
        self.start_tour(proposal, "customer_remedy_offer", login=self.agent.login)
        self.assertEqual(remedy.document_ids.mapped("name"), ["slip.txt"])
        self.start_tour(page, "customer_complaint_carry_out", login=self.agent.login)
        credit = remedy.line_ids.credit_move_id
        self.assertEqual((credit.state, credit.amount_total), ("draft", 1200))
        self.assertEqual(credit.activity_ids.user_id, accountant)
        opened = f"/odoo/action-account.action_move_out_refund_type/{credit.id}"
        self.start_tour(opened, "customer_complaint_credit", login=accountant.login)
        self.assertEqual((credit.state, remedy.state), ("posted", "done"))
        self.start_tour(page, "customer_complaint_close", login=self.agent.login)
        self.assertEqual((complaint.stage, complaint.outcome), ("closed", "settled"))
