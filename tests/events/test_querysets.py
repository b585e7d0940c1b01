import datetime

import pytest
from django.utils import timezone, translation

from events.models import Event, PracticeSeen
from tests.factories import CityFactory, EventFactory, PracticeSeenFactory

TODAY = timezone.localdate()
DAY = datetime.timedelta(1)
MONTH = TODAY.replace(day=1)
YEAR = TODAY.replace(month=1, day=1)


def slugs(events):
    return [event.slug for event in events]


def test_published_events_are_those_that_are_not_hidden():
    EventFactory(slug="shown")
    EventFactory(slug="hidden", is_published=False)

    assert slugs(Event.objects.published()) == ["shown"]


@pytest.mark.parametrize(
    ("dates", "coming"),
    [
        ({"starts": TODAY}, True),
        ({"starts": TODAY + DAY}, True),
        ({"starts": TODAY - DAY}, False),
        ({"starts": TODAY - DAY, "ends": TODAY}, True),
        ({"starts": TODAY - 2 * DAY, "ends": TODAY - DAY}, False),
        ({"starts": MONTH, "date_precision": "month"}, True),
        ({"starts": MONTH - DAY, "date_precision": "month"}, False),
        ({"starts": YEAR, "date_precision": "year"}, True),
        ({"starts": YEAR - DAY, "date_precision": "year"}, False),
        ({"starts": YEAR - DAY, "ends": YEAR, "date_precision": "year"}, True),
        ({}, False),
    ],
)
def test_an_event_is_either_coming_or_past_and_coming_while_some_of_its_days_may_be(dates, coming):
    EventFactory(**dates)

    assert (Event.objects.upcoming().count(), Event.objects.past().count()) == ((1, 0) if coming else (0, 1))


def test_the_next_event_comes_first_and_of_past_ones_the_latest_with_unknown_dates_at_the_end():
    for slug, days in [("soon", 1), ("later", 2), ("long ago", -9), ("yesterday", -1)]:
        EventFactory(slug=slug, starts=TODAY + days * DAY)
    EventFactory(slug="unknown")

    assert slugs(Event.objects.upcoming()) == ["soon", "later"]
    assert slugs(Event.objects.past()) == ["yesterday", "long ago", "unknown"]


def test_an_event_belongs_to_its_host_and_to_every_city_that_took_part_once():
    berlin, lyon = CityFactory(slug="berlin"), CityFactory(slug="lyon")
    EventFactory(slug="a", host_city=berlin, participating_cities=[berlin, lyon])
    EventFactory(slug="b", host_city=lyon)

    assert slugs(Event.objects.of_city(berlin)) == ["a"]
    assert slugs(Event.objects.of_city(lyon).order_by("slug")) == ["a", "b"]


def test_a_title_comes_in_the_language_of_the_page_or_in_english_or_in_any():
    both = EventFactory(title="Visit")
    both.create_translation("de", title="Besuch", summary="Kurz.")
    EventFactory(title="Clinic")
    Event.objects.language("lt").create(slug="z", kind="meeting", title="Susitikimas", summary="Trumpai.")

    with translation.override("de"):
        shown = [event.shown for event in Event.objects.with_titles().order_by("pk")]

    assert shown == [
        {"language": "de", "title": "Besuch"},
        {"language": "en", "title": "Clinic"},
        {"language": "lt", "title": "Susitikimas"},
    ]


def test_practices_seen_lead_to_their_published_events_once_the_latest_first():
    early, late = EventFactory(slug="early", starts="2012-01-01"), EventFactory(slug="late", starts="2013-01-01")
    for event in (early, early, late, EventFactory(is_published=False)):
        PracticeSeenFactory(event=event, name="Loom")

    assert slugs(PracticeSeen.objects.events()) == ["late", "early"]
