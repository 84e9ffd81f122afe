from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..exceptions import DisputeStateError
from .test_dispute import DisputeCase


@tagged("post_install", "-at_install")
class TestDisputeAccess(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        here = {"company_id": cls.env.company.id, "company_ids": [Command.set(cls.env.company.ids)]}
        cls.seller = new_test_user(cls.env, "seller", "customer_management.group_customer_user", **here)
        cls.other = new_test_user(cls.env, "other", "customer_management.group_customer_user", **here)
        cls.clerk = new_test_user(cls.env, "clerk", "customer_credit.group_credit_user", **here)
        cls.biller = new_test_user(cls.env, "biller", "account.group_account_invoice", **here)
        cls.anna.user_id = cls.seller
        cls.invoice.invoice_user_id = cls.seller

    def _as(self, user, **values):
        disputes = self.env["customer.dispute"].with_user(user)
        return disputes.create(
            {"move_id": self.invoice.id, "amount": 10, "reason_id": self.reason.id, **values}
        )

    def test_salespeople_open_and_see_disputes_of_their_own_customers_only(self):
        dispute = self._as(self.seller)
        dispute.action_start()
        self.assertEqual(dispute.with_user(self.clerk).amount, 10)
        with self.assertRaises(AccessError):
            dispute.with_user(self.other).read(["amount"])
        with self.assertRaises(AccessError):
            self._as(self.other)

    def test_salespeople_do_not_free_the_credit_of_their_customers(self):
        self.env.company.customer_credit_disputed = "out"
        engine = self.env["customer.credit.exposure"]

        def total():
            return engine._exposure_of(self.env.company, self.anna)[self.anna.id]["total"]

        dispute = self._as(self.seller, amount=300)
        self.assertEqual((dispute.is_recognised, total()), (False, 1000))
        for step in (dispute.action_recognise, lambda: dispute.write({"is_recognised": True})):
            with self.assertRaises(DisputeStateError):
                step()
        dispute.with_user(self.env.user).action_recognise()
        self.assertEqual(total(), 700)
        dispute.amount = 900
        self.assertEqual((dispute.is_recognised, total()), (False, 1000))

    def test_a_salesperson_cannot_make_the_credit_note(self):
        dispute = self._as(self.seller)
        with self.assertRaises(AccessError):
            dispute._make_credit_note(10)

    def test_accountants_read_and_do_not_change(self):
        dispute = self._as(self.seller)
        there = dispute.with_user(self.biller)
        self.assertEqual(there.amount, 10)
        for step in (
            there.action_start,
            lambda: there._settle("withdrawn"),
            lambda: there.write({"amount": 1}),
        ):
            with self.assertRaises(AccessError):
                step()

    def test_the_invoice_of_another_company_cannot_be_disputed(self):
        other = self.setup_other_company()["company"]
        invoice = self._invoice(100, self.today, company=other)
        for user in (self.clerk, self.seller):
            with self.assertRaises(AccessError):
                self._as(user, move_id=invoice.id)
