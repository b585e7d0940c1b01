"""Things that say much the same."""

from heapq import nsmallest

from search.asking import rows
from search.codes import K, saturations
from search.postings import complete

# How many of the most telling words of a thing are looked at, and in how many documents they may be: words of more say
# little, and looking at all of these would take the longer the more documents there are.
WORDS, RARE = 12, 100
LOOKED_AT = 60

# The most telling words of the documents of a thing, with the average length of their source and their postings.
TELLING = """
    WITH telling AS MATERIALIZED (
        SELECT term.id AS term, size.length::float8 / size.documents AS average,
            ln(size.documents::float8 / term.documents) * often / (often + %(k)s::float8) AS weight
        FROM search_size AS size JOIN search_document AS document USING (kind, language)
        CROSS JOIN unnest(vector) AS found CROSS JOIN LATERAL search_frequency(weights) AS often
        JOIN search_term AS term ON stem = lexeme AND term.kind = document.kind AND term.language = document.language
        WHERE document.kind = %(kind)s AND document.key = %(key)s::bigint
            AND term.documents BETWEEN 2 AND %(rare)s::bigint
        ORDER BY weight DESC, stem LIMIT %(words)s::bigint
    )
    SELECT term, average, weight, string_agg(data, '') FILTER (WHERE length(data) <> 512),
        array_agg(block) FILTER (WHERE length(data) = 512), string_agg(data, '') FILTER (WHERE length(data) = 512)
    FROM telling JOIN search_posting USING (term) GROUP BY term, average, weight ORDER BY term
"""


def alike(kind, key, number=LOOKED_AT):
    """What shares the most telling words with a thing of a kind, the likest first: {key: score, at most 1}."""
    telling = rows(TELLING, {"kind": kind, "key": key, "k": K, "words": WORDS, "rare": RARE})
    postings = complete({term: posting for term, _average, _weight, *posting in telling}, [row[0] for row in telling])
    scores = {}
    for term, average, weight, *_posting in telling:
        saturation = saturations(average)
        for other, code in postings[term].each():
            scores[other] = scores.get(other, 0) + weight * saturation[code]
    scores.pop(key, None)
    best = nsmallest(number, ((-score, other) for other, score in scores.items()))
    return {other: score / best[0][0] for score, other in best if best[0][0] < 0}
