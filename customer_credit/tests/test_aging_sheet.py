"""The report as XLSX, read back: the same lines, and text that stays text."""

import io
from datetime import datetime, time

from openpyxl import load_workbook

from odoo.tests import tagged

from ..exceptions import AgingStateError
from .common import AgingCase

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2",
    "@SUM(A1)",
    '=HYPERLINK("http://evil.example")',
    "http://evil.example",
)


@tagged("post_install", "-at_install")
class TestAgingSheet(AgingCase):
    def _read(self, report):
        """Return the sheets of a report, each as (head, rows of cells by heading, values of the last row)."""
        content, name = report._render_xlsx()
        self.assertEqual(name, f"Aged receivables {report.date_to}.xlsx")
        return [self._read_sheet(sheet) for sheet in load_workbook(io.BytesIO(content)).worksheets]

    def _read_sheet(self, sheet):
        rows = list(sheet.iter_rows())
        start = int(sheet.freeze_panes[1:]) - 2
        names = [cell.value for cell in rows[start]]
        table = [dict(zip(names, row, strict=True)) for row in rows[start + 1 :]]
        head = {row[0].value: row[1].value for row in rows[1:start] if row[0].value}
        return head, table[:-1], self._values(table[-1])

    def _values(self, row):
        return {name: cell.value for name, cell in row.items()}

    def test_the_items_are_the_lines_of_the_report(self):
        euro = self.setup_other_currency("EUR", rates=[("2024-01-01", 0.5)])
        self._pay(self._invoice(100, "2024-02-01"), 30, "2024-02-15")
        self._invoice(80, "2024-02-10", self.boris, invoice_date_due="2024-06-30", currency_id=euro.id)
        self._payment(25, "2024-02-20", self.boris)
        self._entry(12.5, "2024-01-05")
        report = self._report("2024-03-01")
        _head, rows, total = self._read(report)[1]
        expected = [self._expected(line) for line in report.line_ids.sorted("id")]
        self.assertEqual([self._values(row) for row in rows], expected)
        self.assertEqual(len(rows), 4)
        self.assertEqual((total["Customer"], total["Open amount"]), ("Total", 217.5))

    def _expected(self, line):
        def cell(day):
            return datetime.combine(day, time.min) if day else None

        return {
            "Customer": line.partner_id.name or "Without a customer",
            "Document": line.move_name,
            "Account": line.account_id.code,
            "Invoice date": cell(line.invoice_date),
            "Due date": cell(line.date_maturity),
            "Days": line.days,
            "Bucket": line.bucket_id.name,
            "Salesperson": line.user_id.name or None,
            "Open amount": line.amount_residual,
            "Document currency": line.currency_id.name,
            "Open in document currency": line.amount_residual_currency,
        }

    def test_customers_are_added_up_by_column(self):
        self._invoice(100, "2024-02-01", self.anna_buyer)
        self._invoice(50, "2024-02-01", invoice_date_due="2024-12-01")
        self._payment(500, "2024-02-10", self.boris)
        self.anna.ref = "C-001"
        head, rows, total = self._read(self._report("2024-03-01"))[0]
        amounts = {"Not due": 50, "1–30 days": 100, "31–60 days": 0, "61–90 days": 0, "Over 90 days": 0}
        place = {"Company": self.company.name, "Currency": "USD"}
        anna = {
            "Number": "C-001",
            "Customer": "Anna Ltd",
            **place,
            **amounts,
            "Unapplied credits": 0,
            "Total": 150,
        }
        nothing = dict.fromkeys(amounts, 0)
        boris = {
            "Number": None,
            "Customer": "Boris",
            **place,
            **nothing,
            "Unapplied credits": -500,
            "Total": -500,
        }
        self.assertEqual([self._values(row) for row in rows], [anna, boris])
        self.assertEqual((total["1–30 days"], total["Unapplied credits"], total["Total"]), (100, -500, -350))
        self.assertEqual(head["As of"], datetime(2024, 3, 1))
        self.assertEqual(head["Total of the open items"], head["Balance of the receivable accounts"])
        self.assertEqual((head["Total of the open items"], head["Proof"]), (-350, "equal"))

    def test_names_that_look_like_formulas_are_text(self):
        for number, name in enumerate(HOSTILE):
            customer = self._create_partner(name=name, ref=name)
            self._invoice(100 + number, "2024-02-01", customer)
        report = self._report(
            "2024-03-01", partner_ids=self.env["res.partner"].search([("ref", "in", HOSTILE)]).ids
        )
        partners, items = self._read(report)
        for name, (_head, rows, _total), columns in (
            ("by customer", partners, ("Number", "Customer")),
            ("items", items, ("Customer",)),
        ):
            for column in columns:
                with self.subTest(sheet=name, column=column):
                    cells = [row[column] for row in rows]
                    self.assertEqual({cell.value for cell in cells}, set(HOSTILE))
                    self.assertEqual({cell.data_type for cell in cells}, {"s"})
                    self.assertFalse([cell.hyperlink for cell in cells if cell.hyperlink])

    def test_accounts_of_every_company_have_their_number(self):
        there = self.setup_other_company()["company"]
        self._invoice(100, "2024-02-01")
        self._invoice(70, "2024-02-01", company=there)
        _head, rows, _total = self._read(self._report("2024-03-01"))[1]
        codes = [
            self._accounts_of(company)["receivable"].with_company(company).code
            for company in self.company + there
        ]
        self.assertEqual([row["Account"].value for row in rows], codes)

    def test_amounts_in_different_currencies_are_not_added_up(self):
        euro = self.setup_other_currency("EUR", rates=[("2024-01-01", 0.5)])
        there = self.setup_other_company(currency_id=euro.id)["company"]
        self._invoice(100, "2024-02-01")
        self._invoice(70, "2024-02-01", company=there)
        content, _name = self._report("2024-03-01")._render_xlsx()
        partners, items = load_workbook(io.BytesIO(content)).worksheets
        for sheet in (partners, items):
            with self.subTest(sheet=sheet.title):
                self.assertNotIn("Total", [row[0] for row in sheet.iter_rows(values_only=True)])
        amounts = [(row[3], row[-1]) for row in partners.iter_rows(values_only=True)]
        self.assertEqual(amounts[-2:], [("USD", 100), ("EUR", 70)])

    def test_a_report_without_figures_is_not_exported(self):
        report = self.env["customer.aging.report"].create({"date_to": "2024-03-01"})
        for export in (report._render_xlsx, report.action_export_xlsx, report.action_print_pdf):
            with self.assertRaisesRegex(
                AgingStateError, "Compute the report “.*” first: it has no figures yet"
            ):
                export()

    def test_an_empty_report_is_an_empty_table(self):
        for _head, rows, total in self._read(self._report("2024-03-01")):
            self.assertEqual(rows, [])
            self.assertIn("Total", total.values())
