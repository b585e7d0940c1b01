"""An event with what stands beside it on its page in rows of its own: all of it read in one query."""

from typing import NamedTuple

from cities.texts import Texts
from events.models import Event
from practices.beside import SourceRow
from search.asking import rows

TEXTS = Texts(Event)
ROWS = f"""
    SELECT {TEXTS.selected},
        ARRAY (SELECT city_id FROM events_event_participating_cities WHERE event_id = events_event.id),
        (SELECT json_agg(text ORDER BY position, id) FROM events_programmeitem WHERE event_id = events_event.id),
        (SELECT json_agg(json_build_array(practice_id, name) ORDER BY position, id)
            FROM events_practiceseen WHERE event_id = events_event.id),
        (SELECT json_agg(json_build_array(title, url) ORDER BY position, id)
            FROM events_eventdocument WHERE event_id = events_event.id),
        (SELECT json_agg(json_build_array(title, url, supports) ORDER BY position, id)
            FROM events_eventsource WHERE event_id = events_event.id)
    FROM events_event WHERE is_published AND slug = %s
"""  # nosec B608 # noqa: S608 - names of our own columns


class DocumentRow(NamedTuple):
    """A document that came out of the event."""

    title: str
    url: str


class SeenRow(NamedTuple):
    """A practice that participants saw: as lists know it, or only its name."""

    practice: object
    name: str


class Beside(NamedTuple):
    """The points of the programme, practices seen, documents and sources, each in their order."""

    programme: list
    seen: list
    documents: list
    sources: list


def event_at(slug, listed):
    """The published event with this address and what stands beside it, or None; `listed` reads practices by keys."""
    for row in rows(ROWS, [slug]):
        event, (event.city_keys, programme, seen, documents, sources) = TEXTS.taken_from(row)
        return event, Beside(
            programme or [],
            _seen(seen or [], listed),
            [DocumentRow(*row) for row in documents or ()],
            [SourceRow(*row) for row in sources or ()],
        )
    return None


def _seen(seen, listed):
    practices = {practice.pk: practice for practice in listed([key for key, _name in seen])}
    found = [SeenRow(practices.get(key), name) for key, name in seen]
    return [row for row in found if row.practice or row.name]
