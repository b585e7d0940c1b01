import pytest

from practices.catalogue import catalogue
from practices.models import Practice
from practices.related import first_places, related_keys
from search.facets import Facets
from search.finding import find
from tests.factories import CityFactory, PracticeFactory, ThemeFactory, faceted


def related(practice, number=3):
    find("anything", "en")
    return related_keys(catalogue().facets, practice.pk, number)


def test_related_practices_share_tags_before_themes():
    theme = ThemeFactory()
    practice = PracticeFactory(theme=theme, tags=["voucher"], summary="")
    same_theme = PracticeFactory(theme=theme, summary="")
    same_tag = PracticeFactory(theme=theme, tags=["voucher"], summary="")

    assert related(practice, 2) == [same_tag.pk, same_theme.pk]


def test_related_practices_share_telling_words():
    practice = PracticeFactory(title="Robots in the theatre", summary="")
    likest = PracticeFactory(title="Theatre of robots", summary="")
    PracticeFactory(title="School of music", summary="")
    PracticeFactory(title="Design week", summary="")

    assert related(practice, 1) == [likest.pk]


def test_related_practices_come_from_different_cities_while_there_are_enough():
    city, theme = CityFactory(), ThemeFactory()
    practice = PracticeFactory(theme=theme, tags=["voucher"], summary="")
    first = PracticeFactory(theme=theme, city=city, tags=["voucher"], summary="")
    second = PracticeFactory(theme=theme, city=city, tags=["voucher"], summary="")
    elsewhere = PracticeFactory(theme=theme, summary="")

    keys = related(practice)

    assert set(keys[:2]) == {keys[0], elsewhere.pk}
    assert set(keys) == {first.pk, second.pk, elsewhere.pk}


def test_related_practices_leave_out_the_practice_itself_and_unpublished_ones():
    practice = PracticeFactory(tags=["voucher"])
    published, *_hidden = (
        PracticeFactory(tags=["voucher"], theme=practice.theme, state=state)
        for state in sorted(Practice.State.values, key=lambda state: state != "published")
    )

    assert related(practice) == [published.pk]


def kin(rows, number=3):
    """What is related to the first of the rows (name, city, theme, tags) when nothing is said in words."""
    facets = faceted(
        (key, {"city": [city], "theme": [theme], "tag": tags}) for key, (_name, city, theme, tags) in enumerate(rows)
    )
    return [rows[key][0] for key in related_keys(facets, 0, number)]


def test_what_shares_most_comes_first_and_the_newest_of_equals():
    rows = [("own", "a", "x", ["1", "2"]), ("theme", "b", "x", []), ("tag", "c", "y", ["1"]), ("tag2", "d", "y", ["2"])]

    assert kin(rows) == ["tag", "tag2", "theme"]


def test_other_cities_come_first_and_one_practice_from_each_while_there_are_enough():
    rows = [
        ("own", "a", "x", ["1"]),
        ("same city", "a", "x", ["1"]),
        ("b1", "b", "x", ["1"]),
        ("b2", "b", "x", ["1"]),
        ("c", "c", "x", []),
        ("d", "d", "x", []),
    ]

    assert kin(rows) == ["b1", "c", "d"]


def test_the_same_city_fills_up_when_others_are_too_few():
    rows = [("own", "a", "x", ["1"]), ("same city", "a", "x", ["1"]), ("b", "b", "x", [])]

    assert kin(rows) == ["b", "same city"]


def test_a_practice_that_shares_nothing_is_not_related():
    assert kin([("own", "a", "x", ["1"]), ("other", "b", "y", ["2"])]) == []


@pytest.mark.parametrize("share", [1, 2, 3, 50, 997])
@pytest.mark.parametrize("number", [1, 20, 5000])
def test_the_first_that_share_a_value_are_found_whether_many_have_it_or_few(share, number):
    size = 2000
    facets = Facets(range(size), {"tag": [(key, "rare") for key in range(0, size, share)]})

    first = first_places(facets.bits["tag"], "rare", number)

    assert list(first) == list(range(0, size, share))[:number]
