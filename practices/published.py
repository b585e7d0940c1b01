"""All published practices with what lists need of them, as the catalogue reads them."""

from typing import NamedTuple

from django.db import connection

from search.asking import rows

CHUNK = 2000
PRACTICES = """
    SELECT id, slug, city_id, theme_id, outcome, evidence, further_countries, start_year, end_year, verified_at,
        lat IS NOT NULL
    FROM practices_practice WHERE state = 'published' ORDER BY published_at DESC, id DESC
"""
# What many rows say of a practice, each by its name: the table, the column of the practice, and that of what is said.
SAID = {
    "cities": ("practices_practice_further_cities", "practice_id", "city_id"),
    "themes": ("practices_practice_further_themes", "practice_id", "theme_id"),
    "creative": ("practices_practice_creative_sectors", "practice_id", "sector_id"),
    "growth": ("practices_practice_growth_sectors", "practice_id", "sector_id"),
    "languages": ("practices_practice_translation", "master_id", "language_code"),
    "tags": (
        """(
            SELECT object_id, tag_id FROM taggit_taggeditem
            JOIN django_content_type AS type ON type.id = content_type_id
            WHERE app_label = 'practices' AND model = 'practice'
        ) AS tagged""",
        "object_id",
        "tag_id",
    ),
}


class Published(NamedTuple):
    """What lists need of all practices, a list for each thing that they say, the newest practice first."""

    pk: list
    slug: list
    city: list
    theme: list
    outcome: list
    evidence: list
    further_countries: list
    start_year: list
    end_year: list
    verified_at: list
    positioned: list


def published():
    """What the rows of all published practices say of them."""
    columns = Published(*([] for _name in Published._fields))
    with connection.chunked_cursor() as cursor:
        cursor.execute(PRACTICES)
        while chunk := cursor.fetchmany(CHUNK):
            for column, more in zip(columns, zip(*chunk, strict=True), strict=True):
                same = {}  # rows say the same again and again, each time in an object of its own
                column.extend(map(same.setdefault, more, more))
    return columns


def said_of_practices(what):
    """What many rows say of practices, also of those that are not published: pairs of a practice and one of `SAID`."""
    table, owner, column = SAID[what]
    of_each = f"SELECT array_agg({owner}), array_agg({column}) FROM {table}"  # nosec B608 # noqa: S608 - our own names
    owners, values = rows(of_each)[0]
    yield from zip(owners or (), values or (), strict=True)
