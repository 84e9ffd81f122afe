"""Somebody else's addon brings a metric and an alert rule on it; ours evaluates both."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestAnotherAddonsAlert(TransactionCase):
    def test_its_rule_fires_on_its_own_metric(self):
        names = ("x" * 60, "x" * 61)
        short, long = self.env["res.partner"].create([{"name": name, "customer_rank": 1} for name in names])
        rule = self.env.ref("customer_test.alert_rule_long_name")
        self.env["customer.alert.rule"]._evaluate_all(self.env.company)
        alerts = self.env["customer.alert"].sudo().search([("rule_id", "=", rule.id)])
        self.assertIn(long, alerts.partner_id)
        self.assertNotIn(short, alerts.partner_id)
        found = alerts.filtered(lambda alert: alert.partner_id == long)
        self.assertRecordValues(found, [{"value": 61, "threshold": 60, "points": 7}])
        self.assertIn("61", found.evidence)
