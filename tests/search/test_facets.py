import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import facets as module
from search.facets import Facets, nth, runs
from tests.factories import faceted

VALUES = {"theme": 4, "city": 11, "tag": 300, "language": 3, "outcome": 2}


def random_rows(number, seed=7):
    chance = random.Random(seed)
    rows = []
    for key in range(1000, 1000 + number):
        values = {
            facet: {f"{facet}-{int(size * chance.random() ** 3)}" for _ in range(chance.randint(0, 3))}
            for facet, size in VALUES.items()
        }
        rows.append((key, values))
    return rows


def random_choice(chance):
    """Some values of some facets, a value that nothing has, and now and then some words."""
    chosen = {}
    for facet in chance.sample(sorted(VALUES), chance.randint(0, 3)):
        values = [f"{facet}-{int(VALUES[facet] * chance.random() ** 3)}" for _ in range(chance.randint(1, 3))]
        chosen[facet] = [*values, "unknown"] if chance.random() < 0.1 else values
    among = set(chance.sample(range(1000, 2000), chance.choice([3, 300, 900]))) if chance.random() < 0.4 else None
    return chosen, among


def fits(values, chosen):
    return all(not wanted or values[facet] & set(wanted) for facet, wanted in chosen.items())


def test_counts_and_hits_are_those_of_brute_force():
    rows, chance = random_rows(1000), random.Random(1)
    facets = faceted(rows)

    for _ in range(500):
        chosen, among = random_choice(chance)
        words = None if among is None else facets.bits_of(among)
        inside = [(key, values) for key, values in rows if among is None or key in among]
        hits = [key for key, values in inside if fits(values, chosen)]
        assert facets.listed(facets.hits(chosen, words))[:] == hits
        for facet in chance.sample(sorted(VALUES), 2):
            others = {name: wanted for name, wanted in chosen.items() if name != facet}
            naive = {}
            for _key, values in inside:
                for value in values[facet] if fits(values, others) else ():
                    naive[value] = naive.get(value, 0) + 1
            apart = facets.hits(chosen, words, apart_from=facet)
            assert facets.counts(facet, apart) == naive
            assert_best(facets.top(facet, apart, 15, chosen.get(facet, ())), naive, chosen.get(facet, ()))


def assert_best(top, naive, always):
    counts = dict(top)
    assert len(counts) == len(top) <= max(15, len(always))
    assert all(naive.get(value, 0) == count for value, count in top)
    assert set(always) <= set(counts)
    left_out = [count for value, count in naive.items() if value not in counts]
    free = [count for value, count in top if value not in always]
    assert not left_out or len(counts) >= 15
    assert not left_out or not free or max(left_out) <= min(free)


def test_counts_stay_exact_when_only_frequent_values_are_looked_at(monkeypatch):
    monkeypatch.setattr(module, "FEW", 10)
    monkeypatch.setattr(module, "FREQUENT", 20)
    rows = random_rows(1000, seed=8)
    facets = faceted(rows)
    hits = facets.hits({"theme": ["theme-0"]})

    top = facets.top("tag", hits, 15, ["tag-250"])

    naive = {
        value: sum(value in values["tag"] and "theme-0" in values["theme"] for _, values in rows) for value, _ in top
    }
    assert len(top) == 15
    assert dict(top) == naive


def test_values_of_a_thing_are_its_own():
    rows = random_rows(200)
    facets = faceted(rows)

    for key, values in rows:
        assert {facet: set(found) for facet, found in facets.values_of(key).items()} == {
            facet: found for facet, found in values.items() if found
        }


def test_what_is_said_in_another_order_or_of_things_that_are_not_listed_changes_nothing():
    pairs = [("c", "red"), ("unlisted", "red"), ("a", "blue"), ("c", "blue"), ("unlisted", "grey")]

    facets = Facets("abc", {"colour": pairs})

    assert [facets.values_of(key) for key in "abc"] == [{"colour": ["blue"]}, {}, {"colour": ["red", "blue"]}]
    assert facets.counts("colour", facets.everything) == {"blue": 2, "red": 1}
    assert facets.listed(facets.hits({"colour": ["red", "grey"]}))[:] == ["c"]


def test_pages_show_every_hit_once_in_every_order():
    facets = faceted(random_rows(500))
    hits = facets.hits({"theme": ["theme-0", "theme-1"]})
    order = random.Random(3).sample(range(500), 500)
    good = hits & facets.hits({"city": ["city-0"]})

    for listing in (
        facets.listed(hits),
        facets.listed(hits, order),
        facets.listed(facets.everything),
        facets.listed(facets.everything, order),
        module.Listing(facets, [good, hits & ~good], order),
    ):
        pages = [key for start in range(0, len(listing), 12) for key in listing[start : start + 12]]
        assert pages == list(listing)
        assert len(set(pages)) == len(pages) == len(listing)


def test_good_hits_come_before_weaker_ones_in_their_order():
    facets = Facets("abcdef", {})

    listing = module.Listing(facets, [facets.bits_of("ace"), facets.bits_of("bd")], [5, 4, 3, 2, 1, 0])

    assert listing[:] == ["e", "c", "a", "d", "b"]
    assert listing[2:4] == ["a", "d"]
    assert listing[-1] == "b"


@given(st.lists(st.booleans(), max_size=400), st.integers(0, 400))
def test_nth_finds_the_place_of_a_flag(flags, number):
    places = [place for place, flag in enumerate(flags) if flag]

    assert nth(bytes(flags), number) == (places[number] if number < len(places) else len(flags))


@pytest.mark.parametrize("rows", [[], [("only", {})]])
def test_little_content_is_content_too(rows):
    facets = faceted(rows)

    assert facets.listed(facets.hits({"theme": ["none"]}))[:] == []
    assert facets.listed(facets.everything)[:12] == [key for key, _values in rows]
    assert facets.top("theme", facets.everything, 15) == []
    assert (facets.counts("theme", facets.everything), facets.bits_of([1])) == ({}, 0)


LETTERS = {"theme": "abc", "city": "defgh", "tag": "ijklmnop"}


@st.composite
def things(draw):
    """Things with values, some of them without any."""
    values = st.fixed_dictionaries({facet: st.sets(st.sampled_from(letters)) for facet, letters in LETTERS.items()})
    return list(enumerate(draw(st.lists(values, max_size=40)), start=100))


choices_of_letters = st.fixed_dictionaries(
    {facet: st.lists(st.sampled_from(f"{letters}?"), max_size=3) for facet, letters in LETTERS.items()}
)


def naive(rows, chosen, among=None):
    """The keys of what has, for every facet, one of the chosen values."""
    return [
        key
        for key, values in rows
        if all(values[facet] & set(wanted) for facet, wanted in chosen.items() if wanted)
        and (among is None or key in among)
    ]


@given(things(), choices_of_letters)
def test_hits_have_one_of_the_chosen_values_of_every_facet(rows, chosen):
    facets = faceted(rows)

    assert facets.listed(facets.hits(chosen))[:] == naive(rows, chosen)


@given(things(), choices_of_letters, st.sets(st.integers(95, 145)))
def test_a_count_is_what_choosing_the_value_alone_gives(rows, chosen, among):
    facets = faceted(rows)
    words = facets.bits_of(among)

    for facet in LETTERS:
        counts = facets.counts(facet, facets.hits(chosen, words, apart_from=facet))
        alone = {value: len(naive(rows, {**chosen, facet: [value]}, among)) for value in LETTERS[facet]}
        assert counts == {value: count for value, count in alone.items() if count}
        assert list(counts.values()) == sorted(counts.values(), reverse=True)


@given(st.lists(st.integers(0, 60), unique=True), st.booleans())
def test_slices_are_the_places_in_their_order(places, sorted_first):
    octets = bytes(range(61))
    places = sorted(places, reverse=True) if sorted_first else places

    assert b"".join(octets[run] for run in runs(places)) == bytes(places)


def test_what_is_listed_from_the_newest_to_the_oldest_is_one_slice():
    assert list(runs(range(9, -1, -1))) == [slice(9, None, -1)]
