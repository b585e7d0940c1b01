"""What the database itself does whenever content changes: it counts the change, and marks what is stale."""

from django.db import migrations

EVENTS = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}
# The rows that a statement changed; an update that leaves a row as it was changes nothing.
ROWS = {
    "INSERT": "SELECT * FROM new_rows",
    "UPDATE": "(TABLE old_rows EXCEPT TABLE new_rows) UNION (TABLE new_rows EXCEPT TABLE old_rows)",
    "DELETE": "SELECT * FROM old_rows",
}


def count_changes_of(*tables):
    """Operations for a migration: from now on every change of these tables moves the content version."""
    return [
        migrations.RunSQL(
            f"""
            CREATE TRIGGER content_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION search_content_changed()
            """,
            f"DROP TRIGGER content_changed ON {table}",
        )
        for table in tables
    ]


def mark_stale(table, **things):
    """An operation for a migration: from now on a change of this table marks things whose words in the index are stale.

    `things` are queries by kind for the keys of the things that the rows of `changed` belong to.
    """
    function = f"search_stale_by_{table}"
    forward, back = [], [f"DROP FUNCTION {function}_insert, {function}_update, {function}_delete"]
    for event, sides in EVENTS.items():
        tables = " ".join(f"{side} TABLE AS {side.lower()}_rows" for side in sides)
        rows = ROWS[event]
        marks = " UNION ".join(
            f"SELECT '{kind}', key FROM ({query}) AS of_{kind} (key)"  # nosec B608 # noqa: S608 - names in our own migrations
            for kind, query in things.items()
        )
        forward.append(
            f"""
            CREATE FUNCTION {function}_{event.lower()}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO search_stale (kind, key)
                WITH changed AS MATERIALIZED ({rows}) SELECT * FROM ({marks}) AS marks (kind, key)
                WHERE key IS NOT NULL ORDER BY kind, key ON CONFLICT DO NOTHING;
                RETURN NULL;
            END $$;
            CREATE TRIGGER search_stale_{event.lower()} AFTER {event} ON {table} REFERENCING {tables}
            FOR EACH STATEMENT EXECUTE FUNCTION {function}_{event.lower()}();
            """  # nosec B608 # noqa: S608 - names in our own migrations
        )
        back.insert(0, f"DROP TRIGGER search_stale_{event.lower()} ON {table}")
    return migrations.RunSQL("".join(forward), ";".join(back))
