import datetime

import pytest
from django.test import RequestFactory

from events.linked_data import event_data
from events.models import Event, EventSource
from practices.catalogue import catalogue
from tests.factories import CityFactory, EventFactory

REQUEST = RequestFactory().get("/")
DAY = datetime.date(2013, 5, 16)


def hosted(**facts):
    event = EventFactory(**facts)
    return catalogue().hosted([Event.objects.with_cards().get(pk=event.pk)])[0]


def test_an_event_has_a_date_and_a_place():
    event = hosted(
        slug="clinic",
        title="Clinic",
        starts=DAY,
        ends=datetime.date(2013, 5, 17),
        host_city=CityFactory(name="Linz", country="AT", lat=48.3, lon=14.3),
    )
    EventSource.objects.create(event=event, title="Report", url="https://example.org/")

    data, breadcrumbs = event_data(REQUEST, event, event.sources.all())

    assert data == {
        "@type": "Event",
        "@id": "http://testserver/events/clinic/#event",
        "url": "http://testserver/events/clinic/",
        "name": "Clinic",
        "description": "Cities met and compared notes.",
        "startDate": "2013-05-16",
        "endDate": "2013-05-17",
        "location": {
            "@type": "Place",
            "name": "Linz",
            "address": {"@type": "PostalAddress", "addressLocality": "Linz", "addressCountry": "AT"},
            "geo": {"@type": "GeoCoordinates", "latitude": 48.3, "longitude": 14.3},
        },
        "subjectOf": [{"@type": "CreativeWork", "name": "Report", "url": "https://example.org/"}],
    }
    assert [step["name"] for step in breadcrumbs["itemListElement"]] == ["Home", "Events", "Clinic"]


@pytest.mark.parametrize(("precision", "date"), [("day", "2013-05-16"), ("month", "2013-05"), ("year", "2013")])
def test_a_date_is_told_as_far_as_it_is_known(precision, date):
    event = hosted(starts=DAY, ends=DAY, date_precision=precision, host_city=CityFactory())

    data, _breadcrumbs = event_data(REQUEST, event)

    assert (data["startDate"], data["endDate"]) == (date, date)


def test_an_event_without_a_place_is_an_article_about_that_time():
    data, _breadcrumbs = event_data(REQUEST, hosted(title="Launch", starts=DAY, date_precision="month"))

    assert (data["@type"], data["headline"], data["temporalCoverage"]) == ("Article", "Launch", "2013-05")
    assert {"startDate", "location", "spatialCoverage"} & set(data) == set()


def test_an_event_without_a_date_is_an_article_about_that_place():
    data, _breadcrumbs = event_data(REQUEST, hosted(host_city=CityFactory(name="Linz")))

    assert (data["@type"], data["spatialCoverage"]["name"]) == ("Article", "Linz")
    assert {"startDate", "temporalCoverage"} & set(data) == set()
