"""An event with what stands beside it on its page in rows of its own: all of it read in one query."""

from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS

from events.models import Event
from practices.beside import SourceRow
from search.asking import rows

TEXT = Event.translations.rel.related_model
COLUMNS, WORDS = ([field.attname for field in model._meta.concrete_fields] for model in (Event, TEXT))
ROWS = f"""
    SELECT {", ".join(f"event.{column}" for column in COLUMNS)},
        (SELECT json_agg(text ORDER BY id) FROM events_event_translation AS text WHERE master_id = event.id),
        ARRAY (SELECT city_id FROM events_event_participating_cities WHERE event_id = event.id),
        (SELECT json_agg(text ORDER BY position, id) FROM events_programmeitem WHERE event_id = event.id),
        (SELECT json_agg(json_build_array(practice_id, name) ORDER BY position, id)
            FROM events_practiceseen WHERE event_id = event.id),
        (SELECT json_agg(json_build_array(title, url) ORDER BY position, id)
            FROM events_eventdocument WHERE event_id = event.id),
        (SELECT json_agg(json_build_array(title, url, supports) ORDER BY position, id)
            FROM events_eventsource WHERE event_id = event.id)
    FROM events_event AS event WHERE is_published AND slug = %s
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
    for *values, texts, cities, programme, seen, documents, sources in rows(ROWS, [slug]):
        event = Event.from_db(DEFAULT_DB_ALIAS, COLUMNS, values)
        texts = [TEXT.from_db(DEFAULT_DB_ALIAS, WORDS, [text[name] for name in WORDS]) for text in texts or ()]
        event._prefetched_objects_cache = {"translations": texts}
        event.city_keys = cities
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
