from odoo.tests import tagged

from odoo.addons.customer_management.tools.living_text import placeholders

from .credit_case import CreditCase

CODES = ["4.1", "4.2", "4.3", "4.4", "4.5", "4.6"]


@tagged("post_install", "-at_install")
class TestCreditPolicies(CreditCase):
    def _policies(self):
        return self.env["customer.policy"].search([("code", "in", CODES)], order="code")

    def test_all_six_are_written_with_checks_and_leave_no_code_open(self):
        policies = self._policies()
        self.assertEqual(policies.mapped("code"), CODES)
        for policy in policies:
            self.assertTrue(policy.check_ids and policy.purpose, policy.code)
            self.assertGreater(policy.body.count("Article"), 10)
            self.assertFalse(placeholders(policy._render_body()), policy.code)
            self.assertTrue(all(check.action_open() for check in policy.check_ids), policy.code)

    def test_the_text_says_what_the_settings_say(self):
        policy = self._policies()[0]
        company = self.env.company
        self.assertIn("Retention of title", policy._render_body(company))
        company.customer_credit_cover_days = 47
        self.assertIn("told 47 days before", policy._render_body(company))
        self.assertNotIn("counts when due within", policy._render_body(company))
        company.customer_credit_horizon = 21
        self.assertIn("counts when due within 21 days", policy._render_body(company))
        company.customer_credit_orders = False
        self.assertNotIn("21 days", policy._render_body(company))

    def test_reasons_of_disputes_name_their_department_and_days(self):
        self.env.company.customer_credit_dispute_days = 12
        self.env.ref("customer_credit.dispute_reason_d06").days = 3
        table = self.env.ref("customer_credit.policy_setting_credit_dispute_reasons").value
        self.assertIn("12 working days", table)
        self.assertRegex(table, "Tax invoice missing or wrong</td><td>Finance</td><td>3 working days")
