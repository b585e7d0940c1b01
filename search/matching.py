"""Finding things by words."""

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Q, When

from search.models import Document
from search.words import WORD


def ranked(text, kind=None):
    """Things that have the words of `text`, the best first: (kind, key, rank, language), each thing once.

    Quotes keep a phrase together, a minus leaves a word out, "or" widens. If nothing has all the words, what has
    some of them is found.
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
    rows = documents.filter(condition).annotate(rank=rank).order_by("-rank", "key", "language")
    best = {}
    for row in rows.values_list("kind", "key", "rank", "language"):
        best.setdefault(row[:2], row)
    return list(best.values())
