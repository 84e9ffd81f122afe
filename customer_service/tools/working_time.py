"""Working time as plain arithmetic: how much of it lies between two moments, and when a length of it is over."""

from bisect import bisect_right
from datetime import timedelta
from itertools import accumulate


def merge(spans):
    """Return spans of time in their order, without overlaps; ends are rounded to the second.

    A day of a calendar ends at 23:59:59.999999; what touches the next day becomes one span with it.
    """
    merged = []
    for start, end in sorted((_second(start), _second(end)) for start, end in spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        elif start < end:
            merged.append([start, end])
    return [tuple(span) for span in merged]


def _second(moment):
    """Return a moment rounded to the second."""
    return (moment + timedelta(microseconds=500000)).replace(microsecond=0)


class WorkingTime:
    """The spans in which a clock runs, and what can be asked of them. Moments are naive, in UTC.

    :param source: function of (low, high) that returns the spans between two moments; None: it always runs
    :param timedelta step: how much further it looks at a time
    :param timedelta most: how far it looks for the end of a length before it says that there is none
    """

    def __init__(self, source=None, step=timedelta(weeks=8), most=timedelta(weeks=160)):
        self.source, self.step, self.most = source, step, most
        self.low = self.high = None
        self.starts, self.ends, self.sums = [], [], [0]

    def cover(self, low, high):
        """Load the spans between two moments, in one go."""
        if self.source is None or (self.low is not None and self.low <= low and high <= self.high):
            return
        self.low = low if self.low is None else min(low, self.low)
        self.high = high if self.high is None else max(high, self.high)
        spans = merge(self.source(self.low, self.high))
        self.starts = [start for start, _end in spans]
        self.ends = [end for _start, end in spans]
        self.sums = [0, *accumulate(int((end - start).total_seconds()) for start, end in spans)]

    def between(self, start, end):
        """Return the seconds of working time between two moments; 0 when the end is not after the start."""
        if end <= start:
            return 0
        if self.source is None:
            return int((end - start).total_seconds())
        self.cover(start, end)
        return self._until(end) - self._until(start)

    def after(self, start, seconds):
        """Return the first moment at which so much working time has passed; None when that never comes."""
        if self.source is None:
            return start + timedelta(seconds=seconds)
        self.cover(start, start + self.step)
        while self._until(self.high) - self._until(start) < seconds:
            if self.high - start > self.most:
                return None
            self.cover(start, self.high + max(self.step, self.high - start))
        goal = self._until(start) + seconds
        if seconds <= 0:
            return start
        # The span in which the goal lies, its end included: what is due at closing time is due then.
        index = max(bisect_right(self.sums, goal - 1) - 1, 0)
        return self.starts[index] + timedelta(seconds=goal - self.sums[index])

    def paused(self, start, end, pauses):
        """Return the seconds of working time between two moments that lie in pauses.

        :param pauses: (from, to) in their order, without overlaps; the last may have no end
        """
        return sum(self.between(max(start, begin), min(end, stop or end)) for begin, stop in pauses)

    def due(self, start, seconds, pauses=()):
        """Return when so much working time outside of pauses has passed; None when it stands still before that."""
        left = seconds
        for begin, stop in pauses:
            if stop is not None and stop <= start:
                continue
            ahead = self.between(start, begin)
            if ahead >= left:
                break
            if stop is None:
                return None
            left, start = left - ahead, max(stop, start)
        return self.after(start, left)

    def _until(self, moment):
        """Return the working time from the first span to a moment, in seconds."""
        index = bisect_right(self.starts, moment)
        if not index:
            return 0
        within = min(moment, self.ends[index - 1]) - self.starts[index - 1]
        return self.sums[index - 1] + int(within.total_seconds())
