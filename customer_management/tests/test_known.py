from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import UnknownTileError
from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestWhatWeKnow(CustomerCase):
    def tile(self, key, user=None):
        partner = self.customer.with_user(user) if user else self.customer
        partner.invalidate_recordset(["customer_known"])
        return {tile["key"]: tile for tile in partner.customer_known["tiles"]}[key]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._make_customer("Known")
        cls.today = fields.Date.today()

    def test_the_months_add_up_to_the_net_sales_of_the_year(self):
        for months, amount in ((0, 100), (3, 250), (11, 40), (13, 999)):
            self._invoice(self.customer, amount, self.today - relativedelta(months=months))
        tile = self.tile("revenue")
        self.assertEqual(sum(tile["months"]), 390)
        self.assertEqual(len(tile["months"]), 12)
        self.assertEqual(tile["months"][-1], 100)

    def test_months_that_end_on_the_last_day_neither_overlap_nor_leave_a_gap(self):
        scope = self.env["customer.metric"]._scope("2024-03-31")
        months = scope.by_month
        self.assertEqual((months[0].date_from, months[-1].date_to), (scope.date_from, scope.date_to))
        for before, after in zip(months, months[1:], strict=False):
            self.assertEqual(before.date_to + timedelta(days=1), after.date_from)

    def test_the_next_visit_is_the_next_meeting_with_anybody_of_the_customer(self):
        buyer = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        self.assertEqual(self.tile("visit")["value"], "None planned")
        now = fields.Datetime.now()
        for name, days in (("Later", 9), ("Soon", 2), ("Past", -2)):
            start = now + timedelta(days=days)
            self.env["calendar.event"].create(
                {
                    "name": name,
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "partner_ids": [(6, 0, buyer.ids)],
                }
            )
        self.assertEqual(self.tile("visit")["note"], "Soon")

    def test_measures_that_are_overdue_are_said_in_red(self):
        kind = self.env.ref("customer_management.plan_kind_problem")
        values = {"kind_id": kind.id, "partner_id": self.customer.id, "line_ids": [(5,)]}
        plan = self.env["customer.plan"].create(values)
        self.assertEqual(self.tile("open_points")["value"], "0", "a draft is not agreed yet")
        due = self.today - timedelta(days=3)
        plan.line_ids.create(
            {"plan_id": plan.id, "measure": "Call", "user_id": self.env.uid, "date_due": due}
        )
        plan.action_start()
        tile = self.tile("open_points")
        self.assertEqual((tile["value"], tile["note"], tile["tone"]), ("1", "1 overdue", "danger"))
        action = self.customer.action_open_known("open_points")
        self.assertEqual(self.env["customer.plan.line"].search(action["domain"]), plan.line_ids)

    def test_each_tile_opens_its_documents(self):
        invoice = self._invoice(self.customer, 100, self.today)
        action = self.customer.action_open_known("revenue")
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), invoice)
        for tile in self.customer.customer_known["tiles"]:
            self.assertIn("res_model", self.customer.action_open_known(tile["key"]))

    def test_what_is_no_tile_opens_nothing(self):
        for key in ("nothing", "", None, ["grade"], "__class__"):
            with self.assertRaises(UnknownTileError):
                self.customer.action_open_known(key)

    def test_a_contact_and_a_partner_that_never_bought_have_no_panel(self):
        person = self.env["res.partner"].create({"name": "Person", "parent_id": self.customer.id})
        supplier = self.env["res.partner"].create({"name": "Supplier"})
        self.assertFalse(person.customer_known)
        self.assertFalse(supplier.customer_known)

    def test_a_salesperson_sees_it_and_someone_of_another_trade_does_not(self):
        self._make_people()
        self.customer.user_id = self.seller
        self.assertEqual(self.tile("grade", self.seller)["value"], "–")
        with self.assertRaises(AccessError):
            self.tile("grade", self.outsider)
