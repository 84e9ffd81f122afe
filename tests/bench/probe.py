"""Measuring one call: time, queries and peak memory; and several sides in turn."""

import gc
import re
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

STATUS = Path("/proc/self/status")
CLEAR = Path("/proc/self/clear_refs")


@dataclass
class Side:
    """One way to get the figures. ``prepare`` is not measured; what it returns is given to ``call``."""

    name: str
    call: callable
    prepare: callable = lambda: None
    # Tables that the call fills: they are cleaned between two rounds, as the call is rolled back.
    tables: tuple = ()


@dataclass
class Result:
    """What was measured of one side, a number a round."""

    seconds: list = field(default_factory=list)
    queries: list = field(default_factory=list)
    peaks: list = field(default_factory=list)
    above: list = field(default_factory=list)

    def summary(self):
        """Return the figures of a report; memory in MB, or None where the system does not tell."""
        return {
            "median": statistics.median(self.seconds),
            "min": min(self.seconds),
            "seconds": self.seconds,
            # The first round also fills caches that live as long as the process.
            "queries": self.queries[-1],
            "first_queries": self.queries[0],
            "peak": max(self.peaks) if self.peaks else None,
            "above": max(self.above) if self.above else None,
        }


def memory(key):
    """Return VmRSS or VmHWM of this process in MB, or None."""
    try:
        found = re.search(rf"^{key}:\s+(\d+) kB", STATUS.read_text(), re.M)
    except OSError:
        return None
    return int(found[1]) / 1024 if found else None


def forget_peak():
    """Reset VmHWM; return whether the system lets us."""
    try:
        CLEAR.write_text("5")
    except OSError:
        return False
    return True


def once(env, side, result):
    """Run one side once in a transaction of its own."""
    given = side.prepare()
    env.flush_all()
    gc.collect()
    known, before = forget_peak(), memory("VmRSS")
    queries, start = env.cr.sql_log_count, time.perf_counter()
    side.call(*([given] if given is not None else []))
    env.flush_all()
    result.seconds.append(time.perf_counter() - start)
    result.queries.append(env.cr.sql_log_count - queries)
    peak = memory("VmHWM") if known else None
    if peak is not None:
        result.peaks.append(peak)
        result.above.append(max(0, peak - before))
    env.cr.rollback()
    env.invalidate_all()


def alternate(env, sides, rounds, clean):
    """Measure the sides in turn, several times, and return {side's name: summary}.

    :param clean: called with the tables that hold the dead rows of a round
    """
    results = {side.name: Result() for side in sides}
    tables = tuple(dict.fromkeys(table for side in sides for table in side.tables))
    for number in range(rounds):
        # Each side goes first as often as the other.
        for side in sides if number % 2 == 0 else reversed(sides):
            once(env, side, results[side.name])
            clean(tables)
    return {name: result.summary() for name, result in results.items()}
