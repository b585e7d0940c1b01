import pytest

from cities.indexing import country_names
from events.indexing import index_events
from events.models import Event
from search.models import Document
from tests.factories import (
    CityFactory,
    EventFactory,
    PracticeFactory,
    PracticeSeenFactory,
    ProgrammeItemFactory,
    ThemeFactory,
)


def documents():
    return Document.objects.filter(kind="event")


def test_a_document_holds_title_names_texts_and_programme():
    event = EventFactory(
        title="Visit",
        summary="One.",
        description="Two.",
        outcomes="Three.",
        kind="study-visit",
        host_city=CityFactory(name="Plzeň", other_names=["Pilsen"], country="CZ"),
        participating_cities=[CityFactory(name="Lyon", country="FR")],
        theme=ThemeFactory(name="Brokerage"),
    )
    ProgrammeItemFactory(event=event, text="A walk")
    PracticeSeenFactory(event=event, name="Loom")
    PracticeSeenFactory(event=event, practice=PracticeFactory(title="Hush-hush", state="draft"))
    index_events(Event.objects.all())

    document = documents().get()

    assert (document.key, document.language, document.title) == (event.pk, "en", "Visit")
    assert document.names.split(" \n") == [
        *["Pilsen", "Plzeň", *country_names("CZ"), "Lyon", *country_names("FR")],
        *["Loom", "Brokerage", "Study visit", "Studienbesuch"],
    ]
    assert document.text == "One.\nTwo.\nThree.\nA walk"


def test_an_event_without_a_host_is_found_too():
    EventFactory(title="Visit", participating_cities=[CityFactory(name="Lyon", country="FR")], kind="meeting")
    index_events(Event.objects.all())

    assert documents().get().names.split(" \n") == ["Lyon", *country_names("FR"), "Meeting", "Treffen"]


def test_a_hidden_event_leaves_the_index():
    EventFactory()
    assert documents().count() == 1

    Event.objects.update(is_published=False)
    index_events(Event.objects.all())

    assert documents().count() == 0


@pytest.mark.parametrize("rows", [1, 4])
def test_indexing_takes_the_same_queries_whatever_there_is(django_assert_num_queries, rows):
    for _number in range(rows):
        event = EventFactory(host_city=CityFactory(), theme=ThemeFactory(), participating_cities=[CityFactory()])
        ProgrammeItemFactory(event=event)

    with django_assert_num_queries(16):
        index_events(Event.objects.all())
