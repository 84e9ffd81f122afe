from odoo.tests import tagged

from .service_case import ServiceCase

CODES = {"8.1", "8.2", "8.3", "8.4", "B10"}


@tagged("post_install", "-at_install")
class TestServicePolicies(ServiceCase):
    """The policies of customer service say what the settings say."""

    def test_they_are_there_and_read_their_settings(self):
        policies = self.env["customer.policy"].search([("code", "in", list(CODES))])
        self.assertEqual(set(policies.mapped("code")), CODES)
        for policy in policies:
            with self.subTest(policy.code):
                text = policy._render_body(self.env.company)
                self.assertNotIn("[[", text)
                self.assertGreater(len(text), 3000, "a text of use, not a summary")

    def test_the_steps_are_those_of_the_complaints(self):
        labels = dict(self.env["customer.complaint"]._fields["stage"]._description_selection(self.env))
        text = self.env["customer.policy"].search([("code", "=", "B10")])._render_body(self.env.company)
        for stage in ("listen", "confirm", "assess", "agree", "carry_out", "follow_up"):
            self.assertIn(labels[stage], text)
