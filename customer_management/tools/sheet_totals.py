"""Totals of a sheet, added up from what is printed, so that a sheet always proves itself."""

from .sheet import Band, Money


class Line(tuple):
    """The values of a record that may stand in several groups; ``key`` names it, so that totals count it once."""

    key = None


class Totals:
    """The totals of one group of rows, by column and, for money, by currency: those are never mixed."""

    def __init__(self, columns):
        self.ways = {i: column.total for i, column in enumerate(columns) if column.total}
        self.width = len(columns)
        self.found = {}
        self.seen = set()

    def add(self, values):
        """Take the values of one row; what is missing does not count, nor does a record that was there already."""
        key = getattr(values, "key", None)
        if key is not None:
            if key in self.seen:
                return
            self.seen.add(key)
        for i in self.ways:
            value = values[i]
            if value is None or value is False or value == "":
                continue
            amount, unit = (value.amount, value.unit) if isinstance(value, Money) else (value, None)
            key = (i, unit)
            before = self.found.get(key)
            if before is None:
                self.found[key] = [amount, amount, amount, 1]
            else:
                before[0] += amount
                before[1] = min(before[1], amount)
                before[2] = max(before[2], amount)
                before[3] += 1

    def bands(self, word, level=0):
        """Yield the total as a line, or with several currencies as one line a currency.

        :param str word: what the line is called
        """
        if not self.ways:
            return
        units = list(dict.fromkeys(unit for _i, unit in self.found if unit)) or [None]
        for place, unit in enumerate(units):
            values = [None] * self.width
            for i in self.ways:
                if (i, unit) in self.found:
                    values[i] = self._value(i, unit)
                elif not place and (i, None) in self.found:
                    values[i] = self._value(i, None)
            if values[0] is None:
                values[0] = f"{word} {unit.name}" if len(units) > 1 else word
            yield Band("total", level, tuple(values))

    def _value(self, i, unit):
        total, least, most, count = self.found[i, unit]
        value = {"avg": total / count, "min": least, "max": most}.get(self.ways[i], total)
        return Money(value, unit) if unit else value


def with_totals(columns, rows, word):
    """Yield the rows and, behind them, the total of those that are records.

    :param str word: what the total is called
    """
    totals = Totals(columns)
    for row in rows:
        if not isinstance(row, Band):
            totals.add(row)
        yield row
    yield from totals.bands(word)
