"""What is asked of the index, in SQL."""

# How current the index is, and how many documents it has of each kind in each language.
STATE = """
    SELECT EXISTS (SELECT FROM search_stale), (SELECT number FROM search_contentversion),
        (SELECT json_agg(json_build_array(kind, language, documents) ORDER BY kind, language) FROM search_size)
"""

# Each word in each language: its stems, whether it says nothing there, and how many documents have it.
ANALYSIS = """
    WITH languages AS (
        SELECT language FROM search_size WHERE kind = ANY(%(kinds)s) UNION SELECT unnest(%(always)s::text[])
    ), stems AS MATERIALIZED (
        SELECT word, language, stem, search_says_nothing(language, word) AS says_nothing
        FROM languages, unnest(%(words)s::text[]) AS word
        LEFT JOIN LATERAL unnest(search_stems(language, word)) AS stem ON true
    )
    SELECT word, language, stem, says_nothing, kind, documents
    FROM stems LEFT JOIN search_term USING (stem, language)
    WHERE kind IS NULL OR kind = ANY(%(kinds)s)
"""

KNOWN = "SELECT DISTINCT folded FROM search_word WHERE folded = ANY(%(words)s)"

BEGINNINGS = """
    SELECT folded, spelling FROM search_word WHERE folded LIKE %(beginning)s
    ORDER BY documents DESC, folded LIMIT 12
"""

# Words of the index that a misspelt word may stand for: those one slip away, and those that look alike.
CANDIDATES = """
    SELECT asked.word, folded, max(spelling), sum(documents)
    FROM unnest(%(words)s::text[]) AS asked (word)
    JOIN search_word ON folded = ANY(%(variants)s) OR folded %% asked.word
    GROUP BY asked.word, folded
"""

FORMS = """
    SELECT DISTINCT folded FROM search_word
    WHERE (stem, language) IN (SELECT * FROM unnest(%(stems)s::text[], %(languages)s::text[]))
"""

# BM25 (Robertson and Zaragoza, 2009): a term's weight times f (k+1) / (f + k (1 - b + b length / average length)).
# A source is a kind in a language, by its number. Columns are sent as arrays: hits may be many.
MATCHES = """
    WITH terms AS MATERIALIZED (
        SELECT id, source, mask, weight * (%(k)s + 1) AS weight, %(k)s * (1 - %(b)s) AS base,
            %(k)s * %(b)s * size.documents / size.length AS slope
        FROM unnest(
            %(sources)s::integer[], %(kinds)s::text[], %(languages)s::text[], %(stems)s::text[],
            %(masks)s::bigint[], %(weights)s::float8[]
        ) AS asked (source, kind, language, stem, mask, weight)
        JOIN search_term USING (stem, kind, language) JOIN search_size AS size USING (kind, language)
    ), phrases AS MATERIALIZED (
        SELECT source, kind, key, mask, weight, required
        FROM unnest(
            %(phrases)s::text[], %(phrase_masks)s::bigint[], %(phrase_weights)s::float8[], %(required)s::integer[]
        ) AS asked (phrase, mask, weight, required)
        CROSS JOIN unnest(%(source_kinds)s::text[], %(source_languages)s::text[])
            WITH ORDINALITY AS spoken (kind, language, source)
        JOIN search_document USING (kind, language)
        WHERE vector @@ phraseto_tsquery(search_configuration(language), phrase)
    ), scored AS (
        SELECT source, key, sum(score) AS score, bit_or(mask) AS mask
        FROM (
            SELECT source, key, mask, weight * frequency / (frequency + base + slope * length) AS score
            FROM terms JOIN search_posting ON term = id
            UNION ALL
            SELECT source::integer, key::integer, mask, weight FROM phrases
        ) AS scores
        GROUP BY source, key
    ), judged AS MATERIALIZED (
        SELECT source, key, score * (%(factors)s::float8[])[source] AS score, {covered} >= %(enough)s AS good
        FROM scored WHERE {condition}
    ), placed AS (
        (SELECT * FROM judged WHERE good ORDER BY score DESC, key, source)
        UNION ALL
        (SELECT * FROM judged WHERE NOT good ORDER BY score DESC, key, source LIMIT %(deepest)s)
    )
    SELECT array_agg(source), array_agg(key), array_agg(score), count(*) FILTER (WHERE good) FROM placed
"""

HAS_PHRASES = """
    (SELECT count(DISTINCT required) FROM phrases
     WHERE phrases.kind = (%(source_kinds)s::text[])[scored.source] AND phrases.key = scored.key) >= %(phrase_number)s
"""

LACKS_WORDS = """
    NOT EXISTS (
        SELECT FROM search_document AS other, unnest(%(without)s::text[]) AS phrase
        WHERE other.kind = (%(source_kinds)s::text[])[scored.source] AND other.key = scored.key
        AND other.vector @@ phraseto_tsquery(search_configuration(other.language), phrase)
    )
"""
