import random

import pytest
from django.http import QueryDict
from django.utils import translation

from practices.catalogue import catalogue
from practices.choices import LABELS
from practices.filters import PracticeFilter
from practices.models import Practice
from tests.factories import CityFactory, PracticeFactory, SectorFactory, ThemeFactory


def found(query=""):
    return PracticeFilter(QueryDict(query))


def titles(query):
    return [practice.title for practice in catalogue().cards(found(query).keys[:])]


def slugs(filters):
    practices = Practice.objects.in_bulk(filters.keys[:])
    return sorted(practice.slug for practice in practices.values())


def counts(query, facet):
    return {choice.value: choice.count for one in found(query).facets if one.name == facet for choice in one.choices}


FOUND = {
    "": ["a", "b", "c"],
    "theme=brokerage": ["a"],
    "city=lyon": ["b"],
    "country=EE": ["c"],
    "creative=design": ["a"],
    "growth=energy": ["b"],
    "outcome=unknown": ["c"],
    "tag=co-working": ["a"],
    "q=loom": ["a", "c"],
    "theme=brokerage&theme=spaces": ["a", "b"],
    "city=berlin&city=tallinn": ["a", "c"],
    "theme=brokerage&theme=spaces&city=lyon&city=tallinn": ["b"],
    "theme=brokerage&city=lyon": [],
    "q=loom&theme=brokerage&theme=spaces": ["a"],
    "q=++": ["a", "b", "c"],
    "theme=brokerage&theme=brokerage": ["a"],
}


def test_values_of_a_facet_widen_and_facets_narrow(three):
    filters = {query: found(query) for query in FOUND}

    assert {query: slugs(one) for query, one in filters.items()} == FOUND
    assert {query: sorted(one.qs.values_list("slug", flat=True)) for query, one in filters.items()} == FOUND
    assert {query: one.errors for query, one in filters.items() if one.errors} == {}


def test_what_has_the_words_best_comes_first_else_the_newest(three):
    PracticeFactory(slug="d", title="Loom")

    order = {practice.pk: practice.slug for practice in Practice.objects.all()}

    assert order[found("q=loom").keys[0]] == "d"
    assert [order[key] for key in found().keys] == ["d", "c", "b", "a"]


@pytest.fixture
def many():
    """Thirty practices with all kinds of facets."""
    chance = random.Random(11)
    cities = [CityFactory(slug=f"city-{n}", country=["LT", "PL", "DE"][n % 3]) for n in range(5)]
    themes = [ThemeFactory(slug=f"theme-{n}") for n in range(3)]
    creative = [SectorFactory(slug=f"creative-{n}") for n in range(4)]
    growth = [SectorFactory(slug=f"growth-{n}", kind="growth") for n in range(4)]
    for number in range(30):
        start = chance.choice([None, *range(1995, 2020)])
        practice = PracticeFactory(
            title=f"Practice {chance.randint(10, 99)} of {number}",
            city=chance.choice(cities),
            theme=chance.choice(themes),
            start_year=start,
            end_year=start and chance.choice([None, start + 3]),
            outcome=chance.choice(Practice.Outcome.values),
            evidence=chance.choice(["", *Practice.Evidence.values]),
            further_countries=chance.choice([[], ["EE"], ["EE", "LV"]]),
            verified_at=chance.choice([None, "2026-01-01", "2026-02-02"]),
            tags=chance.sample([f"tag {n}" for n in range(40)], 3),
            creative_sectors=chance.sample(creative, 2),
            growth_sectors=chance.sample(growth, 1),
            indexed=False,
        )
        practice.further_cities.set(chance.sample(cities, chance.randint(0, 1)))
        practice.further_themes.set(chance.sample(themes, chance.randint(0, 1)))
        if chance.random() < 0.3:
            practice.create_translation("de", title=f"Praxis {number}", summary="Auf Deutsch.")
    PracticeFactory(title="Draft", state=Practice.State.DRAFT, evidence="measured")
    return chance


def test_what_the_catalogue_finds_is_what_the_database_finds(many):
    values = {name: list(catalogue().facets.bits[name]) for name in LABELS}

    for _ in range(60):
        query = QueryDict(mutable=True)
        for name in many.sample(list(LABELS), many.randint(0, 3)):
            query.setlist(name, many.sample(values[name], min(len(values[name]), many.randint(1, 2))))
        if many.random() < 0.4:
            query["from"] = many.randint(1990, 2010)
        if many.random() < 0.4:
            query["to"] = many.randint(2010, 2030)
        practices = PracticeFilter(query)
        assert not practices.errors
        assert list(practices.keys) == list(practices.qs.newest().values_list("pk", flat=True)), query.urlencode()


def test_a_count_is_what_ticking_gives(many):
    for query in ("", "theme=theme-1&from=2001", "city=city-1&city=city-2&tag=tag-1", "outcome=ended&language=de"):
        practices = found(query)
        for facet in practices.facets:
            for choice in facet.choices:
                alone = QueryDict(query, mutable=True)
                alone.setlist(facet.name, [choice.value])
                assert len(PracticeFilter(alone).keys) == choice.count
        for period in practices.periods:
            assert len(found(period.address).keys) == period.count


def test_several_choices_of_a_facet_widen_and_facets_narrow(many):
    first, second = len(found("theme=theme-0").keys), len(found("theme=theme-0&theme=theme-1").keys)

    assert second > first > len(found("theme=theme-0&city=city-1").keys)


def test_long_facets_show_fifteen_choices_and_the_chosen_ones_first(many):
    rarest = list(catalogue().facets.bits["tag"])[-1]

    tags = next(facet for facet in found(f"tag={rarest}").facets if facet.name == "tag")

    assert [choice.value for choice in tags.choices if choice.chosen] == [rarest]
    assert tags.choices[0].value == rarest
    assert len(tags.choices) == 15
    assert tags.more
    assert {choice.value for choice in found("all=tag").all_choices.choices} == set(catalogue().facets.bits["tag"])


def test_a_practice_is_in_all_years_it_lasted():
    PracticeFactory(title="Lasted", start_year=2005, end_year=2010)
    PracticeFactory(title="Goes on", start_year=2008, outcome="running")
    PracticeFactory(title="One year known", start_year=2008, outcome="unknown")
    PracticeFactory(title="End known", end_year=2003)
    PracticeFactory(title="No year known")

    assert set(titles("")) == {"Lasted", "Goes on", "One year known", "End known", "No year known"}
    assert set(titles("from=2010")) == {"Lasted", "Goes on"}
    assert set(titles("to=2003")) == {"End known"}
    assert set(titles("from=2008&to=2008")) == {"Lasted", "Goes on", "One year known"}
    assert set(titles("from=2099")) == {"Goes on"}


def test_evidence_and_language_are_facets():
    PracticeFactory(title="Measured", evidence="measured")
    PracticeFactory(title="Not assessed").create_translation("de", title="Nicht bewertet", summary="Auf Deutsch.")

    assert counts("", "evidence") == {"measured": 1}
    assert counts("", "language") == {"en": 2, "de": 1}
    assert titles("evidence=measured") == ["Measured"]
    assert titles("language=de") == ["Not assessed"]


def test_titles_stand_in_the_alphabet_of_the_reader():
    for title in ("Zoo", "Ärztehaus", "Łódź lab", "apple", "Atelier", "Mill"):
        PracticeFactory(title=title)

    assert titles("sort=title") == ["apple", "Ärztehaus", "Atelier", "Łódź lab", "Mill", "Zoo"]


def test_a_translated_title_stands_where_its_reader_looks_for_it():
    PracticeFactory(title="Voucher").create_translation("de", title="Gutschein", summary="Auf Deutsch.")
    PracticeFactory(title="Makerspace")

    with translation.override("de"):
        assert titles("sort=title") == ["Gutschein", "Makerspace"]
    assert titles("sort=title") == ["Makerspace", "Voucher"]


def test_last_verified_first_and_the_newest_of_equals():
    for title, day in (("Old", "2020-01-01"), ("Never", None), ("New", "2026-01-01"), ("Old too", "2020-01-01")):
        PracticeFactory(title=title, verified_at=day)

    assert titles("sort=verified") == ["New", "Old too", "Old", "Never"]


def test_best_match_needs_words():
    PracticeFactory(title="First")
    PracticeFactory(title="Second")

    assert found("sort=relevance").sort == "newest"
    assert titles("sort=relevance") == ["Second", "First"]


def test_an_order_leaves_nothing_out_and_shows_nothing_twice(many):
    for sort in ("newest", "title", "verified"):
        keys = found(f"sort={sort}").keys
        assert sorted(keys) == sorted(Practice.objects.published().values_list("pk", flat=True))
        assert [key for start in range(0, 30, 12) for key in keys[start : start + 12]] == list(keys)


def test_addresses_change_one_thing_and_go_back_to_the_first_page():
    PracticeFactory(city=CityFactory(slug="linz"))

    practices = found("q=&city=linz&from=&sort=title&page=3&utm_source=x")

    assert practices.addresses.query == "city=linz&sort=title"
    assert practices.addresses.to(view="map") == "city=linz&sort=title&view=map"
    assert practices.addresses.toggled("city", "linz") == "sort=title"
    assert practices.addresses.without_filters == "sort=title"


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("from=2012&to=2010", "The first year lies after the last. The years were left out."),
        ("from=-1", "Years lie between 1800 and 2100. -1 was left out."),
        ("to=99999999999999999999", "Years lie between 1800 and 2100. 99999999999999999999 was left out."),
        ("from=then", "A year is a number such as 2010. What is no number was left out."),
        ("sort=random()", "Practices cannot be sorted by “random()”. They stand in their usual order."),
        ("view=cube", "There is no view “cube”. You see the cards."),
        ("all=secret", "There are no filters called “secret”."),
        ("city=atlantis", "No practice has “atlantis” here. This filter was left out."),
    ],
)
def test_what_cannot_be_understood_is_said_and_left_out(query, problem):
    PracticeFactory()

    practices = found(query)

    assert practices.problems == [problem]
    assert len(practices.keys) == 1


def test_an_unknown_value_is_named_and_left_out_and_the_rest_still_counts(three):
    filters = found("theme=alchemy&city=berlin&outcome=running")

    assert dict(filters.errors) == {"theme": ["No practice has “alchemy” here. This filter was left out."]}
    assert slugs(filters) == ["a"]
    assert [choice.value for choice in filters.chips] == ["berlin", "running"]
