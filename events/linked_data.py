"""Events in the words of schema.org."""

from django.utils.translation import gettext as _

from cities.linked_data import breadcrumbs, citations, organization, place, website
from cities.meta import canonical_path, origin, path_of, plain, shown_in, written_in
from events.dates import Precision

DATE_LENGTH = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}


def known_date(day, precision):
    """A date as far as it is known: 2013, 2013-05 or 2013-05-16."""
    return day.isoformat()[: DATE_LENGTH[precision]]


def event_data(request, event, sources=()):
    """An event of the catalogue, or an article about it when its date or place is not known; and the way there."""
    path = canonical_path(event.get_absolute_url(), written_in(event))
    address = origin(request) + path
    build = meeting if event.starts and event.host_term else article
    data = {
        "@id": f"{address}#event",
        "url": address,
        "description": plain(event.summary),
        **build(request, event, citations(sources)),
    }
    return [data, breadcrumbs(request, (_("Events"), path_of("events:list")), (event.title, path))]


def meeting(_request, event, works):
    """What is known of an event with a date and a place."""
    facts = {
        "@type": "Event",
        "name": plain(event.title),
        "startDate": known_date(event.starts, event.date_precision),
        "location": place(event.host_term),
    }
    if event.ends:
        facts["endDate"] = known_date(event.ends, event.date_precision)
    if works:
        facts["subjectOf"] = works
    return facts


def article(request, event, works):
    """What is known of an event without a date or a place: that this page tells of it."""
    facts = {
        "@type": "Article",
        "headline": plain(event.title),
        "inLanguage": shown_in(event),
        "dateModified": event.updated_at.isoformat(),
        "isPartOf": website(request),
        "publisher": organization(request),
    }
    if event.host_term:
        facts["spatialCoverage"] = place(event.host_term)
    if event.starts:
        facts["temporalCoverage"] = known_date(event.starts, event.date_precision)
    if works:
        facts["citation"] = works
    return facts
