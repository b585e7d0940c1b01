"""Things that say much the same."""

from django.db import connection

from search.ranking import B, K

# How many of the most telling words of a thing are looked at, and how frequent they may be: in this many documents or
# this share of all, so that it stays quick however many there are.
WORDS, RARE, SHARE = 12, 30, 0.005
LOOKED_AT = 60

STATEMENT = """
    WITH own AS MATERIALIZED (
        SELECT term.id,
            ln(size.documents::float8 / term.documents) * posting.frequency / (posting.frequency + %(k)s) AS weight,
            %(k)s * (1 - %(b)s) AS base, %(k)s * %(b)s * size.documents / size.length AS slope
        FROM search_document AS document
        CROSS JOIN unnest(tsvector_to_array(document.vector)) AS stem
        JOIN search_term AS term USING (stem, kind, language)
        JOIN search_posting AS posting ON posting.term = term.id AND posting.key = document.key
        JOIN search_size AS size USING (kind, language)
        WHERE kind = %(kind)s AND document.key = %(key)s
        AND term.documents BETWEEN 2 AND GREATEST(%(rare)s, size.documents * %(share)s)
        ORDER BY weight DESC, stem LIMIT %(words)s
    )
    SELECT key, sum(weight * frequency * (%(k)s + 1) / (frequency + base + slope * length)) AS score
    FROM own JOIN search_posting ON term = id
    WHERE key <> %(key)s
    GROUP BY key ORDER BY score DESC, key LIMIT %(number)s
"""


def alike(kind, key, number=LOOKED_AT):
    """What shares the most telling words with a thing of a kind, the likest first: {key: score, at most 1}."""
    with connection.cursor() as cursor:
        parameters = {"kind": kind, "key": key, "number": number, "k": K, "b": B}
        cursor.execute(STATEMENT, {**parameters, "words": WORDS, "rare": RARE, "share": SHARE})
        rows = cursor.fetchall()
    return {key: score / rows[0][1] for key, score in rows if rows[0][1] > 0}
