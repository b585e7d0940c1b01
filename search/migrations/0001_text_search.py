from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

CONFIGURATIONS = """
DO $$
DECLARE
    pair text[];
    parent regconfig;
BEGIN
    FOREACH pair SLICE 1 IN ARRAY ARRAY[
        ['en', 'english'], ['de', 'german'], ['cs', 'czech'], ['et', 'estonian'], ['it', 'italian'], ['lt', 'lithuanian'],
        ['nl', 'dutch'], ['pl', 'polish'], ['pt', 'portuguese'], ['sv', 'swedish']
    ] LOOP
        SELECT COALESCE(
            (SELECT oid FROM pg_ts_config WHERE cfgname = pair[2] AND cfgnamespace = 'pg_catalog'::regnamespace),
            'pg_catalog.simple'::regconfig::oid
        )::regconfig INTO parent;
        EXECUTE format('CREATE TEXT SEARCH CONFIGURATION %I (COPY = %s)', 'search_' || pair[1], parent);
        EXECUTE format(
            'ALTER TEXT SEARCH CONFIGURATION %I ALTER MAPPING FOR hword, hword_part, word WITH unaccent, %s',
            'search_' || pair[1],
            CASE WHEN parent = 'pg_catalog.simple'::regconfig THEN 'simple' ELSE pair[2] || '_stem' END
        );
    END LOOP;
END $$
"""

# Fixed functions over fixed configurations, so that the column can be generated from them.
FUNCTIONS = """
CREATE FUNCTION search_configuration(language text) RETURNS regconfig IMMUTABLE LANGUAGE sql AS
$$ SELECT ('search_' || language)::regconfig $$;

CREATE FUNCTION search_vector(language text, title text, names text, body text) RETURNS tsvector IMMUTABLE LANGUAGE sql AS $$
    SELECT setweight(to_tsvector(search_configuration(language), title), 'A')
        || setweight(to_tsvector(search_configuration(language), names), 'B')
        || setweight(to_tsvector(search_configuration(language), body), 'C')
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(
            CONFIGURATIONS,
            "".join(
                f"DROP TEXT SEARCH CONFIGURATION IF EXISTS search_{code};"
                for code in ("en", "de", "cs", "et", "it", "lt", "nl", "pl", "pt", "sv")
            ),
        ),
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION search_vector; DROP FUNCTION search_configuration"),
    ]
