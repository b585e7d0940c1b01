import random

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.choices import SHOWN
from practices.filters import PracticeFilter
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


@pytest.fixture
def twenty():
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
def test_the_catalogue_and_the_database_agree_on_hits_and_counts(twenty, chosen):
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
        "language": {"en": 1},
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
    for number in range(SHOWN + 3):
        PracticeFactory(city=city, theme=theme, tags=["all", f"tag-{number:02}"])

    (tags,) = [facet for facet in found("tag=tag-17").facets if facet.name == "tag"]

    assert len(tags.choices) == SHOWN
    assert [(choice.value, choice.count) for choice in tags.choices[:3]] == [("tag-17", 1), ("all", 18), ("tag-04", 1)]
    assert [choice.value for choice in tags.choices[2:]] == [f"tag-{number:02}" for number in range(4, 17)]


def test_a_facet_without_choices_is_not_shown(three):
    names = [facet.name for facet in found("q=loom&theme=culture").facets]

    assert names == ["theme", "city", "country", "outcome", "language"]


def test_a_value_that_only_hidden_practices_have_is_as_unknown_as_any_other(three):
    PracticeFactory(state=Practice.State.DRAFT, tags=["secret"], city=CityFactory(slug="lyon"), theme=ThemeFactory())

    shown = {choice.value for facet in found().facets for choice in facet.choices}

    assert "secret" not in shown
    assert list(found("tag=secret").errors) == ["tag"]
