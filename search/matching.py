"""Finding things by words."""

import re

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Max, Q, When

from search.models import Document

WORD = re.compile(r"\w+")


def matches(text, kind=None):
    """Things that have the words of `text`, the best first: (kind, key, rank), each thing once.

    Quotes keep a phrase together, a minus leaves a word out, "or" widens. If nothing has all the words, things that
    have some of them are found.
    """
    documents = Document.objects.filter(kind=kind) if kind else Document.objects.all()
    found = _ranked(documents, text)
    words = WORD.findall(text)
    if not found and len(words) > 1:
        found = _ranked(documents, " or ".join(words))
    return found


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
