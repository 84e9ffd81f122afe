from datetime import timedelta

from odoo.tests import new_test_user, tagged

from .common import AgingCase

USER = "customer_management.group_customer_user"


@tagged("post_install", "-at_install")
class TestWhatItOwes(AgingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._person("clerk", "customer_credit.group_credit_user")

    @classmethod
    def _person(cls, name, *groups):
        company = {"company_id": cls.env.company.id, "company_ids": cls.env.company.ids}
        return new_test_user(cls.env, f"cm_tile_{name}", ",".join((USER, *groups)), **company)

    def _tile(self, user=None):
        self.anna.customer_rank = 1
        partner = self.anna.with_user(user or self.clerk)
        partner.invalidate_recordset(["customer_known"])
        return {tile["key"]: tile for tile in partner.customer_known["tiles"]}.get("receivable")

    def test_what_is_past_due_is_said_first(self):
        self._invoice(100, self.today - timedelta(days=5))
        self._invoice(40, self.today, invoice_date_due=self.today + timedelta(days=30))
        tile = self._tile()
        self.assertEqual((tile["value"], tile["tone"]), ("$\xa0140.00", "danger"))
        self.assertIn("100.00", tile["note"])

    def test_who_owes_nothing_in_time_is_fine(self):
        self._invoice(40, self.today, invoice_date_due=self.today + timedelta(days=30))
        self.assertEqual(self._tile()["tone"], "good")

    def test_it_opens_the_open_items(self):
        self._invoice(100, self.today)
        self.assertEqual(
            self.anna.with_user(self.clerk).action_open_known("receivable")["res_model"],
            "customer.aging.line",
        )

    def test_a_salesperson_without_the_right_to_see_receivables_has_no_such_tile(self):
        self._invoice(100, self.today)
        self.assertFalse(self._tile(self._person("seller")))
        self.assertTrue(self._tile(self.clerk))
