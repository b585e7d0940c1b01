import re

import pytest

from events.beside import event_at
from practices.models import Practice
from tests.factories import (
    CityFactory,
    EventDocumentFactory,
    EventFactory,
    EventSourceFactory,
    PracticeFactory,
    PracticeSeenFactory,
    ProgrammeItemFactory,
    ThemeFactory,
)


def words(response):
    """What a reader reads on the page, tags apart."""
    page = response.content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main>")]).split())


def test_the_list_shows_published_events_coming_and_past(client):
    EventFactory(slug="coming", starts="2999-01-01")
    EventFactory(slug="past", starts="2012-01-01")
    EventFactory(slug="unknown")
    for date in ("2999-01-01", "2012-01-01", None):
        EventFactory(title="Hush-hush", starts=date, is_published=False)

    response = client.get("/events/")

    assert [event.slug for event in response.context["coming"]] == ["coming"]
    assert [event.slug for event in response.context["past"]] == ["past", "unknown"]
    assert "Hush-hush" not in response.content.decode()


def test_the_list_can_be_narrowed_and_keeps_what_was_chosen(client):
    berlin = CityFactory(slug="berlin", name="Berlin")
    EventFactory(slug="shown", kind="workshop", host_city=berlin)
    EventFactory(slug="hidden", kind="workshop", host_city=berlin, is_published=False)
    EventFactory(slug="other", kind="meeting", host_city=berlin)

    response = client.get("/events/?kind=workshop&city=berlin")

    assert [event.slug for event in response.context["past"]] == ["shown"]
    assert '<option value="workshop" selected>' in response.content.decode()
    assert '<option value="berlin" selected>Berlin</option>' in response.content.decode()


@pytest.mark.parametrize("query", ["kind=party", "city=atlantis"])
def test_an_unknown_value_is_answered_with_400_and_all_events(client, query):
    event = EventFactory()

    response = client.get(f"/events/?{query}")

    assert (response.status_code, list(response.context["past"])) == (400, [event])
    assert 'role="alert"' in response.content.decode()


def test_past_events_stand_twenty_to_a_page(client):
    EventFactory.create_batch(21)

    response = client.get("/events/?page=2&kind=workshop")

    assert len(response.context["past"]) == 1
    assert 'href="?page=1&amp;kind=workshop"' in response.content.decode()


def test_an_event_shows_all_that_is_known_of_it(client):
    event = EventFactory(
        slug="visit",
        title="Visit",
        summary="They met.",
        description="They walked.",
        outcomes="They shook hands.",
        kind="study-visit",
        starts="2013-02-06",
        ends="2013-02-07",
        date_note="Sources differ.",
        confidence="high",
        theme=ThemeFactory(name="Brokerage"),
        host_city=CityFactory(name="Berlin", country="DE"),
        participating_cities=[CityFactory(name="Lyon")],
    )
    ProgrammeItemFactory(event=event)
    EventDocumentFactory(event=event)
    EventSourceFactory(event=event)
    PracticeSeenFactory(event=event, practice=PracticeFactory(title="Garage", city=CityFactory(name="Tallinn")))

    text = words(client.get("/events/visit/"))

    for shown in [
        "6–7 February 2013 · Berlin Visit They met.",
        "Kind Study visit When 6–7 February 2013 Sources differ. Host Berlin , Germany Theme Brokerage",
        "Cities that took part Lyon How well documented Well documented",
        "What happened They walked.",
        "Programme A walk through the quarter",
        "Practices seen or discussed Garage , Tallinn",
        "Outcomes They shook hands.",
        "Documents Report of the analyst",
        "Sources Newsletter https://example.org/newsletter",
    ]:
        assert shown in text


def test_what_nobody_knows_is_called_not_known_or_left_out(client):
    EventFactory(slug="bare")

    text = words(client.get("/events/bare/"))

    assert "Kind Workshop When date not known Host not known Outcomes No source says what came of it." in text
    for left_out in ["None", "Theme", "Cities that", "Programme", "Documents", "Sources", "documented", "seen"]:
        assert left_out not in text


@pytest.mark.parametrize("state", [state for state in Practice.State.values if state != "published"])
def test_a_hidden_practice_seen_at_an_event_is_told_only_by_the_name_the_source_gave(client, state):
    event = EventFactory(slug="visit")
    hidden = PracticeFactory(slug="hush", title="Hush-hush", state=state)
    PracticeSeenFactory(event=event, practice=hidden, name="The loom")
    PracticeSeenFactory(event=event, practice=hidden)

    response = client.get("/events/visit/")

    assert "Practices seen or discussed The loom (not in this knowledge base) Outcomes" in words(response)
    assert "hush" not in response.content.decode().lower()


def test_an_event_where_only_hidden_practices_were_seen_has_no_such_section(client):
    event = EventFactory(slug="visit")
    PracticeSeenFactory(event=event, practice=PracticeFactory(state="draft"))

    assert "Practices seen" not in words(client.get("/events/visit/"))


def test_an_unpublished_event_is_not_found(client):
    EventFactory(slug="hidden", title="Hush-hush", is_published=False)

    response = client.get("/events/hidden/")

    assert response.status_code == 404
    assert "Hush-hush" not in response.content.decode()


def test_an_event_in_english_on_a_german_page_is_marked(client):
    EventFactory(slug="visit", title="Visit", description="They walked.")

    page = client.get("/de/events/visit/").content.decode()

    assert '<h1 lang="en">Visit</h1>' in page
    assert '<div class="prose" lang="en"><p>They walked.</p></div>' in page
    assert page.count('class="notice"') == 1


@pytest.mark.parametrize("address", ["/events/", "/events/?kind=workshop&city=berlin", "/events/event/"])
def test_event_pages_take_the_same_queries_whatever_there_is(queries, address):
    berlin, theme = CityFactory(slug="berlin"), ThemeFactory()
    event = EventFactory(slug="event", host_city=berlin, participating_cities=[CityFactory()], theme=theme)
    taken = []
    for row in range(3):
        EventFactory(starts="2012-01-01", host_city=berlin, participating_cities=[CityFactory()], theme=theme)
        EventFactory(starts="2999-01-01", host_city=berlin, participating_cities=[CityFactory()], theme=theme)
        PracticeSeenFactory(event=event, practice=PracticeFactory(), position=row)
        ProgrammeItemFactory(event=event)
        EventDocumentFactory(event=event)
        EventSourceFactory(event=event)
        taken.append(queries(address))

    assert taken[0] == taken[2] <= 8


def test_what_was_written_of_an_event_is_escaped(client):
    odd = "50% {x} <b>& more %s"
    event = EventFactory(title=odd, summary=odd, date_note=odd, outcomes=odd)
    ProgrammeItemFactory(event=event, text=odd)
    PracticeSeenFactory(event=event, practice=None, name=odd)
    EventDocumentFactory(event=event, title=odd)
    EventSourceFactory(event=event, title=odd)

    page = client.get(event.get_absolute_url()).content.decode()

    assert odd not in page
    assert page.count("50% {x} &lt;b&gt;&amp; more %s") >= 8


def test_an_event_with_all_that_stands_beside_it_is_read_in_one_query(django_assert_num_queries):
    event = EventFactory(slug="visit")
    event.participating_cities.add(CityFactory())
    PracticeSeenFactory(event=event, practice=None, name="A garden")

    with django_assert_num_queries(1):
        found, beside = event_at("visit", lambda keys: [])

    assert (found, len(found.city_keys), found.title) == (event, 1, event.title)
    assert [row.name for row in beside.seen] == ["A garden"]
    assert event_at("elsewhere", lambda keys: []) is None
