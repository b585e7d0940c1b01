from hypothesis import given
from hypothesis import strategies as st

from search.facets import Facets

VALUES = {"theme": "abc", "city": "defgh", "tag": "ijklmnop"}


@st.composite
def things(draw):
    """Things with values, some of them without any."""
    values = st.fixed_dictionaries({facet: st.sets(st.sampled_from(letters)) for facet, letters in VALUES.items()})
    return list(enumerate(draw(st.lists(values, max_size=40)), start=100))


choices = st.fixed_dictionaries(
    {facet: st.lists(st.sampled_from(f"{letters}?"), max_size=3) for facet, letters in VALUES.items()}
)


def naive(rows, chosen, among=None):
    """The keys of what has, for every facet, one of the chosen values."""
    return [
        key
        for key, values in rows
        if all(values[facet] & set(wanted) for facet, wanted in chosen.items() if wanted)
        and (among is None or key in among)
    ]


@given(things(), choices)
def test_hits_have_one_of_the_chosen_values_of_every_facet(rows, chosen):
    facets = Facets(rows)

    assert facets.listed(facets.hits(chosen)) == naive(rows, chosen)


@given(things(), choices, st.sets(st.integers(95, 145)))
def test_a_count_is_what_choosing_the_value_alone_gives(rows, chosen, among):
    facets = Facets(rows)
    present = {facet: {value for _key, values in rows for value in values[facet]} for facet in VALUES}

    assert facets.counts(chosen, facets.bits_of(among)) == {
        facet: {value: len(naive(rows, {**chosen, facet: [value]}, among)) for value in values}
        for facet, values in present.items()
        if values
    }


@given(things())
def test_a_thing_has_the_values_it_came_with(rows):
    facets = Facets(rows)

    for key, values in rows:
        found = facets.values_of(key)
        assert {facet: set(found.get(facet, ())) for facet in VALUES} == values


def test_without_things_there_is_nothing_to_count():
    facets = Facets([])

    assert (facets.listed(facets.hits({"theme": ["a"]})), facets.counts({}), facets.bits_of([1])) == ([], {}, 0)
