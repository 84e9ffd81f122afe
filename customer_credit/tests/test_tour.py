"""A day of a manager, in the browser: from the cuts to the journal item, and the file of the report."""

import io
from collections import defaultdict
from datetime import datetime, timedelta

from openpyxl import load_workbook

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.customer_management.tests.common import CustomerCase

# Revenue of each customer: 60, 25, 10 and 5 percent of the total.
INVOICES = {
    "Alpha Trading": (6000, 100, -70),
    "Beta Foods": (2500, 40, -10),
    "Gamma Textiles": (1000, 20, 20),
    "Delta Systems": (700, 300, -200),
}


@tagged("post_install", "-at_install")
class TestGradingAndAgingTour(CustomerCase, HttpCase):
    """Grade the customers of a company and age what they owe."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.company)
        cls.customers = {name: cls._make_customer(name) for name in INVOICES}
        for name, (amount, age, due) in INVOICES.items():
            cls._owe(cls.customers[name], amount, age, due)
        cls._owe(cls.customers["Delta Systems"], -200, 5, -5)
        cls.scheme = cls._make_scheme(70, 90, name="ABC by revenue")
        cls.boss = cls._make_user(
            "tour_boss",
            "customer_management.group_customer_manager,customer_credit.group_credit_manager,"
            "account.group_account_user,base.group_allow_export",
        )

    @classmethod
    def _owe(cls, customer, amount, age, due):
        """Post an invoice of so many days ago that is due in so many days, or a credit note."""
        cls._invoice(
            customer,
            amount,
            cls.today - timedelta(days=age),
            invoice_payment_term_id=False,
            invoice_date_due=cls.today + timedelta(days=due),
        )

    def test_from_the_cuts_to_the_journal_item_and_the_file(self):
        self.start_tour(
            f"/odoo/grading-schemes/{self.scheme.id}", "customer_grading_and_aging", login=self.boss.login
        )
        self.env.invalidate_all()
        self.assertEqual(self.scheme.grade_ids.sorted("sequence").mapped("cut"), [50, 85, 0])
        grades = {name: customer.customer_grade_id.name for name, customer in self.customers.items()}
        self.assertEqual(
            grades, {"Alpha Trading": "A", "Beta Foods": "B", "Gamma Textiles": "C", "Delta Systems": "C"}
        )
        report = self.env["customer.aging.report"].search(
            [("create_uid", "=", self.boss.id), ("partner_ids", "=", False)]
        )
        self.assertEqual((len(report), report.total, report.ledger_balance), (1, 10000, 10000))
        self._check_file(report)

    def _check_file(self, report):
        """Download the report as the button does, and compare every figure with its lines."""
        self.authenticate(self.boss.login, self.boss.login)
        action = self.make_jsonrpc_request(
            "/web/dataset/call_button/customer.aging.report/action_export_xlsx",
            {
                "model": "customer.aging.report",
                "method": "action_export_xlsx",
                "args": [report.ids],
                "kwargs": {},
            },
        )
        self.assertEqual(action["type"], "ir.actions.act_url")
        response = self.url_open(action["url"])
        self.assertEqual(response.status_code, 200)
        book = load_workbook(io.BytesIO(response.content))
        head, rows = self._table(book["By customer"], "Number")
        self.assertEqual(head["Total of the open items"], report.total)
        self.assertEqual(head["Balance of the receivable accounts"], report.ledger_balance)
        self.assertEqual(head["Proof"], "equal")
        self.assertEqual(self._by_customer(rows), self._expected_by_customer(report))
        _head, rows = self._table(book["Items"], "Customer")
        self.assertCountEqual([self._item(row) for row in rows], self._expected_items(report))

    def _table(self, sheet, first):
        """Return the head of a sheet, and the rows of its table by heading; the first one is given."""
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        start = next(i for i, row in enumerate(rows) if row[0] == first and row[1])
        head = {row[0]: row[1] for row in rows[:start] if row[0]}
        return head, [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]

    @staticmethod
    def _by_customer(rows):
        """Return the amounts of the table by customer and heading, its total row under “Total”."""
        texts = ("Number", "Customer", "Company", "Currency")
        return {
            row["Customer"] or row["Number"]: {
                title: round(amount, 2) for title, amount in row.items() if title not in texts and amount
            }
            for row in rows
        }

    def _expected_by_customer(self, report):
        expected = defaultdict(lambda: defaultdict(float))
        for line in report.line_ids:
            for name in (line.partner_id.name, "Total"):
                for title in (line.bucket_id.name, "Total"):
                    expected[name][title] = round(expected[name][title] + line.amount_residual, 2)
        return {name: dict(amounts) for name, amounts in expected.items()}

    @staticmethod
    def _item(row):
        """Return what the table of items says of one, without what is only shown."""
        return tuple(
            value.date() if isinstance(value, datetime) else value
            for title, value in row.items()
            if title not in ("Account", "Salesperson")
        )

    def _expected_items(self, report):
        items = [
            (
                line.partner_id.name,
                line.move_name,
                line.invoice_date,
                line.date_maturity,
                line.days,
                line.bucket_id.name,
                line.amount_residual,
                line.currency_id.name,
                line.amount_residual_currency,
            )
            for line in report.line_ids
        ]
        empty = (None,) * 5
        return [*items, ("Total", *empty, report.total, None, None)]
