"""What is asked of the index, in SQL."""

# How current the index is, and how many documents of which length it has of each kind in each language.
STATE = """
    SELECT EXISTS (SELECT FROM search_stale), (SELECT number FROM search_contentversion),
        (SELECT json_agg(json_build_array(kind, language, documents, length) ORDER BY kind, language) FROM search_size)
"""

# The same, and each word in each language: its stem, whether it says nothing there, and its postings.
ANALYSIS = """
    WITH languages AS (
        SELECT language FROM search_size WHERE kind = ANY(%(kinds)s) UNION SELECT unnest(%(always)s::text[])
    ), spoken AS MATERIALIZED (
        SELECT word, language, stem, search_says_nothing(language, word) AS says_nothing
        FROM languages, unnest(%(words)s::text[]) AS word
        LEFT JOIN LATERAL unnest(search_stems(language, word)) AS stem ON true
    ), state AS (
        SELECT EXISTS (SELECT FROM search_stale) AS is_stale, (SELECT number FROM search_contentversion) AS version,
            (
                SELECT json_agg(json_build_array(kind, language, documents, length) ORDER BY kind, language)::text
                FROM search_size
            ) AS sizes
    )
    SELECT state.*, word, says_nothing, spoken.language, spoken.stem, kind, id, documents, listed, blocks, octets
    FROM state CROSS JOIN spoken LEFT JOIN LATERAL (
        SELECT kind, id, documents FROM search_term
        WHERE stem = spoken.stem AND kind = ANY(%(kinds)s) AND language = spoken.language AND NOT says_nothing
        OFFSET 0  -- by the index: the planner takes the words for many and would read the whole table
    ) AS term ON true
    LEFT JOIN LATERAL (
        SELECT string_agg(data, '') FILTER (WHERE length(data) <> 512) AS listed,
            array_agg(block) FILTER (WHERE length(data) = 512) AS blocks,
            string_agg(data, '') FILTER (WHERE length(data) = 512) AS octets
        FROM (SELECT * FROM search_posting WHERE search_posting.term = term.id ORDER BY block) AS posting
    ) AS postings ON true
"""

BEGINNINGS = """
    SELECT spelling, language, stem, kind, id, term.documents
    FROM (
        SELECT * FROM search_word WHERE folded LIKE %(beginning)s ORDER BY documents DESC, folded, language LIMIT 8
    ) AS word JOIN search_term AS term USING (stem, language)
    WHERE kind = ANY(%(kinds)s)
    ORDER BY word.documents DESC, folded
"""

# Words of the index that a misspelt word may stand for: itself, those one slip away, and those that look alike.
CANDIDATES = """
    SELECT asked.word, folded, spelling, word.documents, language, stem, kind, id, term.documents
    FROM unnest(%(words)s::text[]) AS asked (word)
    JOIN search_word AS word ON folded = ANY(%(variants)s) OR folded %% asked.word
    LEFT JOIN search_term AS term USING (stem, language)
    WHERE kind IS NULL OR kind = ANY(%(kinds)s)
"""

FORMS = """
    SELECT DISTINCT folded FROM search_word
    WHERE (stem, language) IN (SELECT * FROM unnest(%(stems)s::text[], %(languages)s::text[]))
"""

# The texts of documents, and beside each the forms of the words that were looked for.
TEXTS = """
    SELECT kind, key, text, (
        SELECT array_agg(DISTINCT folded) FROM search_word
        WHERE (stem, language) IN (SELECT * FROM unnest(%(stems)s::text[], %(languages)s::text[]))
    )
    FROM unnest(%(kinds)s::text[], %(keys)s::bigint[], %(spoken)s::text[]) AS hit (kind, key, language)
    JOIN search_document USING (kind, key, language)
"""

# The postings of each term: those in lists, and the blocks that have an octet for each key.
POSTINGS = """
    SELECT term, string_agg(data, '') FILTER (WHERE length(data) <> 512),
        array_agg(block) FILTER (WHERE length(data) = 512), string_agg(data, '') FILTER (WHERE length(data) = 512)
    FROM (SELECT * FROM search_posting WHERE term = ANY(%(terms)s) ORDER BY term, block) AS posting GROUP BY term
"""

# Which things have which phrase, by the number of the phrase.
PHRASES = """
    SELECT number, kind, language, array_agg(key)
    FROM unnest(%(phrases)s::text[]) WITH ORDINALITY AS asked (phrase, number)
    CROSS JOIN unnest(%(kinds)s::text[], %(languages)s::text[]) AS source (kind, language)
    CROSS JOIN LATERAL (
        SELECT phraseto_tsquery(search_configuration(source.language), phrase) AS query OFFSET 0
    ) AS wanted
    JOIN LATERAL (  -- the planner would read the index of kinds and languages to its end
        SELECT kind, language, key FROM search_document WHERE vector @@ query OFFSET 0
    ) AS document USING (kind, language)
    GROUP BY number, kind, language
"""
