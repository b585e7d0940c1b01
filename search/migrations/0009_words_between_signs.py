"""Words are what stands between spaces and signs, in the index as in a query.

The parser of PostgreSQL knows addresses, files, numbers with a sign and tags, and makes one word of "wood/metal" or
"end.Start", a number -19 of "COVID-19", and nothing of what stands between < and >. Signs become spaces before it reads;
only the points of "U.S." fall away.
"""

import re

from django.db import migrations

from search.codes import number_in_sql

SIGNS = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'–—‐‑‒―…„“”‟«»‹›‘’‚′″·•‣×÷§°©®™€£¥±≤≥≈≠→←↔¡¿⁄∕"

SPACED = """
CREATE FUNCTION search_spaced(body text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT regexp_replace(
        regexp_replace(body, '\\y([A-Za-z])[.](?=[A-Za-z]\\y)', '\\1', 'g'), '[{signs}]+', ' ', 'g'
    )
$$;

CREATE OR REPLACE FUNCTION search_vector(language text, title text, names text, body text) RETURNS tsvector
IMMUTABLE LANGUAGE sql AS $$
    SELECT setweight(to_tsvector(search_configuration(language), search_spaced(title)), 'A')
        || setweight(to_tsvector(search_configuration(language), search_spaced(names)), 'B')
        || setweight(to_tsvector(search_configuration(language), search_spaced(body)), 'C')
$$;

CREATE OR REPLACE FUNCTION search_spellings(title text, names text, body text) RETURNS SETOF text STABLE LANGUAGE sql AS $$
    SELECT unnest(tsvector_to_array(
        to_tsvector('pg_catalog.simple', search_spaced(concat_ws(' ', title, names, body)))
    ))
$$;

ALTER TABLE search_document DROP COLUMN vector;
ALTER TABLE search_document ADD COLUMN vector tsvector
GENERATED ALWAYS AS (search_vector(language, title, names, text)) STORED;
CREATE INDEX search_document_words ON search_document USING gin (vector);

SELECT search_create_tables('_next');
SELECT search_fill_next();
SELECT search_switch();
""".format(signs=re.sub(r"([\[\]\\^-])", r"\\\1", SIGNS).replace("'", "''"))  # noqa: UP032 - the signs are data


CODES = f"""
CREATE OR REPLACE FUNCTION search_code(frequency integer, length integer) RETURNS integer IMMUTABLE LANGUAGE sql AS
$$ SELECT {number_in_sql()} $$
"""  # nosec B608 # noqa: S608 - numbers of our own


class Migration(migrations.Migration):
    dependencies = [("search", "0008_packed_postings")]
    operations = [migrations.RunSQL(CODES, migrations.RunSQL.noop), migrations.RunSQL(SPACED, migrations.RunSQL.noop)]
