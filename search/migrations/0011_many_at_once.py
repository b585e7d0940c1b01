"""Whoever writes very many documents in one transaction can have their words counted in the end, all at once."""

from django.db import migrations

TRIGGERS = """
DROP TRIGGER search_learn ON search_document;
DROP TRIGGER search_forget ON search_document;
CREATE TRIGGER search_learn AFTER INSERT ON search_document REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT {when}
EXECUTE FUNCTION search_learn();
CREATE TRIGGER search_forget AFTER DELETE ON search_document REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT {when}
EXECUTE FUNCTION search_forget();
"""
UNLESS_LATER = "WHEN (current_setting('search.counts_later', true) IS DISTINCT FROM 'yes')"


class Migration(migrations.Migration):
    dependencies = [("search", "0010_more_synonyms")]
    operations = [migrations.RunSQL(TRIGGERS.format(when=UNLESS_LATER), TRIGGERS.format(when=""))]
