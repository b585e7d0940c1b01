import datetime

import pytest

from tests.factories import CityFactory, EventFactory, PracticeFactory, SectorFactory, ThemeFactory


def only(client, kind):
    page = client.get(f"/api/v1/{kind}/").json()
    assert page["count"] == 1
    return page["results"][0]


def test_a_city_is_told_with_its_partners_and_sources(client):
    city = CityFactory(slug="linz", name="Linz", country="AT", profile="Steel and clouds.", other_names=["Lentia"])
    city.partners.create(name="City of Linz", role="lead")
    city.sources.create(title="Report", supports="All of it")
    PracticeFactory(city=city)
    PracticeFactory(city=city, state="draft")

    row, detail = only(client, "cities"), client.get("/api/v1/cities/linz/").json()

    assert row == {
        "language": "en",
        "address": "http://testserver/cities/linz/",
        "api_address": "http://testserver/api/v1/cities/linz/",
        "slug": "linz",
        "name": "Linz",
        "local_name": "Linz",
        "other_names": ["Lentia"],
        "country": {"code": "AT", "name": "Austria"},
        "lat": 54.7,
        "lon": 25.3,
        "website": "",
        "practices": 1,
    }
    assert detail == row | {
        "profile": "Steel and clouds.",
        "population_note": "",
        "note": "",
        "partners": [{"name": "City of Linz", "role": "lead", "url": ""}],
        "sources": [{"title": "Report", "url": "", "supports": "All of it"}],
    }


def test_a_theme_is_told_with_its_definition(client):
    theme = ThemeFactory(slug="brokerage", name="Brokerage", one_line="Bringing together.", definition="Long.")
    theme.sources.create(title="Manifesto")
    PracticeFactory.create_batch(2, theme=theme)

    row, detail = only(client, "themes"), client.get("/api/v1/themes/brokerage/", {"lang": "de"}).json()

    assert (row["name"], row["one_line"], row["practices"]) == ("Brokerage", "Bringing together.", 2)
    assert detail["address"] == "http://testserver/de/themes/brokerage/"
    assert (detail["definition"], detail["examples"]) == ("Long.", [])
    assert detail["sources"] == [{"title": "Manifesto", "url": "", "supports": ""}]


def test_a_sector_is_told_with_its_kind(client):
    SectorFactory(slug="health", name="Health", kind="growth")

    assert only(client, "sectors") == {"slug": "health", "name": "Health", "kind": "growth"}


def test_an_event_is_told_with_all_that_is_known_of_it(client):
    host = CityFactory(slug="linz", name="Linz", country="AT")
    theme = ThemeFactory(slug="brokerage", name="Brokerage")
    event = EventFactory(slug="visit", title="Visit", host_city=host, theme=theme, starts=datetime.date(2013, 5, 1))
    event.programme.create(text="A walk")
    event.documents.create(title="Notes", url="https://example.org/notes")
    event.practices_seen.create(practice=PracticeFactory(slug="garage", title="Garage"))
    event.practices_seen.create(name="Something else")

    row, detail = only(client, "events"), client.get("/api/v1/events/visit/").json()

    assert row["host_city"] == {"slug": "linz", "name": "Linz", "country": "AT"}
    assert row["theme"] == {"slug": "brokerage", "name": "Brokerage"}
    assert (row["starts"], row["date_precision"], row["participating_cities"]) == ("2013-05-01", "day", [])
    assert detail["programme"] == ["A walk"]
    assert detail["documents"] == [{"title": "Notes", "url": "https://example.org/notes"}]
    assert detail["practices_seen"] == [
        {"name": "Garage", "slug": "garage"},
        {"name": "Something else", "slug": None},
    ]


def test_events_are_narrowed_as_on_their_page(client):
    city = CityFactory(slug="linz")
    EventFactory(slug="here", host_city=city, kind="workshop")
    EventFactory(slug="there", kind="workshop")
    EventFactory(slug="other", host_city=city, kind="meeting")

    page = client.get("/api/v1/events/", {"city": "linz", "kind": "workshop"}).json()

    assert [row["slug"] for row in page["results"]] == ["here"]
    assert client.get("/api/v1/events/", {"kind": "party"}).status_code == 400


def test_what_is_hidden_of_events_stays_hidden(client):
    EventFactory(slug="hidden", is_published=False)
    event = EventFactory(slug="visit")
    event.practices_seen.create(practice=PracticeFactory(slug="secret", title="Secret", state="draft"))
    event.practices_seen.create(practice=PracticeFactory(slug="secret-2", state="draft"), name="As they saw it")

    assert only(client, "events")["slug"] == "visit"
    assert client.get("/api/v1/events/hidden/").status_code == 404
    seen = client.get("/api/v1/events/visit/").json()["practices_seen"]
    assert seen == [{"name": "As they saw it", "slug": None}]


@pytest.mark.parametrize("rows", [1, 6])
@pytest.mark.parametrize(("kind", "queries"), [("cities", 5), ("themes", 5), ("sectors", 3), ("events", 7)])
def test_lists_ask_the_same_number_of_queries_for_one_row_and_many(
    client, django_assert_num_queries, kind, queries, rows
):
    for number in range(rows):
        city, theme = CityFactory(slug=f"c{number}"), ThemeFactory(slug=f"t{number}")
        SectorFactory(slug=f"s{number}")
        EventFactory(slug=f"e{number}", host_city=city, theme=theme).participating_cities.add(city)
    client.get(f"/api/v1/{kind}/")

    with django_assert_num_queries(queries):
        client.get(f"/api/v1/{kind}/")
