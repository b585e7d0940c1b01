"""Remembering what readers searched for, without who they were, so that the webmaster sees what they miss."""

from django.utils import timezone

from search.asking import rows

LONGEST = 200
OFTEN = 3  # on so many days must the same have been asked before others see it as a suggestion

# Who searches does not wait until the disk has it: at worst a crash forgets the last ones.
NOTE = """
INSERT INTO search_asked (text, language, filters, hits, times, days, first_on, last_on)
SELECT %(text)s, %(language)s, %(filters)s, %(hits)s, 1, 1, %(day)s, %(day)s
FROM set_config('synchronous_commit', 'off', true)
ON CONFLICT (text, language, filters)
DO UPDATE SET times = search_asked.times + 1,
    days = search_asked.days + (search_asked.last_on < EXCLUDED.last_on)::integer,
    hits = EXCLUDED.hits, last_on = EXCLUDED.last_on
"""

# By the order of octets, in which all that begins alike stands together, whatever the letters.
ASKED_BEFORE = """
    SELECT text FROM search_asked
    WHERE text ~>~ %(first)s::text AND text ~<~ %(end)s::text AND hits > 0 AND days >= %(days)s::integer
    ORDER BY times DESC, last_on DESC, text LIMIT %(number)s::integer
"""
HIGHEST = chr(0x10FFFF)  # comes after every other letter


def note(text, language, filters, hits):
    """Counts a search. Long texts and e-mail addresses are not kept: somebody pasted what was not meant to be kept."""
    text = " ".join(text.lower().split())
    if not text or len(text) > LONGEST or "@" in text:
        return
    day = timezone.localdate()  # the database knows that of UTC
    rows(NOTE, {"text": text, "language": language, "filters": filters[:500], "hits": hits, "day": day})


def asked_before(beginning, number=3):
    """Successful searches of several days that begin like this, the most frequent first."""
    beginning = " ".join(beginning.lower().split())
    parameters = {"first": beginning, "end": f"{beginning}{HIGHEST}", "days": OFTEN, "number": number * 3}
    return list(dict.fromkeys(text for (text,) in rows(ASKED_BEFORE, parameters)))[:number]
