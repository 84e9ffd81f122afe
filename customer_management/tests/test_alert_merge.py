from odoo import fields
from odoo.tests import tagged

from .alert_common import AlertCase


@tagged("post_install", "-at_install")
class TestMergedCustomers(AlertCase):
    """When two customers turn out to be one, their alerts and plans become those of the one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._make_rule()
        cls.double = cls._make_customer("Anna (again)")
        for customer, day in ((cls.anna, "2024-12-20"), (cls.double, "2024-12-10")):
            cls._invoice(customer, 10, day)

    def _merge(self):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.anna | self.double).ids, self.anna)
        self.env.invalidate_all()

    def test_one_alert_stays_open_and_the_history_of_both_is_kept(self):
        self._invoice(self.double, -10, "2024-12-15")
        old = self._make_rule("Old", cure_days=0)
        self._evaluate("2024-12-14")
        self._evaluate("2024-12-31")
        old.active = False
        self._evaluate("2024-12-31")
        count = len(self._alerts())
        self._merge()
        self.assertEqual(len(self._alerts()), count)
        self.assertEqual(self._alerts().partner_id, self.anna)
        kept = self._alerts("open", rule_id=self.rule.id)
        self.assertEqual(kept.first_seen, fields.Date.to_date("2024-12-14"))
        self.assertEqual(kept.user_id, self.seller)
        self.assertTrue(self._alerts(close_reason="merged"))

    def test_three_alerts_become_one(self):
        third = self._make_customer("Anna (once more)")
        self._invoice(third, 10, "2024-12-11")
        self._evaluate("2024-12-31")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.anna | self.double | third).ids, self.anna)
        self.env.invalidate_all()
        self.assertEqual(sorted(self._alerts().mapped("state")), ["closed", "closed", "open"])

    def test_the_running_plan_goes_on_with_the_measures_of_both(self):
        first, second = self._make_plan(measures=("Call",)), self._make_plan(self.double, measures=("Visit",))
        second.action_start()
        self._merge()
        self.assertEqual((first | second).partner_id, self.anna)
        self.assertEqual(first.state, "cancelled")
        self.assertEqual(second.state, "running")
        self.assertEqual(set(second.line_ids.mapped("measure")), {"Call", "Visit"})

    def test_a_customer_without_documents_can_go_with_its_alerts(self):
        rule = self._rule("rumours")
        boris = self._make_customer("Boris")
        self.env["customer.alert"]._report(rule, boris, "Heard it.", fields.Date.today(), self.company)
        boris.unlink()
        self.assertFalse(self._alerts(rule_id=rule.id))
