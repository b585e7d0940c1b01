"""What the database alone takes for the answers of a list page: rows with their texts, counts of every facet."""

from django.db import connection

MATCHES = """
    SELECT practice.id, practice.city_id, theme_id, outcome, evidence, start_year, published_at
    FROM practices_practice AS practice WHERE state = 'published'
"""
OF_THEME = " AND theme_id = (SELECT id FROM practices_theme WHERE slug = %(theme)s)"
WITH_WORDS = """ AND practice.id IN (
    SELECT key FROM search_document WHERE kind = 'practice'
    AND vector @@ replace(plainto_tsquery('english', %(words)s)::text, '&', '|')::tsquery
)"""
COUNTS = [
    "SELECT count(*) FROM hits",
    "SELECT theme_id, count(*) FROM hits GROUP BY 1",
    "SELECT city_id, count(*) FROM hits GROUP BY 1",
    "SELECT country, count(*) FROM hits JOIN cities_city ON cities_city.id = city_id GROUP BY 1",
    "SELECT outcome, count(*) FROM hits GROUP BY 1",
    "SELECT evidence, count(*) FROM hits GROUP BY 1",
    "SELECT start_year, count(*) FROM hits GROUP BY 1",
    "SELECT sector_id, count(*) FROM hits JOIN practices_practice_creative_sectors ON practice_id = hits.id GROUP BY 1",
    "SELECT sector_id, count(*) FROM hits JOIN practices_practice_growth_sectors ON practice_id = hits.id GROUP BY 1",
    "SELECT language_code, count(*) FROM hits JOIN practices_practice_translation ON master_id = hits.id GROUP BY 1",
    """SELECT tag_id, count(*) FROM hits JOIN taggit_taggeditem ON object_id = hits.id
        JOIN django_content_type AS type ON type.id = content_type_id AND type.model = 'practice'
        GROUP BY 1 ORDER BY 2 DESC LIMIT 15""",
]
ROWS = """
    SELECT hits.id, title, summary FROM hits JOIN practices_practice_translation ON master_id = hits.id
    ORDER BY published_at DESC, hits.id DESC LIMIT 12
"""
ANSWER = "(SELECT json_agg(answer) FROM ({}) AS answer)"
STATEMENT = "WITH hits AS MATERIALIZED ({}) SELECT {}"
WAYS = {"list": MATCHES, "filtered list": MATCHES + OF_THEME, "search": MATCHES + WITH_WORDS}


def ask(way, **values):
    """Asks the database for a list and its counts, in one statement."""
    answers = ", ".join(ANSWER.format(statement) for statement in (ROWS, *COUNTS))
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(WAYS[way], answers), values)
        cursor.fetchall()
