"""The road of every order through the host is not burdened by what follows documents of the host."""

import re

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.profiler import Profiler, SQLCollector

from .remedy_case import RemedyCase

OURS = re.compile(r'(?:FROM|INTO|UPDATE|JOIN)\s+"?(customer_\w+)"?')


@tagged("post_install", "-at_install")
class TestHostRoad(RemedyCase):
    def _asked(self, step):
        """Return which of our tables a step reads or writes: ``{table: number of queries}``."""
        self.env.flush_all()
        self.env.invalidate_all()
        collector = SQLCollector()
        with Profiler(collectors=[collector], db=None):
            step()
            self.env.flush_all()
        tables = {}
        for entry in collector.entries:
            for table in set(OURS.findall(entry["full_query"])):
                tables[table] = tables.get(table, 0) + 1
        return tables

    def test_confirming_and_shipping_ask_about_credit_and_dealers_only(self):
        order = self._quotation((self.goods, 3))
        asked = self._asked(order.action_confirm)
        self.assertNotIn("customer_complaint_remedy_line", asked)
        self.assertNotIn("customer_dealer_return", asked)
        asked = self._asked(lambda: self._ship(order, 3))
        self.assertNotIn("customer_complaint_remedy_line", asked)
        self.assertNotIn("customer_dealer_return", asked)

    def test_posting_and_paying_an_invoice_ask_no_table_of_documents_that_cannot_follow_it(self):
        order = self._quotation((self.goods, 3))
        order.action_confirm()
        self._ship(order, 3)
        invoice = order._create_invoices()
        asked = self._asked(invoice.action_post)
        asked_paying = self._asked(
            lambda: (
                self.env["account.payment.register"]
                .with_context(active_model="account.move", active_ids=invoice.ids)
                .create({})
                .action_create_payments()
            )
        )
        for tables in (asked, asked_paying):
            self.assertFalse(
                {
                    "customer_complaint_cost",
                    "customer_complaint_remedy_line",
                    "customer_dealer_deposit",
                    "customer_dealer_rebate_statement",
                    "customer_dealer_return",
                }
                & tables.keys(),
                tables,
            )

    def test_the_cost_of_a_complaint_follows_its_bill(self):
        complaint = self._complaint()
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.boris.id,
                "invoice_date": "2025-01-10",
                "invoice_line_ids": [
                    Command.create({"name": "Freight", "price_unit": 80, "tax_ids": [Command.clear()]})
                ],
            }
        )
        bill.action_post()
        cost = self.env["customer.complaint.cost"].create({"complaint_id": complaint.id, "move_id": bill.id})
        self.assertEqual(cost.amount, 80)
        bill.button_draft()
        bill.invoice_line_ids.price_unit = 95
        bill.action_post()
        self.assertEqual((cost.amount, cost.signed_amount), (95, 95))
