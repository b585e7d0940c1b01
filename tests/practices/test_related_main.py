from practices.catalogue import catalogue
from practices.models import Practice
from practices.related import related_keys
from search.facets import Facets
from tests.factories import PracticeFactory


def related(rows, number=3):
    """What is related to the first of the rows (key, city, theme, tags)."""
    facets = Facets((key, {"city": [city], "theme": [theme], "tag": tags}) for key, city, theme, tags in rows)
    return related_keys(facets, rows[0][0], number)


def test_what_shares_most_comes_first_and_the_newest_of_equals():
    rows = [("own", "a", "x", ["1", "2"]), ("theme", "b", "x", []), ("tag", "c", "y", ["1"]), ("tag2", "d", "y", ["2"])]

    assert related(rows) == ["tag", "tag2", "theme"]


def test_other_cities_come_first_and_one_practice_from_each_while_there_are_enough():
    rows = [
        ("own", "a", "x", ["1"]),
        ("same city", "a", "x", ["1"]),
        ("b1", "b", "x", ["1"]),
        ("b2", "b", "x", ["1"]),
        ("c", "c", "x", []),
        ("d", "d", "x", []),
    ]

    assert related(rows) == ["b1", "c", "d"]


def test_the_same_city_fills_up_when_others_are_too_few():
    rows = [("own", "a", "x", ["1"]), ("same city", "a", "x", ["1"]), ("b", "b", "x", [])]

    assert related(rows) == ["b", "same city"]


def test_a_practice_that_shares_nothing_is_not_related():
    assert related([("own", "a", "x", ["1"]), ("other", "b", "y", ["2"])]) == []


def test_hidden_practices_are_not_related():
    practice = PracticeFactory(tags=["felt"])
    for state in Practice.State.values:
        PracticeFactory(slug=state, state=state, theme=practice.theme, tags=["felt"])

    keys = related_keys(catalogue().facets, practice.pk)

    assert [other.slug for other in Practice.objects.filter(pk__in=keys)] == ["published"]
