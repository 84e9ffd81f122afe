from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestCreditCheck(CreditCase):
    """Each day all that takes up credit is counted again, by another road."""

    def _check(self):
        checks = self.env["customer.credit.check"]._check(self.env.company)
        return {check.part: check for check in checks}

    def _world(self):
        """Make something of everything: invoices, payments, drafts, orders in all stages, another currency."""
        other = self.setup_other_currency("EUR", rates=[("2020-01-01", 2.0)])
        invoice = self._invoice(100, self.today)
        self._pay(invoice, 30, self.today)
        self._credit_note(20, self.today, self.boris)
        self._invoice(500, self.today, self.boris, currency_id=other.id)
        self.env["account.move"].create(self._invoice_values(70, self.today))
        part = self._order((self.goods, 10))
        self._ship(part, 4)
        part._create_invoices()
        self._order((self.service, 2), currency_id=other.id)
        self._ship(self._order((self.goods, 3), partner=self.boris), 3)

    def test_it_agrees_when_nothing_is_wrong(self):
        self._world()
        checks = self._check()
        self.assertEqual({part: check.difference for part, check in checks.items()}, dict.fromkeys(checks, 0))
        self.assertEqual(checks["items"].counted, 70 - 20 + 250)
        self.assertFalse(checks["items"].activity_ids)

    def test_the_nightly_jobs_ask_as_much_for_many_payers_as_for_few(self):
        """The check of the exposure and the mirror of the limits: a fixed number of statements each."""
        accounts = self.env["customer.credit.account"].sudo()
        counts = []
        for number in (3, 30):
            for name in range(number):
                payer = self._create_partner(name=f"{number} {name}")
                self._invoice(10, self.today, payer)
                self._order((self.service, 1), partner=payer)
                accounts |= self._account(payer, limit=100).sudo()
            used = []
            for job in (self._check, accounts._mirror_limits):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                job()
                self.env.flush_all()
                used.append(self.cr.sql_log_count - before)
            counts.append(used)
        self.assertEqual([after > before for before, after in zip(*counts, strict=True)], [False, False])

    def test_a_damaged_item_is_found_and_the_managers_are_told(self):
        invoice = self._invoice(100, self.today)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET amount_residual = 60 WHERE id = ANY(%s)",
            [self._receivable(invoice).ids],
        )
        self.env.invalidate_all()
        check = self._check()["items"]
        self.assertEqual((check.exposure, check.counted, check.difference), (60, 100, -40))
        self.assertFalse(check.is_equal)
        self.assertIn(self.env.user, check.activity_ids.user_id)

    def test_an_order_that_lost_its_status_is_found(self):
        order = self._order((self.goods, 10))
        self.env.flush_all()
        self.env.cr.execute("UPDATE sale_order SET invoice_status = 'invoiced' WHERE id = %s", [order.id])
        self.env.invalidate_all()
        self.assertEqual(self._check()["orders"].difference, -1000)

    def test_a_damaged_draft_is_found(self):
        draft = self.env["account.move"].create(self._invoice_values(70, self.today))
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move SET amount_total_signed = 7 WHERE id = %s", [draft.id])
        self.env.invalidate_all()
        self.assertEqual(self._check()["drafts"].difference, -63)

    def test_known_reasons_are_named_document_by_document(self):
        entry = self._entry(50, self.today)
        short = self._order((self.goods, 10))
        self._ship(short, 4, backorder=False)
        checks = self._check()
        self.assertEqual({part: check.difference for part, check in checks.items()}, dict.fromkeys(checks, 0))
        self.assertEqual((checks["items"].explained, checks["orders"].explained), (-50, -600))
        self.assertIn(entry.name, checks["items"].explanation)
        self.assertIn(short.name, checks["orders"].explanation)

    def test_what_is_due_after_the_horizon_is_explained(self):
        self.env.company.customer_credit_horizon = 10
        late = self._order((self.goods, 1), commitment_date="2099-01-01")
        check = self._check()["orders"]
        self.assertEqual((check.exposure, check.explained, check.difference), (0, -100, 0))
        self.assertIn(late.name, check.explanation)

    def test_an_invoice_at_another_price_is_explained(self):
        order = self._order((self.service, 2))
        invoice = order._create_invoices()
        invoice.invoice_line_ids.price_unit = 40
        self._order((self.service, 1))
        order.order_line.product_uom_qty = 3
        self.assertEqual(self._check()["orders"].difference, 0)

    def test_only_what_takes_up_credit_is_checked(self):
        self.env.company.customer_credit_draft = False
        self.env.company.customer_credit_orders = False
        self.assertEqual(set(self._check()), {"items"})

    def test_a_second_run_replaces_the_first(self):
        self._check()
        self._check()
        here = [("company_id", "=", self.env.company.id)]
        self.assertEqual(self.env["customer.credit.check"].search_count(here), 3)

    def test_nobody_writes_results(self):
        check = self._check()["items"]
        clerk = new_test_user(self.env, "clerk", "customer_credit.group_credit_user")
        clerk.write({"company_ids": [(4, self.env.company.id)], "company_id": self.env.company.id})
        self.assertTrue(check.with_user(clerk).is_equal)
        with self.assertRaises(AccessError):
            check.with_user(clerk).write({"is_equal": False})


@tagged("post_install", "-at_install")
class TestDemoCheck(CreditCase):
    def test_the_demo_company_adds_up(self):
        company = self.env.ref("base.main_company").sudo()
        self.assertTrue(company.chart_template, "the demo company has a chart of accounts")
        checks = self.env["customer.credit.check"].sudo().with_company(company)._check(company)
        self.assertEqual(
            {check.part: check.difference for check in checks}, dict.fromkeys(checks.mapped("part"), 0)
        )
