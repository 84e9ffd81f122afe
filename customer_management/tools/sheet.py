"""Tables as XLSX: one writer for everything that the suite exports."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field

import xlsxwriter

# Excel's own limit for a name of a sheet, and what it must not contain.
NAME_LENGTH = 31
FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")


@dataclass(frozen=True)
class Column:
    """A column: heading, kind of value (text, money, number, integer, percent, date) and width in characters."""

    title: str
    kind: str = "text"
    width: int = 14
    total: bool = False


@dataclass
class Sheet:
    """A titled table; rows are written as they come, so they may be a generator."""

    name: str
    title: str
    columns: list[Column]
    rows: Iterable
    head: list[tuple] = field(default_factory=list)


FORMATS = {
    "text": {},
    "money": {"num_format": "#,##0.00;[Red]-#,##0.00"},
    "number": {"num_format": "#,##0.00"},
    "integer": {"num_format": "0"},
    "percent": {"num_format": "0.0%"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
}


def write_workbook(env, sheets):
    """Return the sheets as an XLSX file.

    Text is always written as text, so a cell that begins with ``=`` is never a formula. Rows go
    to disk as they come (constant memory).

    :param env: for the language of the totals
    :param list[Sheet] sheets: what to write
    :rtype: bytes
    """
    output = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(output, options) as book:
        formats = {kind: book.add_format(look) for kind, look in FORMATS.items()}
        totals = {kind: book.add_format({**look, "bold": True, "top": 1}) for kind, look in FORMATS.items()}
        title = book.add_format({"bold": True, "font_size": 14})
        heading = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F7"}
        )
        for sheet in sheets:
            page = book.add_worksheet(sheet.name.translate(FORBIDDEN)[:NAME_LENGTH])
            row = _write_head(page, sheet, title, formats)
            _write_table(page, sheet, row, heading, formats, totals, env._("Total"))
    return output.getvalue()


def _write_head(page, sheet, title, formats):
    """Write title and head and return the row where the table begins."""
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for i, column in enumerate(sheet.columns):
        page.set_column(i, i, column.width)
    page.write_string(0, 0, sheet.title, title)
    for row, (label, value) in enumerate(sheet.head, 1):
        page.write_string(row, 0, label)
        kind = "money" if isinstance(value, float) else "date" if hasattr(value, "year") else "text"
        _write_cell(page, row, 1, value, kind, formats)
    return len(sheet.head) + 2


def _write_table(page, sheet, row, heading, formats, totals, word):
    for i, column in enumerate(sheet.columns):
        page.write_string(row, i, column.title, heading)
    page.freeze_panes(row + 1, 0)
    page.repeat_rows(row)
    sums = [0.0 if column.total else None for column in sheet.columns]
    for values in sheet.rows:
        row += 1
        for i, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
            _write_cell(page, row, i, value, column.kind, formats)
            if column.total and value:
                sums[i] += value
    if any(column.total for column in sheet.columns):
        row += 1
        for i, (column, value) in enumerate(zip(sheet.columns, sums, strict=True)):
            shown = word if i == 0 else value
            _write_cell(page, row, i, shown, column.kind if i else "text", totals)


def _write_cell(page, row, column, value, kind, formats):
    """Write one value by its kind; what is missing stays an empty cell."""
    if value is None or value is False or value == "":
        page.write_blank(row, column, None, formats[kind])
    elif kind == "date":
        page.write_datetime(row, column, value, formats[kind])
    elif kind == "text":
        page.write_string(row, column, str(value), formats[kind])
    else:
        page.write_number(row, column, value, formats[kind])
