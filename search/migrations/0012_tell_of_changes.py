"""Whoever stores a change of content is told so once it is stored, and can tell the other processes on his machine."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION search_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_contentversion (id, number)
    VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
    ON CONFLICT (id) DO UPDATE SET number = GREATEST(search_contentversion.number + 1, EXCLUDED.number);
    {tell}
    RETURN NULL;
END $$
"""
TELL = "PERFORM pg_notify('content_changed', '');"


class Migration(migrations.Migration):
    dependencies = [("search", "0011_many_at_once")]
    operations = [migrations.RunSQL(FUNCTION.format(tell=TELL), FUNCTION.format(tell=""))]
