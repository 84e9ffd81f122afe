"""The arithmetic of quality charts: plain numbers in, plain numbers out. (domain 8.8)"""

from math import sqrt

# The few causes that make this part of all cases are the vital ones.
VITAL = 0.8
# Shares are sums of binary fractions: what is 80 % on paper must not fail by the last bit.
TINY = 1e-9


def pareto(values):
    """Return share, cumulative share and whether it is one of the vital few, for values from high to low.

    The vital few are those up to 80 % together, and the first one in any case. Values are not negative; of nothing
    there are no shares.

    >>> pareto([5, 3, 1, 1])
    [(0.5, 0.5, True), (0.3, 0.8, True), (0.1, 0.9, False), (0.1, 1.0, False)]
    """
    total = sum(values)
    rows, reached = [], 0
    for place, value in enumerate(values):
        reached += value
        if total:
            share, cumulative = value / total, reached / total
            rows.append((share, cumulative, place == 0 or (value > 0 and cumulative <= VITAL + TINY)))
        else:
            rows.append((0.0, 0.0, False))
    return rows


def control_limits(counts):
    """Return mean, lower and upper limit of a c-chart: mean plus and minus three times its root, not below 0.

    None for no counts.

    >>> control_limits([4, 9, 5, 2])
    (5.0, 0.0, 11.708203932499369)
    """
    if not counts:
        return None
    mean = sum(counts) / len(counts)
    reach = 3 * sqrt(mean)
    return mean, max(mean - reach, 0.0), mean + reach
