from datetime import datetime, timedelta

from odoo.tests import new_test_user, tagged

from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestSimulation(CreditCase):
    """What rules would have held is what they hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["customer.credit.rule"]
        cls.rules.search([("active", "=", True)]).active = False
        cls.limit_rule = cls.rules.create(
            {"name": "Limit", "kind": "limit", "threshold": 100, "active": False}
        )
        cls.late_rule = cls.rules.create(
            {"name": "Late", "kind": "overdue_days", "threshold": 30, "action": "warn", "active": False}
        )

    def _past(self, quantity, days, partner=None):
        """Return an order that was confirmed so many days ago."""
        order = self._order((self.service, quantity), partner=partner)
        order.date_order = datetime.combine(self.today - timedelta(days=days), datetime.min.time())
        return order

    def _simulate(self, *rules, **values):
        simulation = self.env["customer.credit.simulation"].create(
            {"rule_ids": [(6, 0, [rule.id for rule in rules])], "company_id": self.env.company.id, **values}
        )
        simulation.action_simulate()
        return simulation

    def test_the_order_that_passes_the_limit_would_have_been_held(self):
        self._account(limit=1000)
        first, second, third = (self._past(8, days) for days in (30, 20, 10))
        found = self._simulate(self.limit_rule)
        self.assertEqual((found.order_count, found.held_count, found.held_amount), (3, 1, 400))
        self.assertEqual(found.line_ids.order_id, third)
        self.assertEqual((found.line_ids.exposure, found.line_ids.limit), (800, 1000))
        self.assertIn("200.00 too much", found.line_ids.cause)
        self.assertEqual((first | second | third).mapped("state"), ["sale"] * 3)
        self.assertFalse(self.env["customer.credit.hold"].search([("order_id", "=", third.id)]))

    def test_what_was_paid_by_then_does_not_count_and_what_was_paid_later_does(self):
        self._account(limit=1000)
        invoice = self._invoice(900, self.today - timedelta(days=60))
        self._past(8, 40)
        self._pay(invoice, 900, self.today - timedelta(days=20))
        after = self._past(8, 10)
        found = self._simulate(self.limit_rule)
        self.assertEqual(found.held_count, 1)
        self.assertNotIn(after, found.line_ids.order_id)

    def test_what_was_invoiced_counts_once(self):
        self._account(limit=1000)
        order = self._past(8, 40)
        invoice = order._create_invoices()
        invoice.invoice_date = invoice.date = self.today - timedelta(days=35)
        invoice.action_post()
        self._past(12, 10)
        found = self._simulate(self.limit_rule)
        self.assertEqual((found.order_count, found.held_count), (2, 0))

    def test_the_members_of_a_group_count_together(self):
        group = self._account(limit=1000)
        self._account(self.boris, parent_id=group.id)
        cleo, dana = (self._create_partner(name=name) for name in ("Cleo", "Dana"))
        self._account(cleo, limit=500, parent_id=group.id)
        self._past(8, 40)
        self._past(8, 30, self.boris)
        self._invoice(100, self.today - timedelta(days=29), cleo)
        # Nothing of those who are not of the group, and nothing that came later.
        self._invoice(9000, self.today - timedelta(days=60), dana)
        third = self._past(4, 20, self.boris)
        own = self._past(9, 10, cleo)
        found = self._simulate(self.limit_rule)
        self.assertEqual(found.line_ids.order_id, third | own)
        by_order = {line.order_id: (line.exposure, line.limit) for line in found.line_ids}
        # The group had 400, 400 and 100; then 200 more.
        self.assertEqual(by_order, {third: (900, 1000), own: (1100, 1000)})

    def test_overdue_is_as_it_was_on_the_morning_of_the_order(self):
        invoice = self._invoice(100, self.today - timedelta(days=80))
        self._past(1, 60)
        self._past(1, 40)
        self._pay(invoice, 100, self.today - timedelta(days=30))
        self._past(1, 20)
        found = self._simulate(self.late_rule)
        self.assertEqual(found.line_ids.mapped("overdue_days"), [40])
        self.assertEqual((found.line_ids.action, found.held_count), ("warn", 0))

    def test_it_costs_as_many_questions_for_many_orders_as_for_few(self):
        counts = []
        for number in (2, 20):
            for _order in range(number):
                self._past(1, 5)
            simulation = self.env["customer.credit.simulation"].create(
                {"rule_ids": [(6, 0, self.limit_rule.ids)], "company_id": self.env.company.id}
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            simulation.action_simulate()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_a_controller_tries_rules_and_a_salesperson_does_not(self):
        rights = {"company_id": self.env.company.id, "company_ids": self.env.company.ids}
        controller = new_test_user(
            self.env,
            "tries",
            "sales_team.group_sale_manager,customer_credit.group_credit_controller",
            **rights,
        )
        self._account(limit=100)
        self._past(8, 3)
        simulation = self.env["customer.credit.simulation"].with_user(controller).create({})
        simulation.rule_ids = self.limit_rule
        simulation.action_simulate()
        self.assertEqual(simulation.held_count, 1)
