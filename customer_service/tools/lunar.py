"""The Chinese calendar of 1900 to 2100, by a table: months of 29 or 30 days, and in some years a leap month.

A year of it begins at its Spring Festival and has the number of the year in which most of it lies.
"""

from bisect import bisect_right
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

# One hexadecimal number a year from 1900 on: its last digit is the month that comes twice (0: none), bit 16 says
# that the second of the two has 30 days, bits 15 to 4 that months 1 to 12 have. By the standard GB/T 33661-2017.
YEARS = tuple(
    int(code, 16)
    for code in """
    04bd8 04ae0 0a570 054d5 0d260 0d950 16554 056a0 09ad0 055d2 04ae0 0a5b6 0a4d0 0d250 1d255
    0b540 0d6a0 0ada2 095b0 14977 04970 0a4b0 0b4b5 06a50 06d40 1ab54 02b60 09570 052f2 04970
    06566 0d4a0 0ea50 16a95 05ad0 02b60 186e3 092e0 1c8d7 0c950 0d4a0 1d8a6 0b550 056a0 1a5b4
    025d0 092d0 0d2b2 0a950 0b557 06ca0 0b550 15355 04da0 0a5b0 14573 052b0 0a9a8 0e950 06aa0
    0aea6 0ab50 04b60 0aae4 0a570 05260 0f263 0d950 05b57 056a0 096d0 04dd5 04ad0 0a4d0 0d4d4
    0d250 0d558 0b540 0b6a0 195a6 095b0 049b0 0a974 0a4b0 0b27a 06a50 06d40 0af46 0ab60 09570
    04af5 04970 064b0 074a3 0ea50 06b58 05ac0 0ab60 096d5 092e0 0c960 0d954 0d4a0 0da50 07552
    056a0 0abb7 025d0 092d0 0cab5 0a950 0b4a0 0baa4 0ad50 055d9 04ba0 0a5b0 15176 052b0 0a930
    07954 06aa0 0ad50 05b52 04b60 0a6e6 0a4e0 0d260 0ea65 0d530 05aa0 076a3 096d0 04afb 04ad0
    0a4d0 1d0b6 0d250 0d520 0dd45 0b5a0 056d0 055b2 049b0 0a577 0a4b0 0aa50 1b255 06d20 0ada0
    14b63 09370 049f8 04970 064b0 168a6 0ea50 06b20 1a6c4 0aae0 092e0 0d2e3 0c960 0d557 0d4a0
    0da50 05d55 056a0 0a6d0 055d4 052d0 0a9b8 0a950 0b4a0 0b6a6 0ad50 055a0 0aba4 0a5b0 052b0
    0b273 06930 07337 06aa0 0ad50 14b55 04b60 0a570 054e4 0d160 0e968 0d520 0daa0 16aa6 056d0
    04ae0 0a9d4 0a2d0 0d150 0f252 0d520
    """.split()
)
FIRST_YEAR = 1900
LAST_YEAR = FIRST_YEAR + len(YEARS) - 1
# Spring Festival of the first year.
FIRST_DAY = date(1900, 1, 31)


class LunarDate(NamedTuple):
    """A day of the Chinese calendar; ``leap`` for one in the second of two months with the same number."""

    year: int
    month: int
    day: int
    leap: bool = False


def leap_month(year):
    """Return the month that comes twice in a year, 0 when none does."""
    return _code(year) & 0xF


def month_days(year, month, leap=False):
    """Return how many days a month has: 29 or 30, and 0 for a leap month that the year does not have."""
    if leap:
        return (29 + (_code(year) >> 16)) if month == leap_month(year) else 0
    return 29 + (_code(year) >> (16 - month) & 1)


def months(year):
    """Return the months of a year in order, as (month, leap)."""
    twice = leap_month(year)
    return [(month, leap) for month in range(1, 13) for leap in (False, True) if not leap or month == twice]


def to_lunar(day):
    """Return the day of the Chinese calendar that a date is.

    :rtype: LunarDate
    :raises ValueError: before 31 January 1900 and after the last day of the Chinese year 2100
    """
    left = (day - FIRST_DAY).days
    if not 0 <= left < STARTS[-1]:
        raise ValueError(f"The table of the Chinese calendar does not reach {day}.")
    place = bisect_right(STARTS, left) - 1
    year, left = FIRST_YEAR + place, left - STARTS[place]
    for month, leap in months(year):
        length = month_days(year, month, leap)
        if left < length:
            return LunarDate(year, month, left + 1, leap)
        left -= length
    raise AssertionError(day)


def to_solar(year, month, day, leap=False):
    """Return the date of a day of the Chinese calendar.

    :raises ValueError: when there is no such day
    """
    if not 1 <= month <= 12 or not 1 <= day <= month_days(year, month, leap):
        raise ValueError(f"There is no day {day} of month {month} in the Chinese year {year}.")
    order = months(year)
    before = order[: order.index((month, leap))]
    days = STARTS[year - FIRST_YEAR] + sum(month_days(year, *one) for one in before) + day - 1
    return FIRST_DAY + timedelta(days=days)


def celebrated(year, month, day, leap=False):
    """Return the date on which a day is kept in a Chinese year.

    A leap month that the year lacks is kept in the usual one, the 30th of a month of 29 days on its last day.
    """
    leap = leap and leap_month(year) == month
    return to_solar(year, month, min(day, month_days(year, month, leap)), leap)


def kept_on(day):
    """Return the (month, day, leap) that are kept on a date by :func:`celebrated`."""
    now = to_lunar(day)
    twice = leap_month(now.year) == now.month
    leaps = [now.leap] if twice else [False, True]
    last = now.day == month_days(now.year, now.month, now.leap) == 29
    return [(now.month, number, leap) for number in ([29, 30] if last else [now.day]) for leap in leaps]


def _code(year):
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"The table of the Chinese calendar does not reach {year}.")
    return YEARS[year - FIRST_YEAR]


# Days from the first one of the table to the first one of each year, and to the end of the last.
STARTS = [
    0,
    *accumulate(
        sum(month_days(year, *one) for one in months(year)) for year in range(FIRST_YEAR, LAST_YEAR + 1)
    ),
]
