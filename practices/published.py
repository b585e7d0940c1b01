"""All published practices with what lists need of them, as the catalogue reads them."""

from typing import NamedTuple

from django.db import connection

CHUNK = 2000
# What practices are related to is gathered for all of them at once, which costs far less than for each.
EVERYTHING = """
    SELECT id, slug, city_id, theme_id, outcome, evidence, further_countries, start_year, end_year,
        verified_at, lat, lon,
        COALESCE(cities, '{}'), COALESCE(themes, '{}'), COALESCE(creative, '{}'), COALESCE(growth, '{}'),
        COALESCE(languages, '{}'), COALESCE(tag_slugs, '{}'), COALESCE(tag_names, '{}')
    FROM practices_practice AS practice
    LEFT JOIN (
        SELECT practice_id, array_agg(city_id) AS cities FROM practices_practice_further_cities GROUP BY practice_id
    ) AS further_cities ON further_cities.practice_id = id
    LEFT JOIN (
        SELECT practice_id, array_agg(theme_id) AS themes FROM practices_practice_further_themes GROUP BY practice_id
    ) AS further_themes ON further_themes.practice_id = id
    LEFT JOIN (
        SELECT practice_id, array_agg(sector_id) AS creative
        FROM practices_practice_creative_sectors GROUP BY practice_id
    ) AS creative_sectors ON creative_sectors.practice_id = id
    LEFT JOIN (
        SELECT practice_id, array_agg(sector_id) AS growth FROM practices_practice_growth_sectors GROUP BY practice_id
    ) AS growth_sectors ON growth_sectors.practice_id = id
    LEFT JOIN (
        SELECT master_id, array_agg(language_code) AS languages FROM practices_practice_translation GROUP BY master_id
    ) AS texts ON texts.master_id = id
    LEFT JOIN (
        SELECT object_id, array_agg(tag.slug) AS tag_slugs, array_agg(tag.name) AS tag_names
        FROM taggit_taggeditem AS tagged JOIN taggit_tag AS tag ON tag.id = tag_id
        JOIN django_content_type AS type ON type.id = content_type_id
        WHERE app_label = 'practices' AND model = 'practice' GROUP BY object_id
    ) AS tags ON tags.object_id = id
    WHERE state = 'published' ORDER BY published_at DESC, id DESC
"""


class Row(NamedTuple):
    """What lists need of a practice."""

    pk: int
    slug: str
    city_id: int
    theme_id: int
    outcome: str
    evidence: str
    further_countries: str
    start_year: int
    end_year: int
    verified_at: object
    lat: float
    lon: float
    cities: list
    themes: list
    creative: list
    growth: list
    languages: list
    tag_slugs: list
    tag_names: list


def published_rows():
    """Every published practice, the newest first."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(EVERYTHING)
        while chunk := cursor.fetchmany(CHUNK):
            yield from map(Row._make, chunk)
