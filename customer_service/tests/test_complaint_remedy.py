from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.customer_management.exceptions import ApprovalLockError, ApprovalRightError

from ..exceptions import ComplaintStepError, RemedyDocumentError, RemedyStepError
from .remedy_case import RemedyCase


@tagged("post_install", "-at_install")
class TestComplaintRemedy(RemedyCase):
    """A proposal is approved by the total of the complaint, answered by the customer, and then carried out."""

    def _free(self, amount, complaint):
        return self._remedy(complaint, {"kind": "refund", "amount": amount, "move_id": False})

    def test_authority_goes_by_amount(self):
        """Domain 8.5: up to 1,000 who handles it, 10,000 the manager, 50,000 the director, then the general manager."""
        for amount, step in (
            (1000, None),
            (1000.01, "Service manager"),
            (10000, "Service manager"),
            (10000.01, "Director"),
            (50000, "Director"),
            (50000.01, "General manager"),
        ):
            with self.subTest(amount=amount):
                complaint = self._take(self._complaint(), "confirm")
                remedy = self._free(amount, complaint)
                asked = remedy.approval_ids.filtered(lambda row: row.state == "pending")
                self.assertEqual(asked.name or None, step)
                self.assertEqual(remedy.state, "pending" if step else "approved")

    def test_small_proposals_do_not_pass_under_the_authority(self):
        complaint = self._take(self._complaint(), "confirm")
        self.assertEqual(self._free(600, complaint).state, "approved")
        second = self._free(600, complaint)
        self.assertEqual((second.state, second.total_company), ("pending", 1200))
        second.with_user(self.boss).action_approve()
        self.assertEqual(second.state, "approved")
        second.action_offer()
        second.answer = "Not enough"
        second.action_decline()
        # What was declined binds nobody any more.
        self.assertEqual(self._free(400, complaint).state, "approved")

    def test_the_agent_does_not_approve_an_own_proposal(self):
        remedy = self._free(5000, self._take(self._complaint(), "confirm"))
        with self.assertRaises(ApprovalRightError):
            remedy.with_user(self.agent).action_approve()
        with self.assertRaises(ApprovalLockError):
            remedy.with_user(self.agent).write({"reason": "Other"})
        with self.assertRaises(ApprovalLockError):
            remedy.line_ids.with_user(self.agent).write({"amount": 1})

    def test_steps_are_not_written_created_or_taken_from_the_context(self):
        complaint = self._take(self._complaint(), "confirm")
        remedies = self.env["customer.complaint.remedy"].with_user(self.agent)
        with self.assertRaises(RemedyStepError):
            remedies.create({"complaint_id": complaint.id, "step": "accepted"})
        made = remedies.with_context(default_step="running", default_approval_state="approved").create(
            {"complaint_id": complaint.id}
        )
        self.assertEqual((made.step, made.state), ("draft", "draft"))
        with self.assertRaises(RemedyStepError):
            made.write({"step": "accepted"})
        line = {"remedy_id": made.id, "kind": "refund", "amount": 1}
        invoice = self._invoice(5, self.today)
        with self.assertRaises(RemedyStepError):
            self.env["customer.complaint.remedy.line"].with_user(self.agent).create(
                {**line, "credit_move_id": invoice.id}
            )
        with self.assertRaises(RemedyStepError):
            self.env["customer.complaint.remedy.line"].with_user(self.agent).create(line).write(
                {"credit_move_id": invoice.id}
            )

    def test_nothing_is_carried_out_before_customer_and_complaint_agree(self):
        complaint = self._take(self._complaint(), "agree")
        remedy = self._remedy(complaint, {"kind": "refund", "amount": 100, "move_id": False})
        with self.assertRaises(RemedyStepError):
            remedy.action_carry_out()
        remedy.action_accept()
        with self.assertRaisesRegex(RemedyStepError, "agreed"):
            remedy.action_carry_out()
        complaint.action_agree()
        remedy.action_carry_out()
        self.assertEqual(remedy.state, "running")

    def test_a_justified_complaint_needs_a_remedy_and_an_unjustified_one_none(self):
        complaint = self._take(self._complaint(), "agree")
        with self.assertRaisesRegex(ComplaintStepError, "apology"):
            complaint.action_agree()
        self._remedy(complaint, {"kind": "apology"})
        with self.assertRaisesRegex(ComplaintStepError, "Approved"):
            complaint.action_agree()
        other = self._take(self._complaint(), "agree")
        other.is_justified = "no"
        other.action_agree()
        other.action_carried_out()
        other.with_user(self.boss)._reject("Told by phone")
        self.assertEqual(other.outcome, "rejected")

    def test_money_is_accepted_with_a_signed_slip(self):
        self.env.company.customer_complaint_slip = True
        complaint = self._take(self._complaint(), "agree")
        remedy = self._free(100, complaint)
        with self.assertRaisesRegex(RemedyStepError, "slip"):
            remedy.with_user(self.agent).action_accept()
        slip = self.env["ir.attachment"].with_user(self.agent).create({"name": "slip.pdf", "raw": b"signed"})
        remedy.with_user(self.agent).document_ids = slip
        remedy.with_user(self.agent).action_accept()
        self.assertEqual((remedy.state, remedy.answered_by_id), ("accepted", self.anna))
        self.assertEqual((slip.res_model, slip.res_id), (remedy._name, remedy.id))
        with self.assertRaises(RemedyStepError):
            remedy.with_user(self.agent).answer = "Something else"

    def test_invoices_of_others_are_refused(self):
        complaint = self._take(self._complaint(), "confirm")
        foreign = self._invoice(500, self.today, self.boris)
        draft = self.env["account.move"].create(self._invoice_values(100, self.today))
        for move in (foreign, draft, self._credit_note(100, self.today)):
            with self.assertRaises(RemedyDocumentError):
                self._remedy(complaint, {"kind": "refund", "amount": 1, "move_id": move.id})

    def test_hostile_values_are_refused(self):
        sold = self._sold()
        complaint, other = self._about(sold), self._about(sold)
        goods, kilo = complaint.line_ids, self.env.ref("uom.product_uom_kgm")
        for values, error in (
            ({"kind": "refund", "amount": -1, "move_id": False}, CheckViolation),
            ({"kind": "allowance", "percent": 100.01}, CheckViolation),
            ({"kind": "return", "complaint_line_id": goods.id, "quantity": -1}, CheckViolation),
            ({"kind": "refund", "percent": 5, "move_id": False}, ValidationError),
            ({"kind": "repair", "complaint_line_id": other.line_ids.id}, RemedyDocumentError),
            ({"kind": "repair", "complaint_line_id": goods.id, "uom_id": kilo.id}, RemedyDocumentError),
            ({"kind": "refund", "move_id": False}, RemedyStepError),
            ({"kind": "return"}, RemedyStepError),
        ):
            with self.subTest(values=values), mute_logger("odoo.sql_db"), self.assertRaises(error):
                self._remedy(complaint, values)
        remedy = self._remedy(complaint, {"kind": "apology"})
        with self.assertRaises(RemedyStepError):
            remedy.with_user(self.agent).complaint_id = other
        with self.assertRaises(ApprovalLockError):
            remedy.with_user(self.agent).unlink()
        with self.assertRaises(RemedyStepError):
            self._remedy(self._complaint(), {"kind": "apology"})

    def test_rejecting_or_withdrawing_makes_proposals_void(self):
        complaint = self._take(self._complaint(), "agree")
        first, second = self._free(100, complaint), self._free(5000, complaint)
        complaint.with_user(self.boss)._withdraw("Changed its mind")
        self.assertEqual((first.state, second.state, complaint.outcome), ("void", "void", "withdrawn"))

    def test_people_of_other_customers_and_companies_see_nothing(self):
        remedy = self._free(100, self._take(self._complaint(), "confirm"))
        self.anna.user_id = self.agent
        igor = self._user(
            "remedy_igor", "customer_management.group_customer_user,sales_team.group_sale_salesman"
        )
        for record in (remedy, remedy.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(igor).check_access("read")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._user("remedy_stranger", "customer_service.group_service_general")
        stranger.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertFalse(remedy.with_user(stranger).search([("id", "=", remedy.id)]))
        with self.assertRaises(AccessError):
            remedy.with_user(stranger).action_offer()

    def test_the_only_invoice_of_the_goods_is_proposed_where_the_complaint_names_none(self):
        sold = self._sold()
        complaint = self._about(sold)
        complaint.move_id = False
        line = self._remedy(complaint, {"kind": "allowance", "percent": 10}, submit=False).line_ids
        self.assertEqual((line.move_id, line.amount), (sold.invoice_lines.move_id, 100))
