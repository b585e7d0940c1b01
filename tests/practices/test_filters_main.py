import random
from html.parser import HTMLParser
from urllib.parse import parse_qs

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.filters import CHOICES_SHOWN, PracticeFilter
from practices.models import Practice, Sector
from tests.factories import CityFactory, PracticeFactory, SectorFactory, ThemeFactory

VALUES = {
    "theme": ["brokerage", "spaces", "culture"],
    "city": ["berlin", "lyon", "tallinn"],
    "country": ["DE", "FR", "EE", "SE"],
    "creative": ["design", "opera"],
    "growth": ["health", "energy"],
    "outcome": ["running", "ended", "unknown"],
    "tag": ["co-working", "vouchers", "felt"],
    "q": ["loom", "kiln", "loom -kiln", "loom or kiln"],
}


def found(query=""):
    return PracticeFilter(QueryDict(query))


def slugs(filters):
    practices = Practice.objects.in_bulk(filters.keys)
    return sorted(practice.slug for practice in practices.values())


@pytest.fixture
def three():
    """Three practices that differ in everything, and a draft like the first."""
    design, opera = SectorFactory(slug="design"), SectorFactory(slug="opera")
    health, energy = (SectorFactory(slug=slug, kind=Sector.Kind.GROWTH) for slug in ("health", "energy"))
    berlin, lyon, tallinn = (
        CityFactory(slug=slug, country=country)
        for slug, country in [("berlin", "DE"), ("lyon", "FR"), ("tallinn", "EE")]
    )
    brokerage, spaces, culture = (ThemeFactory(slug=slug) for slug in VALUES["theme"])
    first = {
        "city": berlin,
        "theme": brokerage,
        "creative_sectors": [design],
        "growth_sectors": [health],
        "outcome": "running",
        "tags": ["co-working"],
        "summary": "A loom.",
    }
    PracticeFactory(slug="a", **first)
    PracticeFactory(slug="hidden", state=Practice.State.DRAFT, **first)
    PracticeFactory(
        slug="b",
        city=lyon,
        theme=spaces,
        creative_sectors=[opera],
        growth_sectors=[energy],
        outcome="ended",
        tags=["felt"],
    )
    PracticeFactory(slug="c", city=tallinn, theme=culture, summary="A loom and a kiln.")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["a", "b", "c"]),
        ("theme=brokerage", ["a"]),
        ("city=lyon", ["b"]),
        ("country=EE", ["c"]),
        ("creative=design", ["a"]),
        ("growth=energy", ["b"]),
        ("outcome=unknown", ["c"]),
        ("tag=co-working", ["a"]),
        ("q=loom", ["a", "c"]),
        ("theme=brokerage&theme=spaces", ["a", "b"]),
        ("city=berlin&city=tallinn", ["a", "c"]),
        ("theme=brokerage&theme=spaces&city=lyon&city=tallinn", ["b"]),
        ("theme=brokerage&city=lyon", []),
        ("q=loom&theme=brokerage&theme=spaces", ["a"]),
        ("q=++", ["a", "b", "c"]),
        ("theme=brokerage&theme=brokerage", ["a"]),
    ],
)
def test_values_of_a_facet_widen_and_facets_narrow(three, query, expected):
    filters = found(query)

    assert (slugs(filters), sorted(filters.qs.values_list("slug", flat=True))) == (expected, expected)
    assert filters.errors == {}


def test_what_has_the_words_best_comes_first_else_the_newest(three):
    PracticeFactory(slug="d", title="Loom")

    order = {practice.pk: practice.slug for practice in Practice.objects.all()}

    assert order[found("q=loom").keys[0]] == "d"
    assert [order[key] for key in found().keys] == ["d", "c", "b", "a"]


@pytest.fixture
def many():
    """Twenty practices with random facets, some of them hidden."""
    chance = random.Random(7)
    themes = [ThemeFactory(slug=slug) for slug in VALUES["theme"]]
    cities = [
        CityFactory(slug=slug, country=country)
        for slug, country in zip(VALUES["city"], VALUES["country"], strict=False)
    ]
    creative = [SectorFactory(slug=slug) for slug in VALUES["creative"]]
    growth = [SectorFactory(slug=slug, kind=Sector.Kind.GROWTH) for slug in VALUES["growth"]]

    def some(values):
        return chance.sample(values, chance.randint(0, len(values)))

    for _number in range(20):
        theme, *further_themes = chance.sample(themes, chance.randint(1, 3))
        city, *further_cities = chance.sample(cities, chance.randint(1, 2))
        PracticeFactory(
            theme=theme,
            further_themes=further_themes,
            city=city,
            further_cities=further_cities,
            further_countries=some(["SE", "DE"]),
            creative_sectors=some(creative),
            growth_sectors=some(growth),
            outcome=chance.choice(VALUES["outcome"]),
            tags=some(VALUES["tag"]),
            summary=" ".join(["A practice.", *some(["loom", "kiln"])]),
            state=chance.choice(["published", "published", "published", "draft", "archived"]),
        )


choices = st.fixed_dictionaries(
    {"q": st.sampled_from(["", *VALUES["q"]])}
    | {
        name: st.lists(st.sampled_from(values), max_size=2, unique=True)
        for name, values in VALUES.items()
        if name != "q"
    }
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=choices)
def test_the_catalogue_and_the_database_agree_on_hits_and_counts(many, chosen):
    query = QueryDict(mutable=True)
    for name, values in chosen.items():
        query.setlist(name, [values] if isinstance(values, str) else values)

    filters = PracticeFilter(query)

    assert sorted(filters.keys) == sorted(filters.qs.values_list("pk", flat=True))
    for facet in filters.facets:
        choice = facet.choices[-1]
        alone = query.copy()
        alone.setlist(facet.name, [choice.value])
        assert (facet.name, choice.value, choice.count) == (
            facet.name,
            choice.value,
            PracticeFilter(alone).qs.count(),
        )


def test_beside_each_choice_stands_what_choosing_it_gives(three):
    counts = {
        facet.name: {choice.value: choice.count for choice in facet.choices}
        for facet in found("q=loom&theme=brokerage").facets
    }

    assert counts == {
        "theme": {"brokerage": 1, "culture": 1},
        "city": {"berlin": 1},
        "country": {"DE": 1},
        "creative": {"design": 1},
        "growth": {"health": 1},
        "outcome": {"running": 1},
        "tag": {"co-working": 1},
    }


def test_chosen_choices_come_first_even_when_nothing_has_them_then_the_most_frequent(three):
    PracticeFactory(city=CityFactory(slug="tallinn"), theme=ThemeFactory(slug="culture"))

    (cities,) = [facet for facet in found("theme=culture&theme=spaces&city=berlin").facets if facet.name == "city"]

    assert [(choice.value, choice.count, choice.chosen) for choice in cities.choices] == [
        ("berlin", 0, True),
        ("tallinn", 2, False),
        ("lyon", 1, False),
    ]
    assert cities.chosen == 1


def test_of_a_long_facet_the_most_frequent_choices_are_shown():
    city, theme = CityFactory(), ThemeFactory()
    for number in range(CHOICES_SHOWN + 3):
        PracticeFactory(city=city, theme=theme, tags=["all", f"tag-{number:02}"])

    (tags,) = [facet for facet in found("tag=tag-32").facets if facet.name == "tag"]

    assert len(tags.choices) == CHOICES_SHOWN
    assert [choice.value for choice in tags.choices[:3]] == ["tag-32", "all", "tag-00"]


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


def test_a_facet_without_choices_is_not_shown(three):
    assert [facet.name for facet in found("q=loom&theme=culture").facets] == ["theme", "city", "country", "outcome"]


def test_an_unknown_value_is_named_and_left_out_and_the_rest_still_counts(three):
    filters = found("theme=alchemy&city=berlin&outcome=running")

    assert dict(filters.errors) == {"theme": ["No practice has “alchemy” here. This filter was left out."]}
    assert slugs(filters) == ["a"]
    assert [choice.value for choice in filters.chips] == ["berlin", "running"]


def test_a_value_that_only_hidden_practices_have_is_as_unknown_as_any_other(three):
    PracticeFactory(state=Practice.State.DRAFT, tags=["secret"], city=CityFactory(slug="lyon"), theme=ThemeFactory())

    shown = {choice.value for facet in found().facets for choice in facet.choices}

    assert "secret" not in shown
    assert list(found("tag=secret").errors) == ["tag"]


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
