import random

from search.facets import bits_at
from search.spans import Spans


def test_ranges_overlap_as_brute_force_says():
    chance = random.Random(5)
    spans = {}
    for place in range(300):
        first = chance.randint(1990, 2020)
        spans[place] = first, chance.choice([None, first, first + chance.randint(0, 9)])
    years = Spans(spans, 310, 2026)

    for first in (None, 1900, 1990, 2003, 2026, 2050):
        for last in (None, 1989, 1990, 2003, 2010, 2026, 2100):
            if first and last and first > last:
                continue
            wanted = [
                place
                for place, (begun, ended) in spans.items()
                if begun <= (last or 9999) and (ended or 9999) >= (first or 0)
            ]
            assert years.overlapping(first, last) == bits_at(wanted, 310), (first, last)


def test_nothing_overlaps_when_no_year_is_known():
    years = Spans({}, 3, 2026)

    assert years.first is None
    assert years.overlapping(2000, 2010) == 0


def test_the_last_year_is_the_present_one_while_something_goes_on():
    assert Spans({0: (2010, None)}, 1, 2026).last == 2026
    assert Spans({0: (2010, 2012)}, 1, 2026).last == 2012
