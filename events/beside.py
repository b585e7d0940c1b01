"""What stands beside an event on its page, in rows of its own: read in one query, because most have little of it."""

from typing import NamedTuple

from practices.beside import SourceRow
from search.asking import rows

ROWS = """
    SELECT
        (SELECT json_agg(text ORDER BY position, id) FROM events_programmeitem WHERE event_id = %(key)s::bigint),
        (SELECT json_agg(json_build_array(practice_id, name) ORDER BY position, id)
            FROM events_practiceseen WHERE event_id = %(key)s::bigint),
        (SELECT json_agg(json_build_array(title, url) ORDER BY position, id)
            FROM events_eventdocument WHERE event_id = %(key)s::bigint),
        (SELECT json_agg(json_build_array(title, url, supports) ORDER BY position, id)
            FROM events_eventsource WHERE event_id = %(key)s::bigint)
"""


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


def beside(event, listed):
    """What stands beside the event; `listed` reads published practices by their keys."""
    [found] = rows(ROWS, {"key": event.pk})
    programme, seen, documents, sources = (some or [] for some in found)
    practices = {practice.pk: practice for practice in listed([key for key, _name in seen])}
    seen = [SeenRow(practices.get(key), name) for key, name in seen]
    return Beside(
        programme,
        [row for row in seen if row.practice or row.name],
        [DocumentRow(*row) for row in documents],
        [SourceRow(*row) for row in sources],
    )
