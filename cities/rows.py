"""How the records of content files lie in rows of the database, in both directions and many rows at a time.

The content of a row is a dictionary: columns, references as slugs, and parts: texts by language,
references to many, tags, rows of its own.
"""

import hashlib
import json
from datetime import UTC, datetime

from django.utils import timezone
from taggit.models import Tag

from cities.parts import filled


def digest(content):
    """A fingerprint of the content; what is empty does not count, so that a new empty column changes no fingerprint."""
    return hashlib.sha256(json.dumps(bare(content), sort_keys=True, default=as_text).encode()).hexdigest()


def bare(content):
    """The content without anything that is empty, with plain line ends."""
    if isinstance(content, dict):
        return {key: inner for key, value in content.items() if (inner := bare(value)) not in (None, "", False, [], {})}
    if isinstance(content, list | tuple):
        return [bare(value) for value in content]
    if isinstance(content, str):
        return content.replace("\r\n", "\n")
    return content


def as_text(value):
    """A date or a moment, always written the same way."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()


def differences(old, new):
    """The names of what differs between two contents."""
    old, new = bare(old), bare(new)
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


class Slugs:
    """Which slugs and tags exist, looked up once for each model."""

    def __init__(self):
        self.rows = {}
        self.names = {}
        self.tag_slugs = set()

    def of(self, model):
        """Every slug that leads to a row of the model, former ones too: the slug the row has now, and its key."""
        if model not in self.rows:
            rows = model.objects.order_by()
            self.rows[model] = {slug: (slug, pk) for slug, pk in rows.values_list("slug", "pk")}
            if hasattr(model, "former_slugs"):
                former = rows.filter(former_slugs__isnull=False).values_list("former_slugs__slug", "slug", "pk")
                self.rows[model] = {old: (slug, pk) for old, slug, pk in former} | self.rows[model]
        return self.rows[model]

    def current(self, model, slug):
        """The slug that the row has now, if there is one."""
        return self.of(model).get(slug, (None, None))[0]

    def key(self, model, slug):
        """The key of the row, if there is one."""
        return self.of(model).get(slug, (None, None))[1]

    def note(self, model, slugs, keys):
        """Rows with these slugs and keys have come."""
        self.of(model).update({slug: (slug, key) for slug, key in zip(slugs, keys, strict=True)})

    def stored(self, field, value):
        """What the column of this field holds for a value of a content."""
        return self.key(field.related_model, value) if field.is_relation else filled(field, value)

    def tags(self):
        """How each tag is written, by its name in small letters."""
        if not self.names:
            self.names = {name.lower(): name for name in Tag.objects.values_list("name", flat=True)}
        return self.names

    def tag_keys(self, names):
        """The keys of the tags with these names, which are added if they do not exist."""
        keys = dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))
        tags = [self.new_tag(name) for name in sorted(names - keys.keys())]
        return keys | {tag.name: tag.pk for tag in Tag.objects.bulk_create(tags)}

    def new_tag(self, name):
        """A tag that does not exist yet, with a slug of its own."""
        if not self.tag_slugs:
            self.tag_slugs = set(Tag.objects.values_list("slug", flat=True))
        tag = Tag(name=name)
        tag.slug, number = tag.slugify(name), 0
        while tag.slug in self.tag_slugs:
            number += 1
            tag.slug = tag.slugify(name, number)
        self.tag_slugs.add(tag.slug)
        return tag


class Layout:
    """How the records of one kind lie in the rows of a model."""

    def __init__(self, model, columns, parts, identity=("slug",)):
        self.model = model
        self.fields = [model._meta.get_field(column) for column in columns]
        self.parts = parts
        self.identity = identity

    def key(self, content):
        """The word under which the database remembers that the record was loaded."""
        return " ".join(str(content[column]) for column in self.identity)

    def find(self, contents, slugs, claimed):
        """The rows that these contents, by their keys, are about: the key of each row, and its content now.

        A former slug leads to its row unless another record claims the slug that the row has now.
        """
        column, *_rest = self.identity
        names = {content[column] for content in contents.values()}
        if column != "slug":
            rows = self.model.objects.filter(**{f"{column}__slug__in": names})
            return {self.key(content): (pk, content) for pk, content in self.read(rows).items()}
        keys = {}
        for name in names & slugs.of(self.model).keys():
            current, pk = slugs.of(self.model)[name]
            if current == name or current not in claimed:
                keys[pk] = name
        rows = self.read(self.model.objects.filter(pk__in=keys))
        return {keys[pk]: (pk, content) for pk, content in rows.items()}

    def read(self, rows, locked=True):
        """The contents of these rows, which are locked until the transaction ends unless they are only looked at."""
        names = [f"{field.name}__slug" if field.is_relation else field.name for field in self.fields]
        rows = rows.order_by().select_for_update(of=("self",)) if locked else rows.order_by()
        rows = rows.values_list("pk", *names)
        contents = {
            pk: {field.name: plain(value) for field, value in zip(self.fields, values, strict=True)}
            for pk, *values in rows
        }
        if contents:
            for part in self.parts:
                values = part.read(list(contents))
                for pk, content in contents.items():
                    content[part.name] = values.get(pk, part.empty())
        return contents

    def resolve(self, content, slugs):
        """Leaves out what editors have deleted since; returns the references that the content cannot do without."""
        missing = []
        for field in self.fields:
            if field.is_relation and content[field.name]:
                content[field.name] = slugs.current(field.related_model, content[field.name])
                if content[field.name] is None and not field.null:
                    missing.append(field.name)
        for part in self.parts:
            content[part.name] = part.resolve(content[part.name], slugs)
        return missing

    def create(self, contents, slugs):
        """Adds a row for each content."""
        objects = self.model.objects.bulk_create(
            self.model(**{field.attname: slugs.stored(field, content[field.name]) for field in self.fields})
            for content in contents
        )
        for part in self.parts:
            part.write({row.pk: content[part.name] for row, content in zip(objects, contents, strict=True)}, slugs)
        return [row.pk for row in objects]

    def update(self, changes, slugs):
        """Makes each row what the content says; `changes` maps the key of the row to its content before and after."""
        rows = []
        for pk, (_old, new) in changes.items():
            row = self.model(pk=pk, **{field.attname: slugs.stored(field, new[field.name]) for field in self.fields})
            rows.append(row)
        names = [field.name for field in self.fields]
        columns = [name for name in names if any(old[name] != new[name] for old, new in changes.values())]
        if "updated_at" in {field.name for field in self.model._meta.fields}:
            columns.append("updated_at")
            for row in rows:
                row.updated_at = timezone.now()
        if columns:
            self.model.objects.bulk_update(rows, columns)
        for part in self.parts:
            differing = {
                pk: new[part.name] for pk, (old, new) in changes.items() if bare(old[part.name]) != bare(new[part.name])
            }
            if differing:
                part.clear(list(differing))
                part.write(differing, slugs)


def plain(value):
    """A value of a column without the classes that Django wraps around it."""
    return list(value) if isinstance(value, tuple) else value
