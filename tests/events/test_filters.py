import pytest
from django.http import QueryDict

from events.filters import EventFilter
from events.models import Event
from tests.factories import CityFactory, EventFactory


@pytest.fixture
def events():
    """A workshop hosted by Berlin with Lyon, and a meeting hosted by Lyon."""
    berlin, lyon = CityFactory(slug="berlin"), CityFactory(slug="lyon")
    EventFactory(slug="workshop", kind="workshop", host_city=berlin, participating_cities=[lyon])
    EventFactory(slug="meeting", kind="meeting", host_city=lyon)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["meeting", "workshop"]),
        ("kind=", ["meeting", "workshop"]),
        ("kind=meeting", ["meeting"]),
        ("city=lyon", ["meeting", "workshop"]),
        ("city=berlin", ["workshop"]),
        ("city=berlin&kind=meeting", []),
    ],
)
def test_kind_and_city_narrow(events, query, slugs):
    found = EventFilter(QueryDict(query), queryset=Event.objects.all())

    assert (sorted(event.slug for event in found.qs), found.errors) == (slugs, {})


@pytest.mark.parametrize(("query", "field"), [("kind=party", "kind"), ("city=atlantis", "city"), ("city=%00", "city")])
def test_what_is_not_understood_is_named_and_left_out(events, query, field):
    found = EventFilter(QueryDict(query), queryset=Event.objects.all())

    assert (list(found.errors), found.qs.count()) == ([field], 2)
