"""Adding numbers of many things at once."""

import random

import pytest

from search.lanes import Lanes, flags_at, places_of

SIZE = 1024


def octets(numbers):
    return int.from_bytes(bytes(numbers), "little")


def filled(seed):
    """Some numbers, and lanes that hold them."""
    chance = random.Random(seed)
    lanes, totals = Lanes(SIZE), [0] * SIZE
    for _turn in range(20):
        some = [chance.choice([0, 0, chance.randrange(256)]) for _place in range(SIZE)]
        lanes.add(octets(some))
        totals = [total + one for total, one in zip(totals, some, strict=True)]
    return lanes, totals


@pytest.mark.parametrize("seed", range(5))
def test_lanes_tell_what_is_at_least_a_bound(seed):
    lanes, totals = filled(seed)

    for bound in (1, 17, 255, 256, 1999, 4000, 0x7FFF):
        right = [place for place, total in enumerate(totals) if total >= bound]
        assert places_of(lanes.at_least(bound), SIZE) == right
        assert lanes.number_at_least(bound) == len(right)


@pytest.mark.parametrize("number", [1, 10, 100, 500, 1023])
def test_the_bound_of_the_best_is_reached_by_so_many_and_not_by_many_more(number):
    lanes, totals = filled(7)

    bound = lanes.bound_of_best(number)

    assert number <= sum(total >= bound for total in totals) <= 3 * number


def test_the_bound_of_the_best_is_one_if_fewer_have_any():
    lanes = Lanes(SIZE)
    lanes.add(flags_at([3, 500], SIZE))

    assert lanes.bound_of_best(10) == 1
    assert places_of(lanes.at_least(1), SIZE) == [3, 500]


def test_lanes_of_flagged_things_keep_their_numbers_and_no_others():
    lanes, totals = filled(3)
    chosen = random.Random(3).sample(range(SIZE), 300)

    kept = lanes.only(flags_at(chosen, SIZE))

    for bound in (1, 500, 2000):
        right = sorted(place for place in chosen if totals[place] >= bound)
        assert places_of(kept.at_least(bound), SIZE) == right


def test_places_of_flags_can_be_limited():
    assert places_of(flags_at([9, 2, 700], SIZE), SIZE, 2) == [2, 9]
