import pytest
from django.db import connection
from django.utils import translation

from practices.catalogue import catalogue
from practices.models import Practice, Sector
from tests.factories import CityFactory, EventFactory, PracticeFactory, SectorFactory, ThemeFactory


def test_the_catalogue_knows_every_facet_of_a_published_practice():
    practice = PracticeFactory(
        slug="garage",
        city=CityFactory(slug="tallinn", country="EE"),
        further_cities=[CityFactory(slug="vilnius", country="LT")],
        further_countries=["FI", "SE"],
        theme=ThemeFactory(slug="brokerage"),
        further_themes=[ThemeFactory(slug="spaces")],
        creative_sectors=[SectorFactory(slug="design")],
        growth_sectors=[SectorFactory(slug="health", kind=Sector.Kind.GROWTH)],
        tags=["Co-working"],
        outcome="running",
        evidence="measured",
    )

    known = catalogue()

    assert {facet: sorted(values) for facet, values in known.facets.values_of(practice.pk).items()} == {
        "theme": ["brokerage", "spaces"],
        "city": ["tallinn", "vilnius"],
        "country": ["EE", "FI", "LT", "SE"],
        "creative": ["design"],
        "growth": ["health"],
        "tag": ["co-working"],
        "outcome": ["running"],
        "evidence": ["measured"],
        "language": ["en"],
    }
    assert (known.slugs, known.tags) == ({"garage": practice.pk}, {"co-working": "Co-working"})


def test_only_published_practices_are_in_it_and_the_newest_comes_first():
    city, theme = CityFactory(), ThemeFactory()
    for state in Practice.State.values:
        PracticeFactory(slug=state, state=state, city=city, theme=theme, tags=[state])
    newest = PracticeFactory(slug="newest", city=city, theme=theme)

    known = catalogue()

    assert list(known.slugs) == ["newest", "published"]
    assert known.facets.keys[0] == newest.pk
    assert list(known.tags) == ["published"]
    assert list(known.facets.bits["tag"]) == ["published"]


def test_cards_come_in_the_order_asked_for_without_what_is_hidden():
    first, hidden, last = PracticeFactory(), PracticeFactory(state=Practice.State.DRAFT), PracticeFactory()

    cards = catalogue().cards([last.pk, hidden.pk, None, first.pk])

    assert [(card.pk, card.city_term.name, card.theme_term.name) for card in cards] == [
        (last.pk, last.city.name, last.theme.name),
        (first.pk, first.city.name, first.theme.name),
    ]


def test_terms_are_called_by_their_names_in_the_language_of_the_page():
    city = CityFactory(slug="vilnius", name="Vilnius")
    city.create_translation("de", name="Wilna")
    theme = ThemeFactory(slug="brokerage", name="Brokerage")
    known = catalogue()

    with translation.override("de"):
        names = known.cities[city.pk].name, known.themes[theme.pk].name, str(known.cities[city.pk].country.name)
        address = known.cities[city.pk].get_absolute_url()

    assert names == ("Wilna", "Brokerage", "Litauen")
    assert address == "/de/cities/vilnius/"
    assert known.cities[city.pk].name == "Vilnius"


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        ("theme", "brokerage", "Brokerage"),
        ("city", "tallinn", "Tallinn"),
        ("country", "EE", "Estonia"),
        ("creative", "design", "Design"),
        ("growth", "health", "Health"),
        ("tag", "co-working", "Co-working"),
        ("outcome", "did-not-work", "Did not work"),
        ("evidence", "measured", "Measured: figures from a source that can be checked"),
        ("language", "de", "German"),
    ],
)
def test_every_value_has_a_label(facet, value, label):
    PracticeFactory(
        city=CityFactory(slug="tallinn"),
        theme=ThemeFactory(slug="brokerage"),
        creative_sectors=[SectorFactory(slug="design")],
        growth_sectors=[SectorFactory(slug="health", kind=Sector.Kind.GROWTH)],
        tags=["Co-working"],
    )

    assert str(catalogue().label(facet, value)) == label


def test_events_get_their_host_theme_and_cities_in_the_order_of_the_cities():
    vilnius, berlin = CityFactory(slug="vilnius"), CityFactory(slug="berlin")
    event = EventFactory(host_city=vilnius, participating_cities=[vilnius, berlin])

    (hosted,) = catalogue().hosted(type(event).objects.with_cards())

    assert (hosted.host_term.slug, hosted.theme_term) == ("vilnius", None)
    assert [term.slug for term in hosted.city_terms] == ["berlin", "vilnius"]


def rename(model, name):
    def change(practice):
        row = getattr(practice, model)
        row.name = name
        row.save()

    return change


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda practice: practice.tags.add("felting"), "felting"),
        (rename("theme", "Bridges"), "Bridges"),
        (rename("city", "Reval"), "Reval"),
        (lambda practice: practice.translations.update(title="New title"), "New title"),
        (lambda practice: Practice.objects.filter(pk=practice.pk).update(outcome="ended"), "Ended"),
        (lambda practice: practice.creative_sectors.add(SectorFactory(slug="opera")), "Opera"),
        (lambda practice: PracticeFactory(title="Newcomer"), "Newcomer"),
    ],
)
def test_a_change_is_seen_by_the_very_next_reader(client, change, shown):
    practice = PracticeFactory()
    assert shown not in client.get("/practices/").content.decode()

    change(practice)

    assert shown in client.get("/practices/").content.decode()


def test_a_practice_deleted_or_withdrawn_is_gone_for_the_very_next_reader(client):
    first, second = PracticeFactory(title="Deleted one"), PracticeFactory(title="Withdrawn one")
    client.get("/practices/")

    first.delete()
    Practice.objects.filter(pk=second.pk).update(state=Practice.State.ARCHIVED)

    page = client.get("/practices/").content.decode()
    assert ("Deleted one" in page, "Withdrawn one" in page, "0 practices" in page) == (False, False, True)


def test_asking_again_costs_one_query(django_assert_num_queries):
    PracticeFactory()
    catalogue()

    with django_assert_num_queries(1):
        catalogue()


@pytest.mark.parametrize("rows", [1, 5])
def test_building_takes_the_same_queries_whatever_there_is(django_assert_num_queries, rows):
    PracticeFactory.create_batch(rows)

    with django_assert_num_queries(14):
        catalogue()


def test_a_practice_of_a_new_city_that_is_published_meanwhile_stands_in_nobodys_way(client):
    PracticeFactory(title="Here before")
    published = []

    def publish_once(execute, sql, parameters, many, context):
        answer = execute(sql, parameters, many, context)
        if not published and 'FROM "cities_city"' in sql:
            published.append("now")
            PracticeFactory(title="Come meanwhile", city=CityFactory())
        return answer

    with connection.execute_wrapper(publish_once):
        during = client.get("/practices/")
    after = client.get("/practices/").content.decode()

    assert (published, during.status_code) == (["now"], 200)
    assert "Here before" in after
    assert "Come meanwhile" in after
