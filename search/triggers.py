"""Keeps the content version true: the database itself counts every change of what readers see."""

from django.db import migrations


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
