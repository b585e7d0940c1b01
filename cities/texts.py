"""Objects with all their texts, for pages that cannot wait for the ORM to ask twice and to build what nobody reads."""

from django.db import DEFAULT_DB_ALIAS


class Texts:
    """What to select of the table of a translated model, and how to make objects of it."""

    def __init__(self, model):
        text = model.translations.rel.related_model
        self.model, self.text = model, text
        self.columns, self.words = ([field.attname for field in one._meta.concrete_fields] for one in (model, text))
        table, texts = model._meta.db_table, text._meta.db_table
        gathered = f"SELECT json_agg(text ORDER BY id) FROM {texts} AS text"  # nosec B608 # noqa: S608 - names of our own
        all_texts = f"({gathered} WHERE master_id = {table}.id)"
        self.selected = ", ".join([*(f"{table}.{column}" for column in self.columns), all_texts])

    def taken_from(self, row):
        """The object with its texts that stands at the beginning of a row, and the rest of the row."""
        end = len(self.columns)
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.columns, row[:end])
        texts = ([text[word] for word in self.words] for text in row[end] or ())
        texts = [self.text.from_db(DEFAULT_DB_ALIAS, self.words, values) for values in texts]
        found._prefetched_objects_cache = {"translations": texts}
        return found, row[end + 1 :]
