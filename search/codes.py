"""How often a word stands in how long a document, as one number of eight bits; and what that says in BM25.

These numbers stand in the index: a migration that changes them must build it anew. Small frequencies and lengths are
kept as they are, great ones in steps so fine that a score is at most some per cent off.
"""

from functools import lru_cache
from itertools import pairwise
from math import sqrt

# How fast a repeated word stops counting, and how much the length of a text is held against it.
K, B = 1.2, 0.75


def _steps(first, parts, number, start=None):
    """The shortest lengths of so many classes, about so many of them for each doubling of the length."""
    lengths = [first] if start is None else [first, start]
    while len(lengths) < number:
        lengths.append(max(lengths[-1] + 1, round(lengths[-1] * 2 ** (1 / parts))))
    return lengths


# By the lowest frequency of a class of frequencies, the shortest lengths of its classes of lengths: 255 in all.
CLASSES = {
    1: _steps(1, 5, 63),
    2: _steps(2, 4, 49),
    3: _steps(3, 3, 37),
    4: _steps(4, 3, 30, 16),
    5: _steps(5, 2, 19, 24),
    6: _steps(6, 2, 17, 40),
    7: _steps(7, 2, 17, 50),
    9: _steps(9, 1, 9, 60),
    13: _steps(13, 1, 8, 120),
    21: _steps(21, 1, 6, 240),
}
MOST = 30  # the frequency of the last class, which has no end


def _meanings():
    """What each number stands for: (frequency, length)."""
    for low, above in pairwise([*CLASSES, MOST]):
        lengths = CLASSES[low]
        for shortest, longer in pairwise([*lengths, lengths[-1] * 4 // 3]):
            narrow = longer < 2 * shortest
            yield sqrt(low * (above - 1)), sqrt(shortest * (longer - 1)) if narrow else (shortest + longer - 1) / 2


MEANINGS = tuple(_meanings())


@lru_cache(maxsize=64)
def saturations(average):
    """What a word counts by its number if documents have this length on average: f (k+1) / (f + k (1-b + b length…)).

    The number 0 says that the word does not stand in the document.
    """
    base, slope = K * (1 - B), K * B / average
    return 0.0, *(often * (K + 1) / (often + base + slope * length) for often, length in MEANINGS)


@lru_cache(maxsize=4096)
def steps(saturation, most):
    """The same in whole steps, from 1 to about so many; as octets to translate numbers with."""
    highest = max(saturation)
    return bytes([0, *(max(1, round(value * most / highest)) for value in saturation[1:])])


FLAT = (0.0, *[1.0] * 255)  # of what counts the same wherever it stands


def number_in_sql():
    """The number of a frequency and a length, as PostgreSQL computes it."""
    cases, number = [], 1
    for low, lengths in CLASSES.items():
        bounds = ",".join(map(str, lengths[1:]))
        cases.append(f"WHEN frequency >= {low} THEN {number} + width_bucket(length, '{{{bounds}}}'::integer[])")
        number += len(lengths)
    return f"CASE {' '.join(reversed(cases))} END"
