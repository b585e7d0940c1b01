from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict

from practices.filters import PracticeFilter


def found(query=""):
    return PracticeFilter(QueryDict(query))


def test_a_chip_takes_away_its_value_and_the_page_and_nothing_else(three):
    query = "q=a+%26+b&theme=spaces&theme=brokerage&outcome=ended&page=2"

    chips = {choice.value: parse_qs(choice.address) for choice in found(query).chips}

    assert chips == {
        "spaces": {"q": ["a & b"], "theme": ["brokerage"], "outcome": ["ended"]},
        "brokerage": {"q": ["a & b"], "theme": ["spaces"], "outcome": ["ended"]},
        "ended": {"q": ["a & b"], "theme": ["spaces", "brokerage"]},
    }


def test_a_choice_leads_to_the_list_with_it_on_the_first_page(three):
    themes, *_others = found("theme=spaces&page=3").facets

    assert {choice.value: parse_qs(choice.address) for choice in themes.choices} == {
        "spaces": {},
        "brokerage": {"theme": ["spaces", "brokerage"]},
        "culture": {"theme": ["spaces", "culture"]},
    }


HOSTILE = [
    "q=" + "a" * 10_000,
    "q=" + "a+" * 900,
    "q=" + "a+-b+" * 390,
    "q=%00",
    "q=a%00b&theme=%00",
    "q=%01%02%0b%7f%c2%80%ef%bf%be",
    "q=%ff&theme=%ff",
    ";;&&=",
    "&&&==;q",
    "q=%",
    "q=a&q=b",
    "q='+or+1=1--&city='; drop table practices_practice--",
    "q=<script>alert(1)</script>&theme=<script>alert(1)</script>",
    'q="><img src=x onerror=alert(1)>&tag="><img src=x onerror=alert(1)>',
    "q=!!!&q=:*&q=%26|()",
    "q=a:*%26b|!c<->d",
    "q=\\",
    "q=%F0%9F%A7%B6",
    "theme=" + "&theme=".join("x" * 50 for _number in range(200)),
    "page=0",
    "page=-1",
    "page=1e9",
    "page=abc",
    "page=" + "9" * 5000,
    "page=%00",
    "page=99999999999999999999",
    "page=",
    "page=%D9%A1",
]


class Elements(HTMLParser):
    """Which elements a page has, with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@pytest.mark.parametrize("address", ["/practices/", "/de/practices/", "/search/", "/events/", "/themes/spaces/", "/"])
def test_no_address_breaks_a_page_or_gets_out_of_its_place(client, three, address):
    usual = scripts(client.get(address))
    for query in HOSTILE:
        response = client.get(f"{address}?{query}")

        assert response.status_code in (200, 400), query
        elements = Elements(response.content.decode()).found
        assert [tag for tag, _attributes in elements].count("h1") == 1, query
        assert [attributes for _tag, attributes in elements if any(name.startswith("on") for name in attributes)] == []
        assert scripts(response) == usual, query


def scripts(response):
    """Where the scripts of a page come from; data is none."""
    elements = Elements(response.content.decode()).found
    return [attributes.get("src") for tag, attributes in elements if tag == "script" and "type" not in attributes]


def test_a_page_that_is_none_shows_one_that_is(client, three):
    for query in HOSTILE:
        if query.startswith("page"):
            response = client.get(f"/practices/?{query}")

            assert (response.status_code, len(response.context["page"].practices)) == (200, 3), query
