"""Working time as arithmetic: whatever the hours, nothing of it is lost and nothing is counted twice."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import WorkingTime, merge

MONDAY = datetime(2026, 3, 2)
DRAWN = settings(derandomize=True, database=None, deadline=None, max_examples=60)
MOMENTS = st.integers(0, 60 * 24 * 21).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
DAYS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 23), st.integers(1, 12)), min_size=1, max_size=8)


def hours(days):
    """Return a source of spans from (weekday, hour, length) of each week."""

    def source(low, high):
        start = low.replace(hour=0, minute=0, second=0) - timedelta(days=low.weekday())
        weeks = (high - start).days // 7 + 2
        return [
            (at := start + timedelta(weeks=week, days=day, hours=hour), at + timedelta(hours=length))
            for week in range(-1, weeks)
            for day, hour, length in days
        ]

    return source


@tagged("-at_install", "post_install")
class TestWorkingTime(BaseCase):
    office = [(day, 9, 8) for day in range(5)]

    def test_a_day_that_ends_before_midnight_touches_the_next(self):
        day = [(MONDAY, MONDAY.replace(hour=23, minute=59, second=59, microsecond=999999))]
        tomorrow = [(MONDAY + timedelta(days=1), MONDAY + timedelta(days=2))]
        self.assertEqual(merge(tomorrow + day), [(MONDAY, MONDAY + timedelta(days=2))])

    def test_what_is_due_at_closing_time_is_due_then_and_not_the_next_morning(self):
        time = WorkingTime(hours(self.office))
        self.assertEqual(time.due(MONDAY.replace(hour=9), 8 * 3600), MONDAY.replace(hour=17))
        self.assertEqual(time.due(MONDAY.replace(hour=9), 8 * 3600 + 60), datetime(2026, 3, 3, 9, 1))

    def test_without_working_hours_nothing_is_ever_due(self):
        self.assertIsNone(WorkingTime(lambda low, high: []).due(MONDAY, 60))

    def test_an_open_pause_leaves_open_when_it_is_due(self):
        time = WorkingTime()
        self.assertIsNone(time.due(MONDAY, 3600, [(MONDAY + timedelta(minutes=30), None)]))
        later = MONDAY + timedelta(hours=2)
        self.assertEqual(time.due(MONDAY, 3600, [(later, None)]), MONDAY + timedelta(hours=1))

    @DRAWN
    @given(days=DAYS, moments=st.lists(MOMENTS, min_size=2, max_size=6, unique=True))
    def test_elapsed_and_paused_make_the_working_time(self, days, moments):
        time, moments = WorkingTime(hours(days)), sorted(moments)
        start, end, inside = moments[0], moments[-1], moments[1:-1]
        pauses = list(zip(inside[::2], inside[1::2], strict=False))
        running = sum(
            time.between(a, b)
            for a, b in zip([start, *(p[1] for p in pauses)], [*(p[0] for p in pauses), end], strict=True)
        )
        self.assertEqual(running + time.paused(start, end, pauses), time.between(start, end))

    @DRAWN
    @given(days=DAYS, start=MOMENTS, seconds=st.integers(1, 200 * 3600), pause=st.tuples(MOMENTS, MOMENTS))
    def test_at_the_due_moment_exactly_the_promised_time_has_run(self, days, start, seconds, pause):
        time, pauses = WorkingTime(hours(days)), [tuple(sorted(pause))]
        due = time.due(start, seconds, pauses)
        ran = time.between(start, due) - time.paused(start, due, pauses)
        self.assertEqual(ran, seconds)
        before = due - timedelta(seconds=1)
        self.assertLess(time.between(start, before) - time.paused(start, before, pauses), seconds)

    @DRAWN
    @given(days=DAYS, start=MOMENTS, one=st.integers(1, 90000), two=st.integers(1, 90000))
    def test_two_lengths_one_after_the_other_are_their_sum(self, days, start, one, two):
        time = WorkingTime(hours(days))
        self.assertEqual(time.due(time.due(start, one), two), time.due(start, one + two))
