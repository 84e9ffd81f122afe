from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import CreditHoldError
from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestScope(CreditCase):
    """Companies, imports, many at a time, and what it costs."""

    def _import(self, order, quantity):
        names = ["id", "order_line/product_id/.id", "order_line/product_uom_qty", "state"]
        rows = [[f"__import__.{order}", str(self.service.id), str(quantity), "sale"]]
        names.insert(1, "partner_id/.id")
        rows[0].insert(1, str(self.anna.id))
        return self.env["sale.order"].load(names, rows)

    def test_an_import_of_confirmed_orders_does_not_pass_the_limit(self):
        self._account(limit=1000)
        self.service.taxes_id = False
        self.assertTrue(self._import("credit_fits", 10)["ids"])
        answer = self._import("credit_too_much", 12)
        self.assertFalse(answer["ids"])
        self.assertIn("100.00 too much", answer["messages"][0]["message"])

    def test_the_limit_of_a_company_says_nothing_about_another(self):
        self._account(limit=100)
        other = self.setup_other_company()["company"]
        self.env.user.company_ids += other
        order = (
            self.env["sale.order"]
            .with_company(other)
            .create(
                {
                    "partner_id": self.anna.id,
                    "company_id": other.id,
                    "order_line": [
                        Command.create(
                            {"product_id": self.service.id, "product_uom_qty": 9, "tax_ids": False}
                        )
                    ],
                }
            )
        )
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertEqual(self._order((self.service, 9)).state, "draft")

    def test_a_batch_costs_as_many_questions_as_one_order(self):
        partners = self.env["res.partner"].create([{"name": f"Payer {number}"} for number in range(40)])
        for partner in partners:
            self._account(partner, limit=1000)
        engine = self.env["customer.credit.engine"]
        counts = []
        for some in (partners[:4], partners):
            orders = self.env["sale.order"].union(
                *(self._quotation((self.service, 2), partner=partner) for partner in some)
            )
            engine._decide(orders, "order", binding=False)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            cases = engine._decide(orders, "order")
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual({case.result for case in cases.values()}, {"passed"})
        self.assertLessEqual(counts[1], counts[0])

    def test_a_decision_about_one_order_costs_five_statements(self):
        self._account(limit=1000)
        self._order((self.service, 1))
        order = self._quotation((self.service, 1))
        self.env.flush_all()
        self.env.invalidate_all()
        order.read(["state", "company_id", "partner_invoice_id", "name", "team_id"])
        self.env.company.read(["customer_credit_orders", "currency_id", "root_id"])
        before = self.cr.sql_log_count
        self.env["customer.credit.engine"]._decide(order, "order")
        self.env.flush_all()
        self.assertLessEqual(self.cr.sql_log_count - before, 5)

    def test_huge_and_wrong_amounts_are_told_and_nothing_is_kept(self):
        account = self._account(limit=1000)
        order = self._quotation((self.service, 10))
        order.order_line.price_unit = 10**12
        order.action_confirm()
        self.assertEqual(order.credit_state, "held")
        order.order_line.price_unit = -5
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        with self.assertRaises(CreditHoldError), self.env.cr.savepoint():
            order.order_line.price_unit = 10**9
        self.assertEqual(account._exposure()["total"], -50)
