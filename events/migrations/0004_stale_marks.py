"""Which documents of the index a change makes stale, whoever makes it."""

from django.db import migrations

from search.triggers import mark_stale

CITIES = {
    "city": "SELECT {id} FROM changed",
    "practice": """
        SELECT id FROM practices_practice WHERE city_id IN (SELECT {id} FROM changed)
        UNION SELECT practice_id FROM practices_practice_further_cities WHERE city_id IN (SELECT {id} FROM changed)
    """,
    "event": """
        SELECT id FROM events_event WHERE host_city_id IN (SELECT {id} FROM changed)
        UNION SELECT event_id FROM events_event_participating_cities WHERE city_id IN (SELECT {id} FROM changed)
    """,
}
THEMES = {
    "theme": "SELECT {id} FROM changed",
    "practice": """
        SELECT id FROM practices_practice WHERE theme_id IN (SELECT {id} FROM changed)
        UNION SELECT practice_id FROM practices_practice_further_themes WHERE theme_id IN (SELECT {id} FROM changed)
    """,
    "event": "SELECT id FROM events_event WHERE theme_id IN (SELECT {id} FROM changed)",
}
SECTORS = {
    "practice": """
        SELECT practice_id FROM practices_practice_creative_sectors WHERE sector_id IN (SELECT {id} FROM changed)
        UNION SELECT practice_id FROM practices_practice_growth_sectors WHERE sector_id IN (SELECT {id} FROM changed)
    """,
}
OF_PRACTICES = "SELECT id FROM django_content_type WHERE app_label = 'practices' AND model = 'practice'"
TAGGED = f"SELECT object_id FROM {{rows}} WHERE content_type_id IN ({OF_PRACTICES})"  # nosec B608


def of(things, column):
    """The queries with the column of the changed rows that names the thing."""
    return {kind: query.format(id=column) for kind, query in things.items()}


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_postings"),
        ("cities", "0003_names_by_line"),
        ("practices", "0003_whole_positions"),
        ("events", "0003_loaded_record"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]
    operations = [
        mark_stale("cities_city", **of(CITIES, "id")),
        mark_stale("cities_city_translation", **of(CITIES, "master_id")),
        mark_stale("cities_partner", city="SELECT city_id FROM changed"),
        mark_stale("practices_theme", **of(THEMES, "id")),
        mark_stale("practices_theme_translation", **of(THEMES, "master_id")),
        mark_stale("practices_sector", **of(SECTORS, "id")),
        mark_stale("practices_sector_translation", **of(SECTORS, "master_id")),
        mark_stale("practices_practice", practice="SELECT id FROM changed"),
        mark_stale("practices_practice_translation", practice="SELECT master_id FROM changed"),
        *(
            mark_stale(f"practices_practice_{relation}", practice="SELECT practice_id FROM changed")
            for relation in ("further_cities", "further_themes", "creative_sectors", "growth_sectors")
        ),
        mark_stale("practices_participant", practice="SELECT practice_id FROM changed"),
        mark_stale("taggit_taggeditem", practice=TAGGED.format(rows="changed")),
        mark_stale(
            "taggit_tag",
            practice=TAGGED.format(rows="taggit_taggeditem") + " AND tag_id IN (SELECT id FROM changed)",  # nosec B608
        ),
        mark_stale("events_event", event="SELECT id FROM changed"),
        mark_stale("events_event_translation", event="SELECT master_id FROM changed"),
        *(
            mark_stale(f"events_{table}", event="SELECT event_id FROM changed")
            for table in ("event_participating_cities", "programmeitem", "practiceseen")
        ),
    ]
