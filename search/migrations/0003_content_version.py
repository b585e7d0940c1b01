from django.db import migrations

# The number never falls, even after the row was lost: it is at least the time in microseconds.
FUNCTION = """
CREATE FUNCTION search_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_contentversion (id, number)
    VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
    ON CONFLICT (id) DO UPDATE SET number = GREATEST(search_contentversion.number + 1, EXCLUDED.number);
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_initial")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION search_content_changed")]
