from psycopg2 import IntegrityError

from odoo.fields import Command, Date
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..exceptions import DisputeAmountError, DisputeStateError
from .credit_case import CreditCase


class DisputeCase(CreditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref("customer_credit.dispute_reason_d01")
        cls.invoice = cls._invoice(1000, cls.today)

    @classmethod
    def _dispute(cls, amount=100, invoice=None, **values):
        """Return a dispute about a part of an invoice."""
        return cls.env["customer.dispute"].create(
            {
                "move_id": (invoice or cls.invoice).id,
                "amount": amount,
                "reason_id": cls.reason.id,
                **values,
            }
        )

    def _exposure(self, partner=None):
        partner = partner or self.anna
        return self.env["customer.credit.exposure"]._exposure_of(self.env.company, partner)[partner.id]


@tagged("post_install", "-at_install")
class TestDispute(DisputeCase):
    def test_a_dispute_begins_open_with_owner_department_deadline_and_activity(self):
        seller = new_test_user(self.env, "seller", "customer_management.group_customer_user")
        self.anna.user_id = seller
        dispute = self._dispute()
        self.assertEqual((dispute.state, dispute.partner_id), ("open", self.anna))
        self.assertEqual((dispute.department, dispute.user_id), ("sales", seller))
        self.assertGreaterEqual((dispute.deadline - self.today).days, 12)
        self.assertLessEqual((dispute.deadline - self.today).days, 16)
        self.assertEqual(dispute.activity_ids.user_id, seller)
        self.assertEqual(dispute.activity_ids.date_deadline, dispute.deadline)
        self.assertRegex(dispute.name, "^DSP")

    def test_the_activity_follows_owner_and_deadline(self):
        dispute = self._dispute()
        dispute.write({"user_id": self.env.user.id, "deadline": "2030-01-01"})
        activity = dispute.activity_ids
        self.assertEqual((len(activity), activity.user_id), (1, self.env.user))
        self.assertEqual(activity.date_deadline, Date.to_date("2030-01-01"))
        dispute._settle("withdrawn")
        self.assertFalse(dispute.activity_ids)

    def test_together_never_more_than_is_open_on_the_invoice(self):
        self._dispute(600)
        self._dispute(400)
        with self.assertRaisesRegex(DisputeAmountError, "0.01"):
            self._dispute(0.01)
        with self.assertRaises(DisputeAmountError):
            self.invoice.customer_dispute_ids[0].amount = 601

    def test_what_is_paid_cannot_be_disputed_any_more(self):
        self._pay(self.invoice, 700, self.today)
        with self.assertRaises(DisputeAmountError):
            self._dispute(301)
        self._dispute(300)

    def test_settled_disputes_make_room(self):
        dispute = self._dispute(1000)
        dispute._settle("withdrawn")
        self._dispute(1000)
        with self.assertRaises(DisputeAmountError):
            dispute.action_reopen()

    def test_hostile_amounts_and_documents_are_refused(self):
        for amount in (0, -5):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self._dispute(amount)
        draft = self.env["account.move"].create(self._invoice_values(100, self.today))
        bill = self._invoice(50, self.today, kind="in_invoice")
        for move in (draft, bill, self._credit_note(100, self.today), self._entry(70, self.today, self.anna)):
            with self.assertRaises(DisputeAmountError):
                self._dispute(10, move)
        other = self._invoice(50, self.today)
        with self.assertRaises(DisputeAmountError):
            self._dispute(10, line_id=other.invoice_line_ids.id)

    def test_rejecting_needs_a_reason_and_can_be_taken_up_again(self):
        dispute = self._dispute()
        dispute.action_start()
        with self.assertRaises(DisputeStateError):
            dispute._settle("rejected", "  ")
        dispute._settle("rejected", "The contract says so.")
        self.assertEqual((dispute.state, dispute.outcome), ("settled", "rejected"))
        self.assertEqual((dispute.settled_on, dispute.settled_by_id), (self.today, self.env.user))
        dispute.action_reopen()
        self.assertEqual((dispute.state, dispute.outcome, len(dispute.activity_ids)), ("work", False, 1))

    def test_a_settled_dispute_stays_as_it_is(self):
        dispute = self._dispute()
        dispute._settle("withdrawn")
        for values in ({"amount": 1}, {"reason_id": self.reason.id}, {"move_id": self.invoice.id}):
            with self.assertRaises(DisputeStateError):
                dispute.write(values)
        with self.assertRaises(DisputeStateError):
            dispute.unlink()
        with self.assertRaises(DisputeStateError):
            dispute._settle("rejected", "No")

    def test_the_state_is_not_written_by_hand_on_any_road(self):
        dispute = self._dispute()
        for values in ({"state": "settled"}, {"outcome": "rejected"}, {"credit_move_id": self.invoice.id}):
            with self.assertRaises(DisputeStateError):
                dispute.write(values)
            with self.assertRaises(DisputeStateError):
                self._dispute(1, **values)
        tricked = self.env["customer.dispute"].with_context(
            default_state="settled", default_outcome="rejected", default_settled_on="2020-01-01"
        )
        born = tricked.create({"move_id": self.invoice.id, "amount": 1, "reason_id": self.reason.id})
        self.assertEqual((born.state, born.outcome, born.settled_on), ("open", False, False))

    def test_overdue_is_marked_and_found(self):
        late, other = self._dispute(1), self._dispute(2)
        late.deadline = "2020-01-01"
        found = self.env["customer.dispute"].search([("is_overdue", "=", True)])
        self.assertEqual((late in found, other in found, late.is_overdue), (True, False, True))
        late._settle("withdrawn")
        self.assertFalse(late.is_overdue)

    def test_invoice_and_customer_show_it(self):
        self._dispute(100)
        self._dispute(50)._settle("withdrawn")
        self.assertEqual((self.invoice.customer_disputed, self.invoice.customer_dispute_count), (100, 2))
        self.assertEqual(self.anna_buyer.customer_dispute_count, 1)
        self.assertEqual(
            self.invoice.action_open_customer_disputes()["domain"], [("move_id", "=", self.invoice.id)]
        )


@tagged("post_install", "-at_install")
class TestCreditNote(DisputeCase):
    def _settle_by_wizard(self, dispute, **values):
        wizard = self.env["customer.dispute.settlement"].create({"dispute_id": dispute.id, **values})
        action = wizard.action_settle()
        return self.env[action["res_model"]].browse(action.get("res_id"))

    def test_a_posted_credit_note_settles_and_frees_the_invoice(self):
        dispute = self._dispute(100)
        credit = self._settle_by_wizard(dispute)
        self.assertEqual(
            (credit.state, credit.amount_total, credit.reversed_entry_id), ("draft", 100, self.invoice)
        )
        self.assertEqual((dispute.state, dispute.credit_move_id), ("work", credit))
        credit.action_post()
        self.assertEqual((dispute.state, dispute.outcome), ("settled", "credit"))
        self.assertEqual(self.invoice.amount_residual, 900)

    def test_an_allowance_is_exact_to_the_cent_with_taxes(self):
        tax = self.tax_sale_a
        lines = [
            Command.create(
                {"name": str(i), "quantity": q, "price_unit": p, "tax_ids": [Command.set(tax.ids)]}
            )
            for i, (q, p) in enumerate([(3, 33.33), (7, 11.17), (1, 0.99)])
        ]
        invoice = self._invoice(0, self.today, invoice_line_ids=lines)
        for amount in (0.01, 17.77, 123.45):
            dispute = self._dispute(amount, invoice)
            credit = dispute._make_credit_note(amount)
            self.assertAlmostEqual(credit.amount_total, amount, 2)
            credit.action_post()
        self.assertAlmostEqual(invoice.amount_residual, invoice.amount_total - 141.23, 2)

    def test_a_dispute_about_a_line_credits_that_line(self):
        lines = [
            Command.create({"name": n, "price_unit": p, "tax_ids": [Command.clear()]})
            for n, p in (("A", 70), ("B", 30))
        ]
        invoice = self._invoice(0, self.today, invoice_line_ids=lines)
        dispute = self._dispute(20, invoice, line_id=invoice.invoice_line_ids[1].id)
        credit = dispute._make_credit_note(20)
        self.assertEqual((credit.amount_total, len(credit.invoice_line_ids)), (20, 1))
        self.assertIn("B", credit.invoice_line_ids.name)

    def test_an_allowance_does_not_take_back_what_the_order_invoiced(self):
        order = self._order((self.goods, 10))
        self._ship(order, 10)
        invoice = order._create_invoices()
        invoice.invoice_date = self.today
        invoice.action_post()
        self._dispute(100, invoice)._make_credit_note(100).action_post()
        self.assertEqual(order.order_line.qty_invoiced, 10)
        self.assertEqual(self._exposure()["delivered"], 0)

    def test_less_than_disputed_may_be_credited_but_not_more_than_open(self):
        dispute = self._dispute(100)
        for amount in (0, -1, 1000.01):
            with self.assertRaises(DisputeAmountError):
                dispute._make_credit_note(amount)
        dispute._make_credit_note(40).action_post()
        self.assertEqual((dispute.state, self.invoice.amount_residual), ("settled", 960))
        with self.assertRaises(DisputeStateError):
            dispute.action_reopen()

    def test_a_deleted_draft_leaves_the_dispute_in_work(self):
        dispute = self._dispute(100)
        credit = dispute._make_credit_note(100)
        with self.assertRaises(DisputeStateError):
            dispute._make_credit_note(100)
        credit.unlink()
        self.assertEqual((dispute.state, dispute.credit_move_id.id), ("work", False))
        dispute._make_credit_note(100)

    def test_the_form_asks_and_shows(self):
        with Form(self.env["customer.dispute"].with_context(default_move_id=self.invoice.id)) as form:
            form.amount = 10
            form.reason_id = self.reason
        self.assertEqual(form.record.amount, 10)


@tagged("post_install", "-at_install")
class TestDisputedExposure(DisputeCase):
    def test_disputed_counts_unless_the_company_leaves_it_out(self):
        dispute = self._dispute(300)
        self.assertEqual((self._exposure()["total"], self._exposure()["disputed"]), (1000, 0))
        self.env.company.customer_credit_disputed = "out"
        self.assertEqual((self._exposure()["total"], self._exposure()["disputed"]), (700, -300))
        dispute._settle("rejected", "No")
        self.assertEqual(self._exposure()["total"], 1000)

    def test_no_more_is_left_out_than_is_open(self):
        self.env.company.customer_credit_disputed = "out"
        self._dispute(1000)
        self._pay(self.invoice, 900, self.today)
        self.assertEqual(self._exposure()["total"], 0)
        self._pay(self.invoice, 100, self.today)
        self.assertEqual(self._exposure()["total"], 0)

    def test_in_another_currency_it_leaves_at_the_rate_of_the_invoice(self):
        other = self.setup_other_currency("EUR", rates=[("2020-01-01", 2.0)])
        invoice = self._invoice(500, self.today, self.boris, currency_id=other.id)
        self.env.company.customer_credit_disputed = "out"
        dispute = self._dispute(100, invoice)
        self.assertEqual(dispute.amount_company, 50)
        self.assertEqual(
            (self._exposure(self.boris)["disputed"], self._exposure(self.boris)["total"]), (-50, 200)
        )
