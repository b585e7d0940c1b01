import datetime
import re

import pytest
from django.utils import timezone

from cities.indexing import index_cities
from cities.models import City
from practices.indexing import index_themes
from practices.models import Practice, Theme
from tests.factories import (
    CityFactory,
    EventFactory,
    FeatureFactory,
    ImageFactory,
    ParticipantFactory,
    PracticeFactory,
    PracticeSeenFactory,
    PracticeSourceFactory,
    SectorFactory,
    ThemeFactory,
)

SECRET = "Xyzzy"


# Home


def test_home_puts_forward_what_is_featured_today_with_the_reason_by_place(client):
    second, first = FeatureFactory(place=2), FeatureFactory(place=1, reason="It travelled far.")
    FeatureFactory(place=3, ends=timezone.localdate() - datetime.timedelta(1), starts="2024-01-01")
    FeatureFactory(place=3, practice=PracticeFactory(state=Practice.State.DRAFT))

    response = client.get("/")

    features = [(feature, practice.pk) for feature, practice in response.context["features"]]
    assert features == [(first, first.practice_id), (second, second.practice_id)]
    assert "It travelled far." in response.content.decode()


def test_home_shows_the_newest_of_different_cities_without_those_put_forward(client):
    berlin, lyon = CityFactory(slug="berlin"), CityFactory(slug="lyon")
    old = PracticeFactory(slug="lyon-old", city=lyon)
    PracticeFactory(slug="berlin-old", city=berlin)
    PracticeFactory(slug="berlin-new", city=berlin)
    PracticeFactory(slug="hidden", city=lyon, state=Practice.State.DRAFT)
    FeatureFactory(practice=PracticeFactory(slug="featured", city=lyon))

    latest = client.get("/").context["latest"]

    assert [practice.slug for practice in latest] == ["berlin-new", "lyon-old", "berlin-old"]
    assert latest[1].pk == old.pk


def test_home_counts_published_practices_by_city_and_theme_and_leads_to_them(client):
    brokerage, spaces = ThemeFactory(slug="brokerage", position=1), ThemeFactory(slug="spaces", position=2)
    berlin, lyon = CityFactory(slug="berlin", name="Berlin"), CityFactory(slug="lyon", name="Lyon")
    PracticeFactory(city=berlin, theme=brokerage, further_themes=[spaces])
    PracticeFactory(city=berlin, theme=brokerage, further_cities=[lyon])
    for state in Practice.State.values:
        if state != Practice.State.PUBLISHED:
            PracticeFactory(city=lyon, theme=spaces, state=state)

    response = client.get("/")

    matrix = {city.slug: [(theme.slug, count) for theme, count in cells] for city, cells in response.context["matrix"]}
    assert matrix == {"berlin": [("brokerage", 2), ("spaces", 1)], "lyon": [("brokerage", 1), ("spaces", 0)]}
    assert [(theme.slug, count) for theme, count in response.context["themes"]] == [("brokerage", 2), ("spaces", 1)]
    assert [(marker.city.slug, marker.count) for marker in response.context["markers"]] == [("berlin", 2), ("lyon", 1)]
    for city, cells in matrix.items():
        for theme, count in cells:
            found = client.get(f"/practices/?city={city}&theme={theme}").context["page"].paginator.count
            assert found == count


def test_home_shows_the_latest_published_events(client):
    for number in range(1, 6):
        EventFactory(slug=f"event-{number}", starts=f"201{number}-01-01")
    EventFactory(slug="hidden", starts="2020-01-01", is_published=False)

    assert [event.slug for event in client.get("/").context["events"]] == ["event-5", "event-4", "event-3", "event-2"]


def test_home_of_an_empty_site_is_a_page(client):
    page = client.get("/").content.decode()

    assert "No practice has been published yet." in page
    assert "None" not in re.sub(r"<[^>]*>", " ", page)


# Search


def test_the_search_finds_things_of_every_kind_the_best_first(client):
    practices = [PracticeFactory(title="Loom"), PracticeFactory(summary="Loom.")]
    events = [EventFactory(title="Loom"), EventFactory(summary="Loom.", starts="2020-01-01")]
    city, theme = CityFactory(name="Loom"), ThemeFactory(name="Loom")
    index_cities(City.objects.filter(pk=city.pk))
    index_themes(Theme.objects.filter(pk=theme.pk))

    context = client.get("/search/?q=looms").context

    assert [practice.pk for practice in context["practices"]] == [practice.pk for practice in practices]
    assert (context["events"], context["number"]) == (events, 6)
    assert [term.pk for term in (*context["cities"], *context["themes"])] == [city.pk, theme.pk]


def test_the_search_leads_to_all_practices_when_there_are_more(client):
    PracticeFactory.create_batch(12, title="Loom", city=CityFactory(), theme=ThemeFactory())

    response = client.get("/search/?q=%22loom%22")

    assert len(response.context["practices"]) == 10
    assert '<a href="/practices/?q=%22loom%22">All 12 practices</a>' in response.content.decode()


def test_a_search_for_nothing_asks_and_one_without_hits_leads_on(client):
    empty, none = client.get("/search/?q=++").content.decode(), client.get("/search/?q=xylophone").content.decode()

    assert "found." not in empty
    assert "0 things found." in none
    assert 'value="xylophone"' in none


# Pages about the site


def test_about_says_how_many_practices_the_project_confirmed_and_who_took_part(client):
    city = CityFactory(name="Berlin")
    city.partners.create(name="City Hall")
    PracticeFactory(confirmed_by_project=True, city=city)
    PracticeFactory(city=city)
    PracticeFactory(confirmed_by_project=True, city=city, state=Practice.State.DRAFT)

    response = client.get("/about/")

    assert (response.context["number"], response.context["confirmed"]) == (2, 1)
    assert '<dt><a href="/cities/city' in response.content.decode()
    assert '<dd lang="en">City Hall</dd>' in response.content.decode()


# Queries


QUERIES = {
    "/": 1,
    "/search/": 1,
    "/search/?q=loom": 4,
    "/about/": 5,
    "/contact/": 0,
    "/accessibility/": 0,
    "/privacy/": 0,
}


@pytest.mark.parametrize("rows", [1, 4])
def test_pages_take_the_same_queries_whatever_there_is(queries, rows):
    for row in range(rows):
        practice = PracticeFactory(title=f"Loom {row}")
        practice.city.partners.create(name="City Hall")
        if row < 3:
            FeatureFactory(practice=practice, place=row + 1)
        PracticeFactory(title="Loom too", theme=practice.theme)
        EventFactory(title="Loom", host_city=practice.city, theme=practice.theme)
    index_cities(City.objects.all())
    index_themes(Theme.objects.all())

    assert {address: queries(address) for address in QUERIES} == QUERIES


# What is hidden


@pytest.fixture
def hidden(media):
    """Everything that could leak: a hidden practice in each state and a hidden event, tied to all that is shown."""
    theme, city, sector = ThemeFactory(slug="theme"), CityFactory(slug="city"), SectorFactory(slug="sector")
    shown = PracticeFactory(slug="shown", theme=theme, city=city, creative_sectors=[sector], tags=["felt"])
    event = EventFactory(slug="event", host_city=city, theme=theme, starts="2013-01-01")
    for place, state in enumerate(state for state in Practice.State.values if state != Practice.State.PUBLISHED):
        practice = PracticeFactory(
            slug=f"hush-{state}",
            title=SECRET,
            summary=SECRET,
            challenge=SECRET,
            state=Practice.State.PUBLISHED,
            published_at=timezone.now(),
            theme=theme,
            city=city,
            creative_sectors=[sector],
            tags=["felt", SECRET],
        )
        ParticipantFactory(practice=practice, name=SECRET)
        PracticeSourceFactory(practice=practice, title=SECRET)
        ImageFactory(practice=practice, alternative_text=SECRET)
        PracticeSeenFactory(practice=practice, event=event)
        if place < 3:
            FeatureFactory(practice=practice, place=place + 1, reason=SECRET)
        Practice.objects.filter(pk=practice.pk).update(state=state)
    secret = EventFactory(slug="hush-event", title=SECRET, host_city=city, theme=theme, starts="2014-01-01")
    PracticeSeenFactory(practice=shown, event=secret)
    type(secret).objects.filter(pk=secret.pk).update(is_published=False)


ADDRESSES = [
    "/",
    "/practices/",
    "/practices/?q=xyzzy",
    "/practices/?theme=theme&city=city&country=LT&creative=sector&tag=felt&outcome=unknown",
    "/practices/?tag=xyzzy",
    "/practices/shown/",
    "/themes/",
    "/themes/theme/",
    "/cities/",
    "/cities/city/",
    "/events/",
    "/events/?kind=workshop&city=city",
    "/events/event/",
    "/search/?q=xyzzy",
    "/search/?q=felt",
    "/about/",
    "/practices/feed.atom",
    "/sitemap.xml",
    "/sitemap-practices.xml",
    "/sitemap-events.xml",
    *[f"/practices/hush-{state}/" for state in Practice.State.values],
    "/events/hush-event/",
]


@pytest.mark.parametrize("prefix", ["", "/de"])
def test_nothing_unpublished_is_told_anywhere_even_while_the_index_still_knows_it(client, hidden, prefix):
    for address in ADDRESSES:
        if prefix and "sitemap" in address:
            continue
        page = client.get(prefix + address).content.decode()

        assert SECRET not in page or address == "/practices/hush-archived/", address  # it says what was withdrawn
        assert "hush-" in address or "hush-" not in page, address
