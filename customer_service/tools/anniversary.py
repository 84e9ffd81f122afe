"""Days that come back every year, and the end of a term of months."""

from calendar import isleap
from datetime import date

from dateutil.relativedelta import relativedelta


def kept_on(day):
    """Return the (month, day) that are kept on a date: on 28 February of a common year the 29th, too."""
    found = [(day.month, day.day)]
    if (day.month, day.day) == (2, 28) and not isleap(day.year):
        found.append((2, 29))
    return found


def celebrated(year, month, day):
    """Return the date on which a day is kept in a year; 29 February on the 28th of a common year."""
    return date(year, month, 28 if (month, day) == (2, 29) and not isleap(year) else day)


def until(start, months):
    """Return the last day of a term of months: the same day of a later month, or the last one that it has."""
    return start + relativedelta(months=months)
