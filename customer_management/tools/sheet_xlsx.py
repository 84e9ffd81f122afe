"""Sheets as XLSX: one writer for everything that the suite exports."""

import io

import xlsxwriter

from .sheet import Band, Money
from .sheet_totals import with_totals

# Excel's own limits: of a name of a sheet, of what it must not contain, of rows and of a text.
NAME_LENGTH = 31
FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")
MOST_ROWS = 1_048_576
TEXT_LENGTH = 32_767
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADING = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F7"}
KINDS = {
    "text": {"valign": "top"},
    "long": {"valign": "top", "text_wrap": True},
    "integer": {"num_format": "#,##0", "valign": "top"},
    "percent": {"num_format": "0.0%", "valign": "top"},
    "hours": {"num_format": "[h]:mm", "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"},
    "datetime": {"num_format": "yyyy-mm-dd hh:mm", "align": "left", "valign": "top"},
}
BANDS = {
    "group": {"bold": True, "bg_color": "#F5F7FA"},
    "total": {"bold": True, "top": 1},
    "row": {},
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
        names = set()
        for sheet in sheets:
            _Page(book, sheet, _free_name(sheet.name, names)).fill(env._("Total"))
    return output.getvalue()


def _free_name(name, taken):
    """Return the name as Excel takes it: short, plain, not empty, once in a workbook whatever the case."""
    plain = "".join(sign for sign in name.translate(FORBIDDEN) if sign.isprintable()).strip()
    plain = short = plain[:NAME_LENGTH].strip() or "Sheet"
    if plain.lower() == "history":  # Excel keeps this name for itself
        plain = short = f"{plain} 1"
    number = 1
    while short.lower() in taken:
        number += 1
        short = f"{plain[: NAME_LENGTH - 4]} {number}"
    taken.add(short.lower())
    return short


class _Page:
    """One sheet being written, from the top to the bottom."""

    def __init__(self, book, sheet, name):
        self.book = book
        self.sheet = sheet
        self.page = book.add_worksheet(name)
        self.row = 0
        self.looks = {}

    def fill(self, word):
        """Write everything; ``word`` is what the total is called."""
        self._set_up()
        self._write_head()
        self._write_headings()
        for line in with_totals(self.sheet.columns, self.sheet.rows, word):
            band = line if isinstance(line, Band) else None
            self._write_line(band.values if band else line, band)
        self._write_foot()

    def _look(self, **look):
        """Return a format, made once."""
        key = tuple(sorted(look.items()))
        if key not in self.looks:
            self.looks[key] = self.book.add_format(look)
        return self.looks[key]

    def _set_up(self):
        page, sheet = self.page, self.sheet
        if sheet.is_wide:
            page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        # A lone & starts a code in a footer of Excel.
        page.set_footer("&L" + f"{sheet.number} {sheet.title}".strip().replace("&", "&&")[:200] + "&R&P / &N")
        for i, column in enumerate(sheet.columns):
            page.set_column(i, i, column.characters)

    def _write_head(self):
        sheet = self.sheet
        if sheet.company:
            self.page.write_string(self.row, 0, sheet.company[:TEXT_LENGTH])
            self.row += 1
        title = f"{sheet.number}  {sheet.title}" if sheet.number else sheet.title
        self.page.write_string(self.row, 0, title, self._look(bold=True, font_size=14))
        # A label may be longer than a narrow first column, so the value stands behind it where there is room.
        place = 1 if sheet.columns and sheet.columns[0].characters >= 12 else 2
        for label, value in sheet.head:
            self.row += 1
            self.page.write_string(self.row, 0, label)
            kind = "money" if isinstance(value, float) else "date" if hasattr(value, "year") else "text"
            self._write_cell(place, value, kind, 2, {"align": "left"} if kind == "money" else {})
        self.row += 2

    def _write_headings(self):
        lines = self.sheet.headings()
        for spans in lines[:-1]:
            place = 0
            for text, width in spans:
                look = self._look(**HEADING, align="center" if text else "left")
                if width > 1:
                    self.page.merge_range(self.row, place, self.row, place + width - 1, "", look)
                if text:
                    self.page.write_string(self.row, place, text, look)
                else:
                    self.page.write_blank(self.row, place, None, look)
                place += width
            self.row += 1
        for i, column in enumerate(self.sheet.columns):
            align = "right" if column.is_number else "left"
            self.page.write_string(self.row, i, column.title, self._look(**HEADING, bottom=1, align=align))
        self.page.freeze_panes(self.row + 1, 0)
        self.page.repeat_rows(self.row - len(lines) + 1, self.row)

    def _write_line(self, values, band=None):
        self.row += 1
        extra = BANDS[band.kind] if band else {}
        for i, (column, value) in enumerate(zip(self.sheet.columns, values, strict=True)):
            # What a band is called stands in the first column, whatever the column holds otherwise.
            kind = "text" if band and i == 0 and isinstance(value, str) else column.kind
            look = {**extra, "indent": band.level} if band and i == 0 and band.level else extra
            self._write_cell(i, value, kind, column.digits, look)

    def _write_foot(self):
        for text in self.sheet.signatures:
            self.row += 2
            self.page.write_string(self.row, 0, f"{text}: ____________________")
        if self.sheet.note:
            self.row += 2
            self.page.write_string(self.row, 0, self.sheet.note[:TEXT_LENGTH])

    def _write_cell(self, place, value, kind, digits, extra):
        """Write one value by its kind; what is missing stays an empty cell."""
        unit = None
        if isinstance(value, Money):
            value, unit = value
        key = (kind, digits, unit, *extra.items())
        look = self.looks.get(key)
        if look is None:
            look = self.looks[key] = self._look(**_number_look(kind, digits, unit), **extra)
        if value is None or value is False or value == "":
            self.page.write_blank(self.row, place, None, look)
        elif kind in ("date", "datetime"):
            self.page.write_datetime(self.row, place, value, look)
        elif kind in ("text", "long"):
            self.page.write_string(self.row, place, str(value)[:TEXT_LENGTH], look)
        else:
            self.page.write_number(self.row, place, value / 24 if kind == "hours" else value, look)


def _number_look(kind, digits, unit):
    """Return the format of a kind of values: money with the sign of its currency, in red below zero."""
    if kind in KINDS:
        return KINDS[kind]
    digits = unit.digits if unit else digits
    number = "#,##0" + ("." + "0" * digits if digits else "")
    if unit:
        sign = '"' + unit.symbol.replace('"', "").replace("\\", "") + '"'
        number = sign + number if unit.before else f"{number} {sign}"
    if kind == "money":
        number = f"{number};[Red]-{number}"
    return {"num_format": number, "valign": "top"}
