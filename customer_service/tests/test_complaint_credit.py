from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.customer_credit.exceptions import DisputeStateError

from ..exceptions import ComplaintStepError, RemedyAmountError, RemedyStepError
from .remedy_case import RemedyCase


@tagged("post_install", "-at_install")
class TestComplaintCredit(RemedyCase):
    """From the complaint to the posted credit note: disputes, exposure and ledger."""

    def _exposure(self):
        engine = self.env["customer.credit.exposure"]
        return engine._exposure_of(self.env.company, self.anna)[self.anna.id]["total"]

    def test_from_the_complaint_to_the_posted_credit_note(self):
        self.env.company.customer_credit_disputed = "out"
        sold = self._sold()
        invoice = sold.invoice_lines.move_id
        before = self._exposure()
        complaint = self._complaint(order_id=sold.order_id.id, move_id=invoice.id, claim_amount=300)
        for step in ("action_acknowledge", "action_confirm"):
            getattr(complaint.with_user(self.agent), step)()
        self._take(complaint, "agree")
        dispute = complaint.dispute_ids
        self.assertEqual((dispute.move_id, dispute.amount, dispute.origin), (invoice, 300, complaint.name))
        self.assertEqual(dispute._dispute_source(), complaint)
        self.assertEqual(invoice._customer_dunning_paused(), invoice)
        self.assertEqual(self._exposure(), before, "recognised by a controller only")
        dispute.action_recognise()
        self.assertEqual(self._exposure(), before - 300)
        remedy = self._done(complaint, {"kind": "allowance", "percent": 20, "move_id": invoice.id})
        credit = remedy.line_ids.credit_move_id
        self.assertEqual((credit.state, credit.amount_total, dispute.credit_move_id), ("draft", 200, credit))
        with self.assertRaisesRegex(ComplaintStepError, "posted"):
            complaint.action_carried_out()
        credit.action_post()
        self.assertEqual((remedy.state, dispute.state, dispute.outcome), ("done", "settled", "credit"))
        self.assertEqual((invoice.amount_residual, self._exposure()), (800, before - 200))
        self.assertFalse(invoice._customer_dunning_paused())
        self.assertEqual(sold.qty_invoiced, 10, "an allowance takes nothing back from the order")
        complaint.action_carried_out()
        self.assertEqual(complaint._complaint_costs(), {complaint.id: 200})

    def test_to_the_cent_with_taxes_and_several_lines(self):
        tax = self.env["account.tax"].create({"name": "13", "amount": 13, "amount_type": "percent"})
        for amount in (0.01, 33.33, 100.05, 777.77):
            invoice = self._invoice(3.33, self.today)
            invoice.button_draft()
            invoice.invoice_line_ids = [
                Command.create({"name": name, "price_unit": price, "tax_ids": [Command.set(tax.ids)]})
                for name, price in (("One", 333.33), ("Two", 666.67))
            ]
            invoice.action_post()
            complaint = self._take(self._complaint(move_id=invoice.id), "agree")
            remedy = self._done(complaint, {"kind": "refund", "amount": amount, "move_id": invoice.id})
            credit = remedy.line_ids.credit_move_id
            credit.action_post()
            with self.subTest(amount=amount):
                ledger = sum(
                    credit.line_ids.filtered(lambda line: line.account_type == "asset_receivable").mapped(
                        "balance"
                    )
                )
                self.assertEqual((credit.amount_total, ledger), (amount, -amount))
                self.assertAlmostEqual(invoice.amount_total - invoice.amount_residual, amount, 2)

    def test_to_the_cent_where_prices_include_taxes(self):
        tax = self.env["account.tax"].create(
            {"name": "In", "amount": 13, "amount_type": "percent", "price_include_override": "tax_included"}
        )
        sold = self._sold(7, price=99.99, taxes=tax.ids)
        complaint = self._about(sold)
        remedy = self._done(
            complaint,
            self._line(complaint, "return", 3),
            {"kind": "refund", "amount": 7.77, "move_id": sold.invoice_lines.move_id.id},
        )
        credit = remedy.line_ids.credit_move_id
        self.assertEqual((len(credit), credit.amount_total), (1, 307.74))
        credit.action_post()
        self.assertEqual(sold.qty_invoiced, 4, "what comes back is taken off the order")

    def test_the_slip_and_the_policy_say_what_is_agreed(self):
        sold = self._sold()
        invoice = sold.invoice_lines.move_id
        remedy = self._remedy(
            self._about(sold), {"kind": "allowance", "percent": 12.5, "move_id": invoice.id}
        )
        reports = self.env["ir.actions.report"].with_user(self.agent)
        html = reports._render_qweb_html("customer_service.complaint_slip_report", remedy.ids)[0].decode()
        for word in (remedy.name, "12.5", "125.00", invoice.name, "Anna Ltd"):
            self.assertIn(word, html)
        settings = self.env["customer.policy.setting"]
        authority = str(settings._setting_complaint_remedy_authority(self.env.company))
        self.assertRegex(authority, "1,000.00(.|\n)*10,000.00(.|\n)*50,000.00")
        self.assertIn("points", settings._setting_complaint_penalty_mode(self.env.company))
        self.assertIn("400.00", str(settings._setting_complaint_penalty_table(self.env.company)))

    def test_a_paid_invoice_is_refunded_without_a_dispute(self):
        sold = self._sold()
        invoice = sold.invoice_lines.move_id
        self._pay(invoice, 1000, self.today)
        complaint = self._about(sold, claim_amount=300)
        self.assertFalse(complaint.dispute_ids)
        remedy = self._done(complaint, {"kind": "refund", "amount": 300, "move_id": invoice.id})
        remedy.line_ids.credit_move_id.action_post()
        self.assertEqual((remedy.state, remedy.line_ids.credit_move_id.amount_residual), ("done", 300))

    def test_no_invoice_is_credited_more_than_it_was(self):
        sold = self._sold()
        invoice = sold.invoice_lines.move_id
        first = self._about(sold)
        self._done(first, {"kind": "refund", "amount": 700, "move_id": invoice.id})
        second = self._about(sold)
        with self.assertRaisesRegex(RemedyAmountError, "300.00"):
            self._remedy(second, {"kind": "refund", "amount": 300.01, "move_id": invoice.id})
        waiting = self._remedy(second, {"kind": "refund", "amount": 300, "move_id": invoice.id})
        third = self._about(sold)
        with self.assertRaises(RemedyAmountError):
            self._remedy(third, {"kind": "refund", "amount": 0.01, "move_id": invoice.id})
        waiting.action_void()
        self._remedy(third, {"kind": "refund", "amount": 300, "move_id": invoice.id})

    def test_the_credit_note_gives_no_more_than_was_approved(self):
        sold = self._sold()
        remedy = self._done(
            self._about(sold), {"kind": "refund", "amount": 100, "move_id": sold.invoice_lines.move_id.id}
        )
        credit = remedy.line_ids.credit_move_id
        credit.invoice_line_ids.price_unit = 101
        with self.assertRaisesRegex(RemedyAmountError, "more than was approved"):
            credit.action_post()

    def test_a_cancelled_credit_note_takes_the_remedy_back_and_is_made_anew(self):
        sold = self._sold()
        complaint = self._about(sold)
        remedy = self._done(
            complaint, {"kind": "refund", "amount": 100, "move_id": sold.invoice_lines.move_id.id}
        )
        credit = remedy.line_ids.credit_move_id
        credit.action_post()
        complaint.action_carried_out()
        credit.button_draft()
        self.assertEqual((remedy.state, complaint.stage), ("running", "carry_out"))
        credit.button_cancel()
        remedy.action_carry_out()
        self.assertNotEqual(remedy.line_ids.credit_move_id, credit)
        remedy.line_ids.credit_move_id.action_post()
        self.assertEqual(remedy.state, "done")

    def test_void_cancels_the_draft_and_refuses_what_is_posted(self):
        sold = self._sold()
        complaint = self._about(sold)
        values = {"kind": "refund", "amount": 100, "move_id": sold.invoice_lines.move_id.id}
        first = self._done(complaint, values)
        first.action_void()
        self.assertEqual((first.state, first.line_ids.credit_move_id.state), ("void", "cancel"))
        second = self._done(
            complaint, values, {"kind": "redelivery", **self._line(complaint, "redelivery", 1)}
        )
        second.line_ids[0].credit_move_id.action_post()
        with self.assertRaises(RemedyStepError):
            second.action_void()

    def test_another_currency_counts_in_company_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"name": "2020-01-01", "currency_id": euro.id, "rate": 0.5, "company_id": self.env.company.id}
        )
        invoice = self._invoice(1000, self.today, currency_id=euro.id)
        complaint = self._take(self._complaint(move_id=invoice.id), "agree")
        remedy = self._remedy(complaint, {"kind": "allowance", "percent": 60, "move_id": invoice.id})
        self.assertEqual((remedy.line_ids.currency_id, remedy.line_ids.amount), (euro, 600))
        self.assertEqual((remedy.amount_company, remedy.state), (1200, "pending"))
        remedy.with_user(self.boss).action_approve()
        remedy.action_accept()
        complaint.action_agree()
        remedy.action_carry_out()
        credit = remedy.line_ids.credit_move_id
        self.assertEqual((credit.currency_id, credit.amount_total), (euro, 600))
        credit.action_post()
        self.assertAlmostEqual(complaint.cost_credit, 1200)

    def test_a_compensation_without_an_invoice_goes_to_its_account(self):
        account = self.company_data["default_account_expense"]
        self.env.company.customer_complaint_account_id = account
        complaint = self._take(self._complaint(), "agree")
        remedy = self._done(complaint, {"kind": "refund", "amount": 250, "move_id": False})
        credit = remedy.line_ids.credit_move_id
        self.assertEqual((credit.invoice_line_ids.account_id, credit.amount_total), (account, 250))

    # Disputes with the complaint

    def test_rejecting_ends_the_dispute_and_reopening_takes_it_up_again(self):
        sold = self._sold()
        complaint = self._about(sold, claim_amount=300)
        dispute = complaint.dispute_ids
        complaint.with_user(self.boss)._reject("Used wrongly")
        self.assertEqual((dispute.state, dispute.outcome), ("settled", "rejected"))
        self._pay(sold.invoice_lines.move_id, 900, self.today)
        complaint._reopen("New facts")
        self.assertEqual((dispute.state, dispute.amount), ("work", 100), "only 100 is open by now")
        complaint._withdraw("Never mind")
        self.assertEqual((dispute.state, dispute.outcome), ("settled", "withdrawn"))

    def test_by_hand_where_the_company_wants_it_so(self):
        self.env.company.customer_complaint_dispute = "hand"
        complaint = self._about(self._sold())
        self.assertFalse(complaint.dispute_ids)
        complaint.with_user(self.agent).action_dispute()
        self.assertEqual(complaint.dispute_ids.amount, 1000, "without a claim the worth of the goods")
        complaint._remedy_lock()
        with self.assertRaises(DisputeStateError):
            complaint.dispute_ids.with_user(self.agent).write({"state": "settled"})
