"""Remembering what readers searched for, without who they were, so that the webmaster sees what they miss."""

from django.db import connection

from search.models import Asked

LONGEST = 200
OFTEN = 3  # on so many days must the same have been asked before others see it as a suggestion

# Who searches does not wait until the disk has it: at worst a crash forgets the last ones.
NOTE = """
INSERT INTO search_asked (text, language, filters, hits, times, days, first_on, last_on)
SELECT %s, %s, %s, %s, 1, 1, CURRENT_DATE, CURRENT_DATE
FROM set_config('synchronous_commit', 'off', true)
ON CONFLICT (text, language, filters)
DO UPDATE SET times = search_asked.times + 1,
    days = search_asked.days + (search_asked.last_on < EXCLUDED.last_on)::integer,
    hits = EXCLUDED.hits, last_on = EXCLUDED.last_on
"""


def note(text, language, filters, hits):
    """Counts a search. Long texts and e-mail addresses are not kept: somebody pasted what was not meant to be kept."""
    text = " ".join(text.lower().split())
    if not text or len(text) > LONGEST or "@" in text:
        return
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [text, language, filters[:500], hits])


def asked_before(beginning, number=3):
    """Successful searches of several days that begin like this, the most frequent first."""
    beginning = " ".join(beginning.lower().split())
    rows = Asked.objects.filter(text__startswith=beginning, hits__gt=0, days__gte=OFTEN).exclude(text=beginning)
    return list(dict.fromkeys(rows.values_list("text", flat=True)[: number * 3]))[:number]
