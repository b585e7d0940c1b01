import pytest
from django.http import QueryDict
from django.utils import translation

from practices.filters import PracticeFilter
from practices.models import Practice
from practices.places import map_markers, place_rows, places_of, spot_rows
from tests.factories import CityFactory, PracticeFactory


def found(query="view=map"):
    return PracticeFilter(QueryDict(query))


def drawn(query="view=map"):
    """All that the page of a map shows of places."""
    practices = found(query)
    cities, spots = places_of(practices)
    return map_markers(cities, spots, practices), place_rows(cities, practices), spot_rows(spots, practices)


@pytest.fixture
def two():
    vienna, turin = CityFactory(slug="vienna", name="Vienna & <co>", country="AT"), CityFactory(slug="turin")
    PracticeFactory(slug="felt", title="Felt", city=vienna, lat=52.1, lon=4.3)
    PracticeFactory(city=turin)


def test_the_whole_map_is_drawn_once_and_as_it_would_be_drawn_anew(two):
    once = drawn()

    assert once == drawn("view=map&q=")
    assert all(kept is again for kept, again in zip(once, drawn("view=map&page=2"), strict=True))


@pytest.mark.parametrize("query", ["view=map&city=vienna", "view=map&from=1900", "view=map&q=felt"])
def test_other_maps_have_their_own_places_and_addresses(two, query):
    whole = drawn()

    other = drawn(query)

    assert other[:2] != whole[:2]
    assert drawn() == whole


def test_the_whole_map_goes_with_the_content_and_has_its_language(two):
    before = drawn()
    with translation.override("de"):
        german = drawn()

    PracticeFactory(title="Loom", lat=50, lon=5)

    assert "Österreich" in german[1]
    assert "Austria" in before[1]
    assert "Vienna &amp; &lt;co&gt;" in before[0]
    assert "Loom" in drawn()[2]
    assert "Loom" not in before[2]


def test_without_anything_found_the_map_is_empty():
    dots, cities, spots = drawn()

    assert not dots + cities + spots


def test_the_newest_practices_with_a_place_are_listed_first(two):
    for number in range(45):
        PracticeFactory(slug=f"p{number}", lat=50, lon=5)

    practices = found()
    spots = places_of(practices)[1]

    placed = set(Practice.objects.filter(lat__isnull=False).values_list("pk", flat=True))
    assert [spot.practice.pk for spot in spots] == [key for key in practices.keys[:] if key in placed][:40]
