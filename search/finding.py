"""Finding things by words: what the pages and the API ask."""

from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from search import statements
from search.index import KINDS, catch_up
from search.marking import best_passage, mark
from search.models import Document
from search.query import read
from search.ranking import match
from search.understanding import Vocabulary, understand


class Hit(NamedTuple):
    """A thing that was found, how well it fits, and in which of its languages it fits best."""

    kind: str
    key: int
    score: float
    language: str


@dataclass(frozen=True)
class Findings:
    """The answer to a search: the good matches first, the best of them first, then weaker ones.

    `understood` is the text after its spelling was corrected, `good` how many of the hits are good matches, `version`
    the content version they belong to.
    """

    asked: str
    understood: str
    hits: list = field(default_factory=list)
    good: int = 0
    stems: frozenset = frozenset()
    version: int | None = None

    @cached_property
    def words(self):
        """The words to be marked in texts, in small letters and without accents."""
        stems, languages = [stem for stem, _ in self.stems], [language for _, language in self.stems]
        with connection.cursor() as cursor:
            cursor.execute(statements.FORMS, {"stems": stems, "languages": languages})
            return frozenset(folded for (folded,) in cursor.fetchall())


def find(text, language, kind="practice", prefix=False, correct=True):
    """What fits the words of `text`, asked on a page in this language; of every kind if `kind` is None.

    `prefix` takes the last word as a beginning, for suggestions; `correct` mends words the index does not know.
    """
    state = catch_up()
    query, kinds = read(text), [kind] if kind else list(KINDS)
    if not query.all_words:
        return Findings(text, text, version=state.version)
    request, understood = understand(query, Vocabulary(state, kinds, language), prefix, correct)
    hits, good = match(request, state.sizes)
    if not hits and request.required:
        request.required, good = [], 0
        hits, _good = match(request, state.sizes)
    return Findings(
        text,
        understood if understood != query.text else text,
        list(map(Hit._make, hits)),
        good,
        frozenset((stem, language) for concept in request.concepts for _kind, language, stem in concept.stems),
        state.version,
    )


def marked(text, findings):
    """The text, escaped, with the words that were found in <mark>."""
    return mark(text, findings.words)


def snippet(findings, hits):
    """For each of the hits of a page the passage that fits best, escaped and with marks: {(kind, key): passage}."""
    wanted = [Q(kind=hit.kind, key=hit.key, language=hit.language) for hit in hits]
    if not wanted:
        return {}
    texts = Document.objects.filter(reduce(or_, wanted)).values_list("kind", "key", "text")
    return {(kind, key): best_passage(text, findings.words) for kind, key, text in texts}
