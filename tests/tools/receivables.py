"""A file of receivables, read and checked in plain Python (``loading`` puts it into Odoo).

The file is CSV in UTF-8, one row an invoice, with the columns of ``COLUMNS`` in any order. A file with
a problem is refused as a whole, and all its problems are told at once, each with its line.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

COLUMNS = (
    "country_code",
    "customer",
    "invoice",
    "invoice_date",
    "due_date",
    "amount",
    "disputed",
    "settled_date",
)
SHOWN = 20
LONGEST_TEXT = 100
LARGEST = Decimal("999999999999.99")
YEARS = range(1980, 2101)


class ReceivablesError(Exception):
    """A receivables file that cannot be loaded; ``problems`` has one line of text for each reason."""

    def __init__(self, problems):
        self.problems = list(problems)
        lines = self.problems[:SHOWN]
        rest = len(self.problems) - len(lines)
        if rest:
            lines.append(f"... and {rest} more {'problem' if rest == 1 else 'problems'}")
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Row:
    """One invoice of the file; ``settled_date`` is None while it is open."""

    line: int
    country_code: str
    customer: str
    invoice: str
    invoice_date: date
    due_date: date
    amount: Decimal
    disputed: bool
    settled_date: date | None


def read(path):
    """Return the rows of a file, or raise ``ReceivablesError`` with all its problems."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReceivablesError([f"the file cannot be read: {error.strerror}"]) from error
    return parse(data)


def parse(data):
    """Return the rows in the bytes of a file, or raise ``ReceivablesError`` with all its problems."""
    problems = []
    records = _records(_decode(data), problems)
    first, head = next(records, (1, None))
    if head is None:
        raise ReceivablesError(problems or ["the file is empty"])
    head = _head(first, head)
    invoices, countries, rows = {}, {}, []
    for line, values in records:
        if len(values) != len(head):
            problems.append(f"line {line}: {len(values)} values where line {first} names {len(head)} columns")
            continue
        cells = _Cells(line, dict(zip(head, values, strict=True)), problems)
        rows.append(_row(cells, invoices, countries))
    if not rows and not problems:
        problems.append("the file has no invoices, only the line with the columns")
    if problems:
        raise ReceivablesError(problems)
    return rows


def company_name(path):
    """Return the name of the company for a file: ``unpaid_2026.csv`` gives ``Unpaid 2026``."""
    words = re.sub(r"[\W_]+", " ", Path(path).stem).strip() or "Receivables"
    return words[0].upper() + words[1:]


def _decode(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"line {line}: the text is not UTF-8; save the file as CSV with the encoding UTF-8"
        raise ReceivablesError([problem]) from error


def _records(text, problems):
    """Yield the records that are not blank, each with the number of the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for values in reader:
            if any(value.strip() for value in values):
                yield line, [value.strip() for value in values]
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(f"line {line}: this is not CSV ({error}); look at its quotation marks")


def _head(line, names):
    """Return the names of the columns after checking that each of ``COLUMNS`` is there once."""
    problems = []
    if len(names) == 1 and re.search(r"[;\t|]", names[0]):
        problems.append(f"line {line}: put commas between the columns, not semicolons or tabs")
    elif "" in names:
        problems.append(f"line {line}: a column has no name; take away what is empty at the end of the line")
    else:
        unknown = [name for name in dict.fromkeys(names) if name not in COLUMNS]
        problems += [f"line {line}: the column {_quote(name)} is unknown" for name in unknown]
        twice = [name for name, times in Counter(names).items() if times > 1 and name not in unknown]
        problems += [f"line {line}: the column {name} is there more than once" for name in twice]
        problems += [f"line {line}: the column {name} is missing" for name in COLUMNS if name not in names]
    if problems:
        raise ReceivablesError([*problems, f"the columns are {', '.join(COLUMNS)}"])
    return names


def _row(cells, invoices, countries):
    """Return the row of a record, noting all that is wrong with it."""
    customer = cells.text("customer")
    country = cells.country()
    cells.same_country(customer, country, countries)
    invoice = cells.text("invoice")
    cells.first_of("invoice", invoice, invoices)
    start, due, settled = (cells.date(column) for column in ("invoice_date", "due_date", "settled_date"))
    cells.not_before("due_date", due, start)
    cells.not_before("settled_date", settled, start)
    amount, disputed = cells.amount(), cells.disputed()
    return Row(cells.line, country, customer, invoice, start, due, amount, disputed, settled)


class _Cells:
    """The cells of one line; what is wrong with them goes to a list of problems."""

    def __init__(self, line, values, problems):
        self.line, self.values, self.problems = line, values, problems

    def wrong(self, column, text):
        self.problems.append(f"line {self.line}, {column}: {text}")

    def text(self, column):
        value = self.values[column]
        if not value:
            self.wrong(column, "it is empty")
        elif len(value) > LONGEST_TEXT:
            self.wrong(column, f"{_quote(value)} is longer than {LONGEST_TEXT} characters")
        elif not value.isprintable():
            self.wrong(column, f"{_quote(value)} has a character that cannot be printed")
        return value

    def country(self):
        value = self.values["country_code"]
        if not re.fullmatch(r"[0-9]{1,3}", value):
            self.wrong("country_code", f"{_quote(value)} is not a numeric country code, such as 156")
            return None
        return value.zfill(3)

    def same_country(self, customer, country, seen):
        if not customer or not country:
            return
        other, line = seen.setdefault(customer, (country, self.line))
        if other != country:
            self.wrong("country_code", f"{_quote(customer)} has {country} here and {other} on line {line}")

    def first_of(self, column, value, seen):
        line = seen.setdefault(value, self.line)
        if value and line != self.line:
            self.wrong(column, f"{_quote(value)} is on line {line} already")

    def date(self, column):
        value = self.values[column]
        if not value and column == "settled_date":
            return None
        try:
            found = date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
        except ValueError:
            found = None
        if not found:
            self.wrong(column, f"{_quote(value)} is not a date (use YYYY-MM-DD)" if value else "it is empty")
        elif found.year not in YEARS:
            self.wrong(column, f"{value} is not between the years {YEARS[0]} and {YEARS[-1]}")
        return found

    def not_before(self, column, day, start):
        if day and start and day < start:
            self.wrong(column, f"{day} is before the invoice date {start}")

    def amount(self):
        value = self.values["amount"]
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            self.wrong("amount", f"{_quote(value)} is not an amount (use digits and a point: 1234.50)")
            return None
        found = Decimal(value)
        if found <= 0:
            self.wrong("amount", f"{_quote(value)} is not more than zero")
        elif found > LARGEST:
            self.wrong("amount", f"{_quote(value)} is too large (at most {LARGEST})")
        elif found != round(found, 2):
            self.wrong("amount", f"{_quote(value)} has more than two decimals")
        return found

    def disputed(self):
        value = self.values["disputed"].lower()
        if value not in ("yes", "no"):
            self.wrong("disputed", f"{_quote(self.values['disputed'])} is not yes or no")
        return value == "yes"


def _quote(text):
    """Show a value in a message, cut when it is long."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
