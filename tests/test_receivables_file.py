"""A receivables file: what is wrong with it is told in plain words, and it is loaded whole or not at all."""

import io
import os
import runpy
from contextlib import redirect_stdout
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest import TestCase
from unittest.mock import patch

from tools.loading import Books, load
from tools.receivables import COLUMNS, ReceivablesError, company_name, parse, read

from odoo.tests import TransactionCase, tagged

FOLDER = Path(__file__).resolve().parent
SAMPLE = FOLDER / "data" / "receivables_sample.csv"
SCRIPT = FOLDER / "tools" / "load_receivables.py"
HEAD = ",".join(COLUMNS)
GOOD = {
    "country_code": "156",
    "customer": "Lotus",
    "invoice": "S-1",
    "invoice_date": "2026-01-10",
    "due_date": "2026-02-09",
    "amount": "10.50",
    "disputed": "no",
    "settled_date": "2026-02-01",
}


def line(**cells):
    """Return a good line of a file with some cells put otherwise."""
    return ",".join((GOOD | cells).values())


def file(*lines, head=HEAD):
    return "\n".join((head, *lines, "")).encode()


class TestReceivablesFile(TestCase):
    """What a file may contain; no database is needed for it."""

    def assertProblems(self, data, *problems):
        with self.assertRaises(ReceivablesError) as caught:
            parse(data)
        self.assertEqual(caught.exception.problems, list(problems))

    def test_a_good_row(self):
        """All cells of a row are read, with their kinds; an empty settled date means open."""
        settled, still_open = parse(file(line(), line(invoice="S-2", disputed="Yes", settled_date="")))
        self.assertEqual((settled.line, settled.country_code, settled.customer), (2, "156", "Lotus"))
        self.assertEqual(
            (settled.invoice, settled.amount, settled.disputed), ("S-1", Decimal("10.50"), False)
        )
        self.assertEqual(settled.invoice_date, date(2026, 1, 10))
        self.assertEqual((settled.due_date, settled.settled_date), (date(2026, 2, 9), date(2026, 2, 1)))
        self.assertEqual((still_open.line, still_open.disputed, still_open.settled_date), (3, True, None))

    def test_what_spreadsheets_write(self):
        """A byte order mark, CRLF, quotes, blank and empty lines, other orders of columns are fine."""
        head, values = list(COLUMNS), list((GOOD | {"customer": '"Lotus, Garden"'}).values())
        text = "\r\n".join((",".join(head[::-1]), "", ",".join(values[::-1]), ",,,,,,,", ""))
        (row,) = parse(b"\xef\xbb\xbf" + text.encode())
        self.assertEqual((row.line, row.customer, row.country_code), (3, "Lotus, Garden", "156"))

    def test_bad_cells(self):
        """Each bad cell is told with its line, its column and its value."""
        kinds = "is not an amount (use digits and a point: 1234.50)"
        for column, value, text in (
            ("invoice_date", "2012-13-01", "'2012-13-01' is not a date (use YYYY-MM-DD)"),
            ("due_date", "09/02/2026", "'09/02/2026' is not a date (use YYYY-MM-DD)"),
            ("due_date", "20260209", "'20260209' is not a date (use YYYY-MM-DD)"),
            ("settled_date", "2026-02-30", "'2026-02-30' is not a date (use YYYY-MM-DD)"),
            ("due_date", "", "it is empty"),
            ("due_date", "2206-02-09", "2206-02-09 is not between the years 1980 and 2100"),
            ("due_date", "2026-01-09", "2026-01-09 is before the invoice date 2026-01-10"),
            ("settled_date", "2026-01-09", "2026-01-09 is before the invoice date 2026-01-10"),
            ("amount", "", f"'' {kinds}"),
            ("amount", "abc", f"'abc' {kinds}"),
            ("amount", "NaN", f"'NaN' {kinds}"),
            ("amount", "inf", f"'inf' {kinds}"),
            ("amount", "1e3", f"'1e3' {kinds}"),
            ("amount", "１２", f"'１２' {kinds}"),
            ("amount", "0.00", "'0.00' is not more than zero"),
            ("amount", "-5", "'-5' is not more than zero"),
            ("amount", "10.505", "'10.505' has more than two decimals"),
            ("amount", "1" * 50, f"'{'1' * 39}…' is too large (at most 999999999999.99)"),
            ("disputed", "maybe", "'maybe' is not yes or no"),
            ("disputed", "", "'' is not yes or no"),
            ("customer", "  ", "it is empty"),
            ("customer", "x" * 101, f"'{'x' * 39}…' is longer than 100 characters"),
            ("customer", "a\x00b", "'a\\x00b' has a character that cannot be printed"),
            ("invoice", "", "it is empty"),
            ("country_code", "CN", "'CN' is not a numeric country code, such as 156"),
        ):
            with self.subTest(column=column, value=value):
                bad = line(**{"invoice": "S-2", column: value})
                self.assertProblems(file(line(), bad), f"line 3, {column}: {text}")

    def test_rows_against_each_other(self):
        """An invoice number and the country of a customer are told with the line that has them first."""
        other = line(country_code="158", invoice="S-2")
        self.assertProblems(
            file(line(), line(customer="Orchid"), other),
            "line 3, invoice: 'S-1' is on line 2 already",
            "line 4, country_code: 'Lotus' has 158 here and 156 on line 2",
        )

    def test_all_problems_at_once(self):
        """Nobody corrects a file one problem at a time; twenty are shown, the rest are counted."""
        data = file(*(line(invoice=f"S-{i}", amount="0", disputed="?") for i in range(12)))
        with self.assertRaises(ReceivablesError) as caught:
            parse(data)
        self.assertEqual(len(caught.exception.problems), 24)
        shown = str(caught.exception).splitlines()
        self.assertEqual(len(shown), 21)
        self.assertEqual(shown[0], "line 2, amount: '0' is not more than zero")
        self.assertEqual(shown[-1], "... and 4 more problems")

    def test_bad_columns(self):
        """The first line is checked before anything else."""
        names = f"the columns are {', '.join(COLUMNS)}"
        for head, *problems in (
            (
                HEAD.replace("due_date", "due"),
                "the column 'due' is unknown",
                "the column due_date is missing",
            ),
            (f"{HEAD},amount", "the column amount is there more than once"),
            (f"{HEAD},note", "the column 'note' is unknown"),
            (f"{HEAD},", "a column has no name; take away what is empty at the end of the line"),
            (HEAD.replace(",", ";"), "put commas between the columns, not semicolons or tabs"),
        ):
            with self.subTest(head=head):
                told = [f"line 1: {problem}" for problem in problems]
                self.assertProblems(file(line(), head=head), *told, names)

    def test_wrong_number_of_values(self):
        """A value too many or too few means that the columns have slipped."""
        self.assertProblems(
            file(line() + ",", line().rsplit(",", 1)[0]),
            "line 2: 9 values where line 1 names 8 columns",
            "line 3: 7 values where line 1 names 8 columns",
        )

    def test_what_is_no_file_of_rows(self):
        """Nothing, only the first line, another encoding, an open quotation mark."""
        utf8 = "the text is not UTF-8; save the file as CSV with the encoding UTF-8"
        self.assertProblems(b"", "the file is empty")
        self.assertProblems(b"\n\n", "the file is empty")
        self.assertProblems(file(), "the file has no invoices, only the line with the columns")
        self.assertProblems(file(line()) + line(customer="莲花").encode("gb18030"), f"line 3: {utf8}")
        self.assertProblems(HEAD.encode("utf-16"), f"line 1: {utf8}")
        self.assertProblems(
            file(line(), line(customer='"Lotus', invoice="S-2")),
            "line 3: this is not CSV (unexpected end of data); look at its quotation marks",
        )

    def test_unreadable_file(self):
        """A path that is no file is told as such."""
        with self.assertRaisesRegex(ReceivablesError, "the file cannot be read: No such file"):
            read(FOLDER / "nothing.csv")
        with self.assertRaisesRegex(ReceivablesError, "the file cannot be read: Is a directory"):
            read(FOLDER)

    def test_company_name(self):
        """The company is named after the file."""
        self.assertEqual(company_name("/some/where/unpaid_2026.csv"), "Unpaid 2026")
        self.assertEqual(company_name("应收账款.csv"), "应收账款")
        self.assertEqual(company_name("--.csv"), "Receivables")


@tagged("post_install", "-at_install", "standard")
class TestReceivablesLoading(TransactionCase):
    """What a load makes of a file, and that a refused one leaves nothing behind."""

    def _census(self):
        models = ("res.company", "res.partner", "account.move", "account.payment", "account.account")
        return {name: self.env[name].with_context(active_test=False).search_count([]) for name in models}

    def _run_script(self, path, commits):
        """Run the script as the Odoo shell does and return what it prints."""
        out = io.StringIO()
        settings = {"RECEIVABLES_FILE": str(path), "RECEIVABLES_TESTS": str(FOLDER)}
        with (
            patch.dict(os.environ, settings),
            patch.object(self.env.cr, "commit") as commit,
            redirect_stdout(out),
        ):
            try:
                runpy.run_path(str(SCRIPT), init_globals={"env": self.env})
            finally:
                self.assertEqual(commit.call_count, commits)
        return out.getvalue()

    def test_sample(self):
        """Every row is a posted invoice; what is settled is paid on that day, in full."""
        rows = read(SAMPLE)
        loaded = load(self.env, rows, "Sample")
        self.assertEqual((len(rows), len(loaded.customers)), (40, 8))
        self.assertEqual(loaded.open_total, sum(row.amount for row in rows if not row.settled_date))
        for row, invoice in zip(rows, loaded.invoices, strict=True):
            with self.subTest(invoice=row.invoice):
                self._check_invoice(row, invoice, loaded.company)
        self.assertEqual(len(loaded.payments), sum(bool(row.settled_date) for row in rows))
        self.assertEqual(set(loaded.payments.mapped("state")), {"paid"})

    def _check_invoice(self, row, invoice, company):
        self.assertEqual(
            (invoice.state, invoice.move_type, invoice.company_id), ("posted", "out_invoice", company)
        )
        self.assertEqual((invoice.partner_id.name, invoice.partner_id.company_id), (row.customer, company))
        self.assertEqual((invoice.ref, bool(invoice.narration)), (row.invoice, row.disputed))
        self.assertEqual((invoice.date, invoice.invoice_date), (row.invoice_date, row.invoice_date))
        item = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        self.assertEqual((item.date, item.date_maturity), (row.invoice_date, row.due_date))
        self.assertEqual((item.balance, invoice.amount_tax), (float(row.amount), 0))
        payment = invoice.reconciled_payment_ids
        if row.settled_date:
            self.assertEqual((invoice.payment_state, item.amount_residual), ("paid", 0))
            self.assertEqual((payment.date, payment.amount), (row.settled_date, float(row.amount)))
            self.assertEqual(item.matched_credit_ids.max_date, row.settled_date)
        else:
            self.assertFalse(payment)
            self.assertEqual((invoice.payment_state, item.amount_residual), ("not_paid", float(row.amount)))

    def test_countries(self):
        """A country is found by its numeric code; a code that no country has becomes a tag."""
        customers = load(self.env, read(SAMPLE), "Sample").customers.grouped("name")
        self.assertEqual(customers["华星五金商行"].country_id.code, "CN")
        self.assertEqual(customers["Delta Cotton House"].country_id.code, "EG")
        depot = customers["Free Port Depot No. 7"]
        self.assertFalse(depot.country_id)
        self.assertEqual(depot.category_id.name, "Country 900")

    def test_books_go_on(self):
        """The next invoice and payment of the company are numbered by Odoo, after those that were loaded."""
        loaded = load(self.env, read(SAMPLE), "Sample")
        last = loaded.invoices.sorted("name")[-1]
        self.assertEqual(last.name, "INV/2026/00026")
        self.assertEqual(loaded.payments.sorted("name")[-1].name, "PBNK1/2026/00024")
        copy = last.copy({"invoice_date": last.invoice_date})
        copy.action_post()
        self.assertEqual(copy.name, "INV/2026/00027")

    def test_loaded_once(self):
        """A file that was loaded is refused, also when its company has been archived."""
        load(self.env, read(SAMPLE), "Sample").company.active = False
        before = self._census()
        with self.assertRaisesRegex(ReceivablesError, "the company 'Sample' is there already"):
            load(self.env, read(SAMPLE), "Sample")
        self.assertEqual(self._census(), before)

    def test_nothing_is_kept_of_a_failure(self):
        """A failure after the invoices takes the company and its invoices away too."""
        before = self._census()
        with patch.object(Books, "create_payments", side_effect=ValueError), self.assertRaises(ValueError):
            load(self.env, read(SAMPLE), "Sample")
        self.assertEqual(self._census(), before)

    def test_script(self):
        """The script says what it has loaded, and the administrator may work in the company at once."""
        said = self._run_script(SAMPLE, commits=1)
        text = "Receivables sample: 40 invoices of 8 customers, 34 of them paid; open: "
        self.assertRegex(said, f"^{text}" + r"50,053\.53 \w{3}\n$")
        company = self.env["res.company"].search([("name", "=", "Receivables sample")])
        self.assertIn(company, self.env.ref("base.user_admin").company_ids)

    def test_script_refuses(self):
        """A bad file ends the script with its problems in plain words, and nothing is saved."""
        before = self._census()
        path = FOLDER / "nothing.csv"
        with self.assertRaises(SystemExit) as caught:
            self._run_script(path, commits=0)
        text = "nothing.csv cannot be loaded:\n  the file cannot be read: No such file or directory"
        self.assertEqual(caught.exception.code, text)
        self.assertEqual(self._census(), before)
