import re

import pytest
from django.http import QueryDict

from practices.filters import PracticeFilter
from practices.loosened import loosened
from tests.factories import CityFactory, PracticeFactory, ThemeFactory


@pytest.fixture
def several():
    brokerage, spaces = ThemeFactory(slug="brokerage"), ThemeFactory(slug="spaces")
    berlin, lyon = CityFactory(slug="berlin"), CityFactory(slug="lyon")
    for theme, city, year in ((brokerage, berlin, 2001), (brokerage, berlin, 2002), (spaces, lyon, 2010)):
        PracticeFactory(title="Loom", theme=theme, city=city, start_year=year, end_year=year)
    PracticeFactory(title="Loom", theme=brokerage, city=lyon, start_year=2001, end_year=2001, state="draft")
    PracticeFactory(title="Kiln", theme=brokerage, city=lyon, start_year=2003, end_year=2003)


def ways(query):
    return [(str(label), address, number) for label, address, number in loosened(PracticeFilter(QueryDict(query)))]


def test_each_filter_left_out_is_offered_with_what_is_found_then_the_most_first(several):
    assert ways("q=loom&theme=brokerage&city=lyon") == [
        ("City", "q=loom&theme=brokerage", 2),
        ("Theme", "q=loom&city=lyon", 1),
    ]


def test_the_years_are_left_out_together(several):
    assert ways("theme=spaces&from=2001&to=2002&sort=title") == [
        ("Theme", "from=2001&to=2002&sort=title", 2),
        ("2001–2002", "theme=spaces&sort=title", 1),
    ]


def test_a_way_that_finds_nothing_either_is_not_offered(several):
    assert ways("q=xylophone&theme=brokerage") == []
    assert ways("q=xylophone") == []


@pytest.mark.parametrize("view", ["cards", "table", "map"])
@pytest.mark.parametrize(
    "query", ["q=loom&theme=brokerage&city=lyon", "theme=spaces&from=2001&to=2002", "city=lyon&city=berlin&from=2050"]
)
def test_the_numbers_are_what_the_links_give(client, several, query, view):
    page = client.get(f"/practices/?{query}&view={view}").content.decode()

    links = re.findall(r'<a href="(\?[^"]*)">Without “[^”]*”: (\d+) practices?</a>', page)
    assert links
    for address, number in links:
        response = client.get(f"/practices/{address.replace('&amp;', '&')}")
        assert (response.status_code, response.context["page"].paginator.count) == (200, int(number)), address


def test_what_was_found_needs_no_loosening(client, several):
    assert "Without “" not in client.get("/practices/?theme=brokerage").content.decode()
