"""How alike two short texts are, in any script: by the pairs of signs that they share."""

import re

BLANKS = re.compile(r"[\W_]+")


def pairs(text):
    """Return the pairs of neighbouring signs of a text, blanks and punctuation left out.

    >>> sorted(pairs("Ab, b"))
    ['ab', 'bb']
    """
    plain = BLANKS.sub("", (text or "").lower())
    return {plain[start : start + 2] for start in range(len(plain) - 1)}


def similarity(one, other):
    """Return from 0 to 1 how many of their pairs two texts share (Dice).

    >>> similarity("Hoods rattle", "Hoods rattle again") > 0.7
    True
    >>> similarity("油烟机异响", "油烟机有异响")
    0.666...
    >>> similarity("", "Hoods rattle")
    0.0
    """
    here, there = pairs(one), pairs(other)
    if not here or not there:
        return 0.0
    return 2 * len(here & there) / (len(here) + len(there))
