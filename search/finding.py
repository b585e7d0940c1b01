"""Finding things by words: what the pages and the API ask."""

from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from search.marking import best_passage, mark
from search.matching import ranked
from search.models import Document
from search.words import WORD, fold


@dataclass(frozen=True)
class Hit:
    """A thing that was found, how well it fits, and in which of its languages it fits best."""

    kind: str
    key: int
    score: float
    language: str


@dataclass(frozen=True)
class Findings:
    """The answer to a search: the good matches first, the best of them first, then weaker ones.

    `understood` is the text after its spelling was corrected; `words` are the words to be marked in texts.
    """

    asked: str
    understood: str
    hits: list = field(default_factory=list)
    words: frozenset = frozenset()
    good: int = 0


def find(text, language, kind="practice", prefix=False, correct=True):
    """What fits the words of `text`, asked on a page in this language; of every kind if `kind` is None.

    `prefix` takes the last word as a beginning, for suggestions; `correct` mends words the index does not know.
    """
    hits = [Hit(*row) for row in ranked(text, kind)]
    return Findings(text, text, hits, frozenset(fold(word) for word in WORD.findall(text)), len(hits))


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
