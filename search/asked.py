"""Remembering what readers searched for, without who they were, so that the webmaster sees what they miss."""

from django.db import connection

from search.models import Asked

LONGEST = 200
OFTEN = 3  # so many must have asked the same before others see it as a suggestion

NOTE = """
INSERT INTO search_asked (text, language, filters, hits, times, first_on, last_on)
VALUES (%s, %s, %s, %s, 1, CURRENT_DATE, CURRENT_DATE)
ON CONFLICT (text, language, filters)
DO UPDATE SET times = search_asked.times + 1, hits = EXCLUDED.hits, last_on = EXCLUDED.last_on
"""


def note(text, language, filters, hits):
    """Counts a search. Long texts and e-mail addresses are not kept: somebody pasted what was not meant to be kept."""
    text = " ".join(text.lower().split())
    if not text or len(text) > LONGEST or "@" in text:
        return
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [text, language, filters[:500], hits])


def asked_before(beginning, number=3):
    """Successful searches of several readers that begin like this, the most frequent first."""
    beginning = " ".join(beginning.lower().split())
    rows = Asked.objects.filter(text__startswith=beginning, hits__gt=0, times__gte=OFTEN).exclude(text=beginning)
    return list(dict.fromkeys(rows.values_list("text", flat=True)[: number * 3]))[:number]
