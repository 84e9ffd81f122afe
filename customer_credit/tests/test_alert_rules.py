from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .common import AgingCase

TODAY = date(2024, 12, 31)


@tagged("post_install", "-at_install")
class TestReceivableAlerts(AgingCase):
    """The signs of danger that the ledger shows: each fires on its case, and not on its near miss."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["customer.alert.rule"].sudo()

    def _fires(self, code, day=TODAY):
        rule = self.env.ref(f"customer_credit.alert_rule_{code}").sudo()
        return self.anna.id in rule._try(self.env.company, day).get(rule.id, ())

    def _pay_late(self, late, months_ago, amount=100):
        """Pay an invoice so many days late, on the 15th of a month."""
        paid = TODAY - relativedelta(months=months_ago) - timedelta(days=10)
        self._pay(self._invoice(amount, paid - timedelta(days=late)), amount, paid)

    def _value(self, code, months=6):
        found = self.env["customer.metric"]._evaluate([code], TODAY, months, partners=self.anna)
        value = found.get(self.anna.id, {}).get(code)
        return None if value is None else round(float(value), 2)

    def test_the_slope_of_the_worked_example(self):
        for back, late in enumerate((14, 9, 8, 5, 3, 2)):
            self._pay_late(late, back)
        self.assertEqual(self._value("late_slope"), 2.31)
        self.assertTrue(self._fires("late_growing"))

    def test_months_weigh_the_same_and_settlements_by_amount(self):
        for back, late in enumerate((12, 8, 4)):
            self._pay_late(late, back)
        self._pay_late(24, 0, amount=100)
        self.assertEqual(self._value("late_slope"), 7)

    def test_two_months_are_no_trend(self):
        self._pay_late(20, 0)
        self._pay_late(2, 1)
        self.assertIsNone(self._value("late_slope"))
        self.assertFalse(self._fires("late_growing"))

    def test_payments_that_get_later_are_no_sign_while_they_are_early_enough(self):
        for back, late in enumerate((9, 7, 5, 3, 1)):
            self._pay_late(late, back)
        self.assertEqual(self._value("late_slope"), 2)
        self.assertFalse(self._fires("late_growing"), "9 days late in the last month")

    def test_payments_that_are_late_but_no_later_than_before_are_no_trend(self):
        for back in range(6):
            self._pay_late(20, back)
        self.assertEqual(self._value("late_slope"), 0)
        self.assertFalse(self._fires("late_growing"))

    def test_paying_half_as_late_again_is_slower(self):
        self._pay_late(12, 4)
        self._pay_late(18, 0)
        self.assertFalse(self._fires("payment_slower"))
        self._pay_late(19, 1)
        self.assertTrue(self._fires("payment_slower"))

    def test_an_item_is_overdue_for_60_and_for_90_days(self):
        self._invoice(100, TODAY - timedelta(days=60))
        self.assertFalse(self._fires("overdue_60"))
        self.assertTrue(self._fires("overdue_60", TODAY + timedelta(days=1)))
        self.assertFalse(self._fires("overdue_90", TODAY + timedelta(days=30)))
        self.assertTrue(self._fires("overdue_90", TODAY + timedelta(days=31)))

    def test_who_is_archived_and_still_owes_is_in_danger(self):
        self._invoice(100, TODAY - timedelta(days=100))
        self.anna.active = False
        self.assertTrue(self._fires("overdue_90"))

    def test_growing_while_paying_later_is_overtrading(self):
        self._pay_late(6, 18, amount=100)
        self._pay_late(2, 8, amount=75)
        self._pay_late(5, 0, amount=75)
        self.assertFalse(self._fires("overtrading"), "half more sales, and 5 days late")
        self._pay_late(8, 0, amount=75)
        self.assertTrue(self._fires("overtrading"))

    def test_the_figure_opens_the_open_items(self):
        self._invoice(100, TODAY - timedelta(days=100))
        self.rules._evaluate_all(self.env.company, TODAY)
        domain = [("rule_id.code", "=", "overdue_90"), ("partner_id", "=", self.anna.id)]
        alert = self.env["customer.alert"].sudo().search(domain)
        self.assertTrue(alert.danger)
        self.assertEqual(alert.plan_id.kind_id.code, "endangered")
        action = alert.action_open_documents()
        items = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(items.partner_id, self.anna)
        self.assertEqual(sum(items.mapped("amount_residual")), 100)
