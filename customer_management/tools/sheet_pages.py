"""A sheet cut into pages, so that each has the headings and its number whatever engine prints it.

The wkhtmltopdf that Linux distributions ship repeats no headings and has no footers. So the pages are
laid out here: the height of a line follows from its longest text and the width of the column. Where an
engine is larger than expected, the pages are cut shorter (see ``SCALES``).
"""

import math
from dataclasses import dataclass, field

# A day in figures, such as 2026-05-12.
DAY_SIGNS = 10
# What fits between the margins of A4, in pixels of the page: width and height.
PORTRAIT = (900, 1310)
LANDSCAPE = (1330, 890)
# How much of it to fill, from the first try on.
SCALES = (1, 0.76, 0.6, 0.45)
FONT, SMALL_FONT = 14, 11
MANY_COLUMNS = 14
PADDING = 13
FOOT = 34


@dataclass
class Page:
    """The lines of one page, and where it stands."""

    number: int
    lines: list = field(default_factory=list)
    used: float = 0
    free: float = 0
    is_first: bool = False
    is_last: bool = False


class Layout:
    """How a sheet lies on paper.

    :param Sheet sheet: with its lines above and below the table
    :param list lines: what ``print_lines`` gives
    :param float scale: the part of a page to fill
    """

    def __init__(self, sheet, lines, scale=1):
        self.sheet = sheet
        self.width, self.height = (side * scale for side in (LANDSCAPE if sheet.is_wide else PORTRAIT))
        self.font = SMALL_FONT if len(sheet.columns) > MANY_COLUMNS else FONT
        self.shares = self._shares()
        self.pages = self._cut(lines)

    def _shares(self):
        """Return the part of the width that each column gets: by its characters, but a day stays on one line."""
        columns = self.sheet.columns
        total = sum(column.characters for column in columns) or 1
        shares = [column.characters / total for column in columns]
        day = (DAY_SIGNS * self.font * 0.6 + PADDING) / self.width
        narrow = {i for i, column in enumerate(columns) if column.kind == "date" and shares[i] < day}
        rest = sum(share for i, share in enumerate(shares) if i not in narrow)
        room = 1 - day * len(narrow)
        if not narrow or room < rest / 2:
            return shares
        return [day if i in narrow else share * room / rest for i, share in enumerate(shares)]

    def _cut(self, lines):
        """Return the pages; what is signed stays on one page with the end of the table."""
        page = Page(1, used=self._head_height() + self._headings_height() + FOOT, is_first=True)
        pages = [page]
        for line in lines:
            height = self._line_height(line[2])
            if page.lines and page.used + height > self.height:
                page = self._next(pages)
            page.lines.append(line)
            page.used += height
        if page.lines and page.used + self._end_height() > self.height:
            page = self._next(pages)
        page.used += self._end_height()
        page.is_last = True
        for one in pages:
            # A little less than what is free: a line that came out higher must not push the foot away.
            one.free = max((self.height - one.used) * 0.95 - 6, 0)
        return pages

    def _next(self, pages):
        pages.append(Page(len(pages) + 1, used=self._headings_height() + FOOT + 1.6 * self.font))
        return pages[-1]

    def _line_height(self, cells):
        """Return the height of a line: its cells are (text, number of columns, on the right)."""
        most, place = 1, 0
        for text, span, _right in cells:
            room = sum(self.shares[place : place + span]) * self.width - PADDING
            most = max(most, self._rows(text, room))
            place += span
        return most * self.font * 1.4 + 6.7

    def _rows(self, text, room):
        """Return how many lines a text takes in so many pixels."""
        rows = 0
        for part in str(text).split("\n"):
            wide = sum(1.02 if ord(sign) > 0x2E7F else 0.53 for sign in part) * self.font
            # Words break early: a text of several lines needs more room than its letters.
            rows += math.ceil(max(wide, 1) / max(room * (1 if wide <= room else 0.9), 1))
        return rows

    def _headings_height(self):
        height = 0
        for spans in self.sheet.headings():
            height += self._line_height([(text, span, False) for text, span in spans])
        return height

    def _head_height(self):
        """Return the height of company, title and the lines below them."""
        height = 6.5 * self.font
        for _label, value in self.sheet.head:
            height += self._rows(value, self.width * 0.8) * self.font * 1.5
        return height

    def _end_height(self):
        height = 5 * self.font if self.sheet.signatures else 0
        if self.sheet.note:
            height += (self._rows(self.sheet.note, self.width) + 1.5) * self.font * 1.4
        return height
