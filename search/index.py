"""Writing to the index. The apps say what their things are called and what they say; this keeps it current.

Triggers mark whatever a change touches. Who changes something writes its documents anew in the same transaction;
whatever was marked and not written anew is, before the next search. So nothing that is found is ever stale, whoever
wrote it and how.
"""

import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial

from django.db import connection, transaction

from search import statements
from search.asking import rows
from search.models import Document

KINDS = ("practice", "city", "theme", "event")
CHUNK = 500
MANY = 2_000  # documents at once, from which on their words may be counted in the end
# Chosen once; whoever writes to the index holds it until the end of its transaction.
LOCK = 7_205_301
PATIENCE = 2.0
TABLES = ("search_document", "search_term", "search_posting", "search_word", "search_size")
SAID = ("key", "language", "title", "names", "text")


@dataclass(frozen=True)
class Source:
    """Where the documents of a kind come from: `keys` are those of all its things, `documents` writes those of some."""

    keys: callable
    documents: callable


SOURCES = {}


def register(kind, keys, documents):
    """Tells the index where the documents of a kind come from."""
    SOURCES[kind] = Source(keys, documents)


def renew(kind, keys, progress=lambda done, number: None):
    """Writes the documents of these things anew, now or, if another is writing for long, before the next search."""
    keys = list(keys)
    most = len(keys) >= MANY and len(keys) >= Document.objects.count()
    with _counting_later() if most else nullcontext():
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            with transaction.atomic():
                if _alone(PATIENCE):
                    _execute("DELETE FROM search_stale WHERE kind = %s AND key = ANY(%s)", [kind, chunk])
                    replace(kind, chunk, SOURCES[kind].documents(chunk))
                else:
                    mark(kind, chunk)
            progress(start + len(chunk), len(keys))


def mark(kind, keys):
    """Marks the documents of these things as stale."""
    _execute(
        "INSERT INTO search_stale SELECT %s, key FROM unnest(%s::bigint[]) AS key ORDER BY key ON CONFLICT DO NOTHING",
        [kind, list(keys)],
    )


@dataclass(frozen=True)
class State:
    """The content version, and what the index has of each source: {(kind, language): (documents, length in all)}."""

    version: int
    sizes: dict


def catch_up():
    """Writes anew whatever is marked as stale, unless another is just writing; the state of the index then."""
    is_stale, version, sizes = rows(statements.STATE)[0]
    if is_stale:
        write_stale()
        _is_stale, version, sizes = rows(statements.STATE)[0]
    return State(version or 0, sizes_of(sizes))


def is_behind():
    """Whether something is marked as stale that was not written anew yet."""
    return rows("SELECT EXISTS (SELECT FROM search_stale)")[0][0]


def sizes_of(found):
    """The sizes of the sources as the database tells them: {(kind, language): (documents, length in all)}."""
    return {(kind, language): (documents, length) for kind, language, documents, length in found or ()}


def write_stale():
    """Writes anew whatever is marked as stale, unless another is just writing."""
    with transaction.atomic():
        if _alone():
            _write_stale()


def _write_stale():
    stale = {}
    for kind, key in _execute("DELETE FROM search_stale RETURNING kind, key"):
        stale.setdefault(kind, []).append(key)
    for kind, keys in sorted(stale.items()):
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            replace(kind, chunk, SOURCES[kind].documents(chunk))


def replace(kind, keys, documents):
    """Puts these documents in the place of all that the index held of the things `keys` of this kind."""
    old = {row[1:]: row[0] for row in Document.objects.filter(kind=kind, key__in=keys).values_list("pk", *SAID)}
    new = {tuple(getattr(document, name) for name in SAID): document for document in documents}
    if gone := [pk for said, pk in old.items() if said not in new]:
        Document.objects.filter(pk__in=gone).delete()
    if come := [document for said, document in new.items() if said not in old]:
        Document.objects.bulk_create(come, batch_size=CHUNK)


def texts_of(thing, *fields):
    """Joins what a translation, or a row, says in these fields."""
    return "\n".join(filter(None, (getattr(thing, field) for field in fields)))


def drift():
    """What the index holds otherwise than it should, one sentence each."""
    for kind, source in SOURCES.items():
        keys = list(source.keys())
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            right = {tuple(getattr(document, name) for name in SAID) for document in source.documents(chunk)}
            held = set(Document.objects.filter(kind=kind, key__in=chunk).values_list(*SAID))
            yield from (f"{kind} {said[0]} ({said[1]}): {said[2]}" for said in sorted(right ^ held))
        for key in Document.objects.filter(kind=kind).exclude(key__in=keys).values_list("key", flat=True):
            yield f"{kind} {key}: there is no such thing any more"
    with alone():
        _build_next()
        try:
            yield from _drift_of_tables()
        finally:
            _drop_next()


def rebuild(progress=lambda kind, done, number: None):
    """Builds the index anew; readers see the old one until the new one is complete."""
    for kind, source in SOURCES.items():
        keys = list(source.keys())
        renew(kind, keys, partial(progress, kind))
        gone = Document.objects.filter(kind=kind).exclude(key__in=keys)
        renew(kind, list(gone.values_list("key", flat=True)))
    with alone():
        progress("words", 0, 1)
        _count_anew()
        progress("words", 1, 1)


@contextmanager
def _counting_later():
    """Counts the words of all documents in the end: of most of them at once that takes less than of some at a time.

    While another is writing for long, they are counted as ever.
    """
    with transaction.atomic():
        later = _alone(PATIENCE)
        if later:
            _execute("SET LOCAL search.counts_later = 'yes'")
        yield
        if later:
            _execute("SET LOCAL search.counts_later = 'no'")
            _count_anew()


@contextmanager
def alone():
    """Keeps everybody else from writing to the index; what they change is marked, and written when this is done."""
    with transaction.atomic():
        if not _alone(60):
            raise TimeoutError("Another is writing to the index.")
        yield


def _count_anew():
    """Puts new tables of words in the place of those in use."""
    _build_next()
    _execute("SELECT search_switch()")


def _build_next():
    """The tables of words as they should be, beside those in use."""
    _drop_next()
    _execute("SELECT search_create_tables('_next'), search_fill_next()")


def _drop_next():
    _execute("DROP TABLE IF EXISTS search_term_next, search_posting_next, search_word_next, search_size_next")


def _drift_of_tables():
    """What the tables of words hold otherwise than they should."""
    postings = (
        "SELECT stem, kind, language, entry.key, entry.code FROM search_posting{0} JOIN search_term{0} ON id = term,"
        " search_unpacked(block, data) AS entry"
    )
    tables = {
        "terms": "SELECT kind, language, stem, documents FROM search_term{}",
        "postings": postings,
        "words": "SELECT language, spelling, folded, stem, documents FROM search_word{}",
        "sizes": "SELECT kind, language, documents, length FROM search_size{}",
    }
    for name, query in tables.items():
        held, right = query.format(""), query.format("_next")
        found = _execute(f"(({held}) EXCEPT ({right})) UNION (({right}) EXCEPT ({held})) LIMIT 20")
        yield from (f"{name}: {' '.join(map(str, row))}" for row in found)


def _alone(patience=0.0):
    """Whether nobody else writes to the index until this transaction ends; waits for some seconds."""
    end = time.monotonic() + patience
    while not _execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])[0][0]:
        if time.monotonic() >= end:
            return False
        time.sleep(0.02)
    return True


def _execute(statement, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []
