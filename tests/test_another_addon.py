"""Somebody else's addon (tests/addons/customer_test) builds on our engines without touching our code."""

from odoo import fields
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestAnotherAddon(TransactionCase):
    def test_it_adds_a_metric(self):
        partner = self.env["res.partner"].create({"name": "Twelve chars", "customer_rank": 1})
        found = self.env["customer.metric"]._evaluate(["name_length"], fields.Date.today(), partners=partner)
        self.assertEqual(found[partner.id]["name_length"], 12)
