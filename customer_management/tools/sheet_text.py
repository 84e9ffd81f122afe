"""Sheets on paper: their values as the reader's language writes them."""

from odoo.tools.misc import format_date, format_datetime, formatLang

from .sheet import Band, Money
from .sheet_totals import with_totals


def print_lines(env, sheet):
    """Yield the lines of a sheet as (kind, level, cells): kind is empty for a row, else that of the band.

    A cell is (text, number of columns, whether it stands on the right); what a band is called runs on
    over the empty cells behind it.
    """
    columns = sheet.columns
    for line in with_totals(columns, sheet.rows, env._("Total")):
        is_band = isinstance(line, Band)
        kind, level, values = line if is_band else ("", 0, line)
        texts = [as_text(env, value, column) for column, value in zip(columns, values, strict=True)]
        sides = [column.is_number for column in columns]
        span = 1
        if is_band and isinstance(values[0], str):
            sides[0] = False
            span = next((i for i, text in enumerate(texts[1:], 1) if text), len(texts))
        yield (
            kind,
            level,
            [(texts[0], span, sides[0]), *((texts[i], 1, sides[i]) for i in range(span, len(texts)))],
        )


def head_text(env, value):
    """Return a value of the lines above a table as text."""
    if hasattr(value, "year"):
        return format_date(env, value)
    return formatLang(env, value) if isinstance(value, float) else value or ""


def as_text(env, value, column):
    """Return one value as text; what is missing is empty, zero is 0."""
    if value is None or value is False or value == "" or isinstance(value, str):
        return value or ""
    unit = None
    if isinstance(value, Money):
        value, unit = value
    if column.kind == "date":
        return format_date(env, value)
    if column.kind == "datetime":
        return format_datetime(env, value, tz="UTC", dt_format="short")
    if column.kind == "hours":
        hours, minutes = divmod(round(abs(value) * 60), 60)
        return f"{'-' if value < 0 else ''}{hours}:{minutes:02}"
    if column.kind == "percent":
        return f"{formatLang(env, value * 100, digits=1)}%"
    digits = 0 if column.kind == "integer" else unit.digits if unit else column.digits
    text = formatLang(env, value, digits=digits)
    if unit:
        text = f"{unit.symbol}{text}" if unit.before else f"{text} {unit.symbol}"
    return text
