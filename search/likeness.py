"""Things that say much the same."""

from collections import Counter

from django.db import connection

from search.codes import K, saturations
from search.postings import read

# How many of the most telling words of a thing are looked at, and how frequent they may be: in this many documents or
# this share of all, so that it stays quick however many there are.
WORDS, RARE, SHARE = 12, 30, 0.005
LOOKED_AT = 60

TELLING = """
    SELECT term.id, size.length::float8 / size.documents,
        ln(size.documents::float8 / term.documents) * often / (often + %(k)s) AS weight
    FROM search_document AS document
    CROSS JOIN unnest(vector) AS found CROSS JOIN LATERAL search_frequency(weights) AS often
    JOIN search_term AS term ON term.stem = lexeme AND term.kind = document.kind AND term.language = document.language
    JOIN search_size AS size ON size.kind = document.kind AND size.language = document.language
    WHERE document.kind = %(kind)s AND document.key = %(key)s
    AND term.documents BETWEEN 2 AND GREATEST(%(rare)s, size.documents * %(share)s)
    ORDER BY weight DESC, stem LIMIT %(words)s
"""


def alike(kind, key, number=LOOKED_AT):
    """What shares the most telling words with a thing of a kind, the likest first: {key: score, at most 1}."""
    parameters = {"kind": kind, "key": key, "k": K, "words": WORDS, "rare": RARE, "share": SHARE}
    with connection.cursor() as cursor:
        cursor.execute(TELLING, parameters)
        terms = cursor.fetchall()
    scores, postings = Counter(), read([term for term, _average, _weight in terms])
    for term, average, weight in terms:
        saturation = saturations(average)
        for other, code in postings[term].each():
            scores[other] += weight * saturation[code]
    del scores[key]
    best = sorted(scores.items(), key=lambda row: (-row[1], row[0]))[:number]
    return {other: score / best[0][1] for other, score in best if best[0][1] > 0}
