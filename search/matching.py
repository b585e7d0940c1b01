"""Finding things by words."""

import re

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Max, Q, When

from search.models import Document

WORD = re.compile(r"\w+")
LEFT_OUT = re.compile(r'(?<!\S)-(?:"[^"]*"|[^\s"]+)')
MOST_WORDS = 30  # of a question that is asked again for some of its words


def matches(text, kind=None):
    """Things that have the words of `text`, the best first: (kind, key, rank), each thing once.

    Quotes keep a phrase together, a minus leaves a word out, "or" widens. If nothing has all the words, things that
    have some of them are found.
    """
    documents = Document.objects.filter(kind=kind) if kind else Document.objects.all()
    found = _ranked(documents, text)
    if not found and (some := _some_of(text)):
        found = _ranked(documents, some)
    return found


def _some_of(text):
    """The question for any of the words, still without those left out; empty if that would find nothing more."""
    words = WORD.findall(LEFT_OUT.sub(" ", text))[:MOST_WORDS]
    left_out = LEFT_OUT.findall(text)[:MOST_WORDS]
    return " or ".join(" ".join([word, *left_out]) for word in words) if len(words) > 1 else ""


def _ranked(documents, text):
    queries = {
        code: SearchQuery(text, config=f"search_{code}", search_type="websearch") for code, _name in settings.LANGUAGES
    }
    condition = Q()
    for code, query in queries.items():
        condition |= Q(language=code, vector=query)
    rank = Case(*(When(language=code, then=SearchRank(F("vector"), query)) for code, query in queries.items()))
    return list(
        documents.filter(condition)
        .values("kind", "key")
        .annotate(rank=Max(rank))
        .order_by("-rank", "key")
        .values_list("kind", "key", "rank")
    )
