"""What a printed table is made of, whatever it shows and whether it goes to XLSX or to paper."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

# Characters of a column by the kind of its values.
WIDTHS = {
    "text": 20,
    "long": 40,
    "money": 16,
    "number": 14,
    "integer": 11,
    "percent": 12,
    "hours": 10,
    "date": 12,
    "datetime": 17,
}
NUMBERS = ("money", "number", "integer", "percent", "hours")


class Unit(NamedTuple):
    """A currency as a cell needs it: plain values, so that no record is kept for each row."""

    name: str
    symbol: str
    before: bool
    digits: int

    @classmethod
    def of(cls, currency):
        """Return the unit of a currency record, or None without one."""
        if not currency:
            return None
        currency = currency.sudo()
        return cls(currency.name, currency.symbol, currency.position == "before", currency.decimal_places)


class Money(NamedTuple):
    """An amount with its currency."""

    amount: float
    unit: Unit | None


class Band(NamedTuple):
    """A line that is no record: the heading of a group, or its total; level 0 is the whole table.

    ``kind`` is group, total or, in a pivot, row: what it says stands in the first value.
    """

    kind: str
    level: int
    values: tuple


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    :ivar title: the heading
    :ivar kind: of the values: text, long (wrapped), money, number, integer, percent, hours, date, datetime
    :ivar width: in characters; None takes the usual one of the kind
    :ivar total: whether, and how, the values are put together: sum (or True), avg, max, min, False
    :ivar digits: behind the point, of numbers
    :ivar over: headings above the own one, the outermost first; equal neighbours share them
    """

    title: str
    kind: str = "text"
    width: int | None = None
    total: bool | str = False
    digits: int = 2
    over: tuple[str, ...] = ()

    @property
    def characters(self):
        """The width in characters, wide enough for the words of the heading."""
        words = max((len(word) for word in self.title.split()), default=0)
        wide = sum(2 if ord(sign) > 0x2E7F else 1 for sign in self.title)
        return max(self.width or WIDTHS[self.kind], words + 1, min(wide, 14) + 1)

    @property
    def is_number(self):
        """Whether the values stand on the right."""
        return self.kind in NUMBERS


@dataclass
class Sheet:
    """A titled table; rows are written as they come, so they may be a generator.

    :ivar head: (label, value) lines above the table
    :ivar number: of the form, printed beside the title
    :ivar company: whose sheet it is
    :ivar signatures: what is signed below the table, a field each
    :ivar note: text at the foot
    """

    name: str
    title: str
    columns: list[Column]
    rows: Iterable
    head: list[tuple] = field(default_factory=list)
    number: str = ""
    company: str = ""
    signatures: list[str] = field(default_factory=list)
    note: str = ""
    landscape: bool | None = None

    @property
    def is_wide(self):
        """Whether it needs paper across: as told, or by the width of its columns."""
        if self.landscape is not None:
            return self.landscape
        return sum(column.characters for column in self.columns) > 95

    def headings(self):
        """Return the lines of the heading, each a list of (text, number of columns), the own titles last."""
        deep = max((len(column.over) for column in self.columns), default=0)
        lines = []
        for level in range(deep):
            spans, before = [], None
            for column in self.columns:
                path = column.over[: level + 1]
                if spans and len(path) > level and path == before:
                    spans[-1][1] += 1
                else:
                    spans.append([path[level] if len(path) > level else "", 1])
                before = path
            lines.append([tuple(span) for span in spans])
        return [*lines, [(column.title, 1) for column in self.columns]]
