"""What belongs to a row besides its columns: texts by language, references to many, tags, rows of its own."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from taggit.models import TaggedItem


def filled(field, value):
    """The value as the column takes it: an empty text where nothing is said and the column knows no null."""
    if value is None and not field.null:
        return field.get_default()
    return value


def grouped(pairs):
    """The second halves of the pairs as lists by the first halves."""
    groups = defaultdict(list)
    for first, second in pairs:
        groups[first].append(second)
    return groups


class Texts:
    """The translated texts of a row: by language, by column."""

    name = "texts"
    empty = dict

    def __init__(self, model):
        self.model = model._parler_meta.root_model
        self.fields = [self.model._meta.get_field(name) for name in model._parler_meta.get_translated_fields()]

    def read(self, keys):
        names = [field.name for field in self.fields]
        rows = self.model.objects.filter(master__in=keys).values_list("master_id", "language_code", *names)
        texts = defaultdict(dict)
        for key, language, *values in rows:
            texts[key][language] = dict(zip(names, values, strict=True))
        return texts

    def resolve(self, value, slugs):
        return value

    def clear(self, keys):
        self.model.objects.filter(master__in=keys).delete()

    def write(self, values, slugs):
        self.model.objects.bulk_create(
            self.model(
                master_id=key,
                language_code=language,
                **{field.name: filled(field, texts.get(field.name)) for field in self.fields},
            )
            for key, languages in values.items()
            for language, texts in languages.items()
        )


class References:
    """References of a row to many others: their slugs in alphabetical order."""

    empty = list

    def __init__(self, model, name):
        field = model._meta.get_field(name)
        self.name, self.target, self.through = name, field.related_model, field.remote_field.through
        self.owner, self.other = field.m2m_field_name(), field.m2m_reverse_field_name()
        self.limit = field.get_limit_choices_to().get("kind", "")

    def read(self, keys):
        rows = self.through.objects.filter(**{f"{self.owner}__in": keys})
        slugs = grouped(rows.values_list(f"{self.owner}_id", f"{self.other}__slug"))
        return {key: sorted(value) for key, value in slugs.items()}

    def resolve(self, value, slugs):
        return sorted({current for slug in value if (current := slugs.current(self.target, slug))})

    def clear(self, keys):
        self.through.objects.filter(**{f"{self.owner}__in": keys}).delete()

    def write(self, values, slugs):
        self.through.objects.bulk_create(
            self.through(**{f"{self.owner}_id": key, f"{self.other}_id": slugs.key(self.target, slug)})
            for key, names in values.items()
            for slug in names
        )


class Tags:
    """The tags of a row: their names in alphabetical order, as they were first written."""

    name = "tags"
    empty = list

    def __init__(self, model):
        self.model = model

    def items(self):
        """What ties tags to the rows of this model."""
        return TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(self.model))

    def read(self, keys):
        rows = self.items().filter(object_id__in=keys)
        names = grouped(rows.values_list("object_id", "tag__name"))
        return {key: sorted(value) for key, value in names.items()}

    def resolve(self, value, slugs):
        known = slugs.tags()
        return sorted({known.setdefault(name.lower(), name) for name in value})

    def clear(self, keys):
        self.items().filter(object_id__in=keys).delete()

    def write(self, values, slugs):
        kind = ContentType.objects.get_for_model(self.model)
        keys = slugs.tag_keys({name for names in values.values() for name in names})
        TaggedItem.objects.bulk_create(
            TaggedItem(content_type=kind, object_id=key, tag_id=keys[name])
            for key, names in values.items()
            for name in names
        )


class Rows:
    """Rows of its own, in their order: sources, participants, a programme."""

    empty = list

    def __init__(self, model, name, columns):
        relation = model._meta.get_field(name)
        self.name, self.model, self.owner = name, relation.related_model, relation.field.name
        self.fields = [self.model._meta.get_field(column) for column in columns]

    def read(self, keys):
        names = [f"{field.name}__slug" if field.is_relation else field.name for field in self.fields]
        rows = self.model.objects.filter(**{f"{self.owner}__in": keys}).order_by("position", "pk")
        return grouped(
            (key, {field.name: value for field, value in zip(self.fields, values, strict=True)})
            for key, *values in rows.values_list(f"{self.owner}_id", *names)
        )

    def resolve(self, value, slugs):
        for row in value:
            for field in self.fields:
                if field.is_relation:
                    row[field.name] = slugs.current(field.related_model, row[field.name])
        return [row for row in value if any(row.values())]

    def clear(self, keys):
        self.model.objects.filter(**{f"{self.owner}__in": keys}).delete()

    def write(self, values, slugs):
        self.model.objects.bulk_create(
            self.model(
                position=position,
                **{f"{self.owner}_id": key},
                **{field.attname: slugs.stored(field, row[field.name]) for field in self.fields},
            )
            for key, rows in values.items()
            for position, row in enumerate(rows)
        )
