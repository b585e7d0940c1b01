"""All published practices with what lists need of them, as the catalogue reads them."""

from typing import NamedTuple

from django.db import connection

CHUNK = 2000
# What many rows say of a practice, each by its name: the table, the column of the practice, and that of what is said.
SAID = {
    "cities": ("practices_practice_further_cities", "practice_id", "city_id"),
    "themes": ("practices_practice_further_themes", "practice_id", "theme_id"),
    "creative": ("practices_practice_creative_sectors", "practice_id", "sector_id"),
    "growth": ("practices_practice_growth_sectors", "practice_id", "sector_id"),
    "languages": ("practices_practice_translation", "master_id", "language_code"),
}
JOINS = "\n".join(
    f"""LEFT JOIN (
        SELECT {owner} AS owner, array_agg({column}) AS {name} FROM {table} GROUP BY {owner}
    ) AS {name}_said ON {name}_said.owner = id"""  # noqa: S608 - names of our own tables and columns
    for name, (table, owner, column) in SAID.items()
)
# It is gathered for all of them at once, which costs far less than for each.
EVERYTHING = f"""
    SELECT id, slug, city_id, theme_id, outcome, evidence, further_countries, start_year, end_year,
        verified_at, lat, lon,
        {", ".join(f"COALESCE({name}, '{{}}')" for name in (*SAID, "tag_slugs", "tag_names"))}
    FROM practices_practice AS practice
    {JOINS}
    LEFT JOIN (
        SELECT object_id, array_agg(tag.slug) AS tag_slugs, array_agg(tag.name) AS tag_names
        FROM taggit_taggeditem AS tagged JOIN taggit_tag AS tag ON tag.id = tag_id
        JOIN django_content_type AS type ON type.id = content_type_id
        WHERE app_label = 'practices' AND model = 'practice' GROUP BY object_id
    ) AS tags ON tags.object_id = id
    WHERE state = 'published' ORDER BY published_at DESC, id DESC
"""  # nosec B608 # noqa: S608 - names of our own tables and columns


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
