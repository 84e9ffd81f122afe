"""Somebody else's addon (tests/addons/customer_test) builds on our engines without touching our code."""

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestAnotherAddon(TransactionCase):
    def test_it_adds_a_metric(self):
        partner = self.env["res.partner"].create({"name": "Twelve chars", "customer_rank": 1})
        found = self.env["customer.metric"]._evaluate(["name_length"], fields.Date.today(), partners=partner)
        self.assertEqual(found[partner.id]["name_length"], 12)

    def test_it_adds_a_source_and_a_metric_to_assessments(self):
        partner = self.env["res.partner"].create({"name": "Ouagadougou", "customer_rank": 1})
        template = self.env["customer.assessment.template"].create(
            {
                "name": "Names",
                "kind": "franchise",
                "criterion_ids": [
                    Command.create({"name": "Vowels", "source": "vowels", "ceiling": 10}),
                    Command.create(
                        {"metric_id": self.env.ref("customer_test.metric_name_length").id, "ceiling": 22}
                    ),
                ],
            }
        )
        assessment = self.env["customer.assessment"].create(
            {"template_id": template.id, "partner_id": partner.id}
        )
        self.assertEqual(assessment.line_ids.mapped("value"), [8, 11])
        self.assertEqual(assessment.line_ids.mapped("answer"), ["8", "11"])
        self.assertEqual(assessment.score, 65)
        assessment.action_finish()
        self.assertEqual((assessment.state, assessment.kind), ("done", "franchise"))

    def test_it_adds_a_setting_and_a_policy_that_reads_it(self):
        policy = self.env.ref("customer_test.policy_tea")
        self.assertIn("gets 5 grams of tea", policy.text)
        self.env["ir.config_parameter"].set_param("customer_test.tea_grams", "7")
        policy.invalidate_recordset()
        self.assertIn("gets 7 grams of tea", policy.text)
        version = self.env["customer.policy.version"].create({"policy_id": policy.id})
        version.action_submit()
        self.assertIn(version.approval_state, ("pending", "approved"))
        self.assertIn("gets 7 grams of tea", version.body)
