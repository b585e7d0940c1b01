"""Finds what is wrong with content files before anything is written."""

from django.db.models import Value
from pydantic import ValidationError

from cities.parts import References, Rows
from events.content.files import BrokenFile
from events.content.kinds import KIND_OF
from events.content.problems import near, sentence_of
from events.content.slugs import slug_from
from events.models import LoadedRecord
from practices.models import FormerSlug, Practice, Sector

FOUND = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}


def settled(keys, derived):
    """The keys of all records; slugs made from titles give way, by a number, to given and to earlier ones."""
    taken, numbers = set(keys), {}
    for index, slug in derived.items():
        key = slug
        while key in taken:
            numbers[slug] = numbers.get(slug, 1) + 1
            key = f"{slug}-{numbers[slug]}"
        taken.add(key)
        keys[index] = key
    return keys


class Checker:
    """Checks the files one after the other; later ones may name what stands in earlier ones."""

    def __init__(self, problems, titles, progress):
        self.problems = problems
        self.titles = titles
        self.progress = progress
        self.known = {}
        self.broken = set()
        self.features = []

    def check(self, kind, path):
        """Notes every problem of the file, and returns the key of each of its records."""
        keys, derived, seen, titles = [], {}, {}, {}
        try:
            for number, raw in enumerate(kind.read(path), start=1):
                self.progress(f"checking {path.name}", number)
                record = self.checked(kind, path.name, number, raw)
                key = record and kind.key(record)
                keys.append(key)
                if record and not key:
                    derived[number - 1] = self.derived(path.name, number, record)
                elif key and seen.setdefault(key, number) != number:
                    self.problems.add(path.name, f"is in the file already, as record {seen[key]}", number, key, "slug")
                self.learn(kind, raw)
                if record and kind.name == "practices":
                    titles[number - 1] = record.title
                elif record and kind.name == "features":
                    self.check_place(path.name, number, record)
        except BrokenFile as error:
            self.broken.add(kind.layout.model)
            self.problems.add(path.name, str(error))
        except OSError as error:
            self.problems.add(path.name, f"cannot be read: {error.strerror}")
        keys = settled(keys, derived)
        for index, title in titles.items():
            self.titles.note(keys[index], title)
        if derived:
            self.check_free(path.name, [(index + 1, keys[index]) for index in derived])
            self.names(Practice).update(dict.fromkeys([keys[index] for index in derived], ""))
        return keys

    def checked(self, kind, file, number, raw):
        """The record, or nothing if something is wrong with it."""
        if not isinstance(raw, dict):
            self.problems.add(file, f"expected an object, found {FOUND.get(type(raw), 'a number')}", number)
            return None
        name = str(raw.get("slug") or raw.get("title") or raw.get("name") or raw.get("practice") or "")[:80]
        try:
            record = kind.record.model_validate(raw)
        except ValidationError as errors:
            for error in errors.errors(include_url=False):
                field, what = sentence_of(error, kind.record)
                self.problems.add(file, what, number, name, field)
            return None
        before = self.problems.count
        for field, model, limit, slug in references(kind, record):
            if what := self.unknown(model, limit, slug):
                self.problems.add(file, what, number, name, field)
        return record if self.problems.count == before else None

    def derived(self, file, number, record):
        """A slug for a record that gives none."""
        slug = slug_from(record.title)
        if not slug:
            what = "is needed: the title has no Latin letters to make it from"
            self.problems.add(file, what, number, record.title, "slug")
        return slug

    def check_place(self, file, number, feature):
        """Two features must not take the same place of the home page on the same day."""
        for earlier, other in self.features:
            together = (not other.ends or feature.starts <= other.ends) and (
                not feature.ends or other.starts <= feature.ends
            )
            if feature.place == other.place and together:
                name = f"{feature.practice} {feature.starts}"
                self.problems.add(file, f"is taken on some of these days by record {earlier}", number, name, "place")
        self.features.append((number, feature))

    def check_free(self, file, slugs):
        """A slug made from a title must not be that of a practice that somebody entered by hand."""
        names = [slug for _number, slug in slugs]
        taken = set()
        for start in range(0, len(names), 1000):
            some = names[start : start + 1000]
            held = {*Practice.objects.filter(slug__in=some).order_by().values_list("slug", flat=True)}
            held |= {*FormerSlug.objects.filter(slug__in=some).order_by().values_list("slug", flat=True)}
            loaded = LoadedRecord.objects.filter(kind="practices", key__in=held)
            taken |= held - {*loaded.values_list("key", flat=True)}
        for number, slug in slugs:
            if slug in taken:
                what = "the one made from the title belongs to a practice entered by hand; give the record its own"
                self.problems.add(file, what, number, slug, "slug")

    def names(self, model):
        """What may be named: what the database holds, and what was loaded, even if deleted since; sectors with kind."""
        if model not in self.known:
            loaded = LoadedRecord.objects.filter(kind=KIND_OF[model].name)
            known = dict.fromkeys(loaded.values_list("key", flat=True), "")
            if model is Practice:
                known |= dict.fromkeys(FormerSlug.objects.values_list("slug", flat=True), "")
            rows = model.objects.order_by()
            known |= rows.values_list("slug", "kind" if model is Sector else Value(""))
            self.known[model] = known
        return self.known[model]

    def learn(self, kind, raw):
        """From now on this record may be named, even if something is wrong with it."""
        slug = raw.get("slug") if isinstance(raw, dict) else None
        if isinstance(slug, str) and kind.layout.model in KIND_OF:
            self.names(kind.layout.model)[slug] = raw.get("kind", "") if kind.name == "sectors" else ""

    def unknown(self, model, limit, slug):
        """What is wrong with naming this slug, if anything is."""
        names = self.names(model)
        if model in self.broken:
            return ""
        if slug in names:
            kind = names[slug]
            return f"{slug!r} is a {kind} sector, not a {limit} one" if limit and kind and kind != limit else ""
        choices = [name for name, kind in names.items() if not limit or kind in (limit, "")]
        return f"{slug!r} is not one of the {KIND_OF[model].name}{near(slug, choices)}"


def references(kind, record):
    """What a record names: the field, the model, the kind of sector if only one will do, and the slug."""
    aliases = {name: field.alias or name for name, field in kind.record.model_fields.items()}
    for field in kind.layout.fields:
        if field.is_relation and (slug := getattr(record, field.name)):
            yield aliases[field.name], field.related_model, "", slug
    for part in kind.layout.parts:
        if isinstance(part, References):
            for number, slug in enumerate(getattr(record, part.name), start=1):
                yield f"{aliases[part.name]} {number}", part.target, part.limit, slug
        elif isinstance(part, Rows):
            for field in [field for field in part.fields if field.is_relation]:
                for number, row in enumerate(getattr(record, part.name), start=1):
                    if slug := getattr(row, field.name):
                        yield f"{aliases[part.name]} {number} {field.name}", field.related_model, "", slug
