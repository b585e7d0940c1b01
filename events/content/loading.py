"""Brings the database up to date with content files that have been found good."""

from collections import defaultdict
from itertools import islice

from django.db import reset_queries

from cities.rows import Slugs, differences, digest
from events.models import LoadedRecord


class CannotLoad(Exception):
    """Something that the check could not foresee stands against loading a record."""


class Result:
    """What became of the records of one kind."""

    def __init__(self):
        self.added, self.changed, self.kept, self.unchanged = [], [], [], 0


class Loader:
    """Loads one kind after the other, inside the transaction of the caller."""

    def __init__(self, titles, progress, overwrite=False):
        self.titles = titles
        self.progress = progress
        self.overwrite = overwrite
        self.slugs = Slugs()
        self.results = {}
        self.changed = defaultdict(list)

    def load(self, kind, path, keys):
        """Loads the records of a file under these keys."""
        result = self.results[kind.name] = Result()
        records = zip(keys, kind.read(path), strict=True)
        claimed, done = set(keys), 0
        while chunk := dict(islice(records, kind.chunk)):
            contents = {key: self.content(kind, key, raw) for key, raw in chunk.items()}
            self.load_chunk(kind, contents, claimed, result)
            done += len(chunk)
            self.progress(f"loading {path.name}", done, len(keys))
            reset_queries()

    def content(self, kind, key, raw):
        """The content of a record, with the slug that it was given."""
        content = kind.record.model_validate(raw).content()
        if "slug" in content:
            content["slug"] = key
        return content

    def load_chunk(self, kind, contents, claimed, result):
        """Compares some contents with the database and writes what differs."""
        found = kind.layout.find(contents, self.slugs, claimed)
        loaded = LoadedRecord.objects.filter(kind=kind.name, key__in=list(contents))
        loaded = dict(loaded.values_list("key", "digest"))
        added, changed, digests = {}, {}, {}
        for key, content in contents.items():
            pk, old = found.get(key, (None, None))
            kind.complete(content, old, self.titles)
            missing = kind.layout.resolve(content, self.slugs)
            new = digest(content)
            if old is None and (key not in loaded or self.overwrite):
                self.refuse(kind, key, missing)
                added[key] = content
            elif old is None:
                result.kept.append(f"{key} (deleted since it was loaded)")
                continue
            elif new == digest(old):
                result.unchanged += 1
            elif digest(old) == loaded.get(key) or self.overwrite:
                self.refuse(kind, key, missing)
                changed[pk] = (old, content)
                result.changed.append(f"{key} ({', '.join(differences(old, content))})")
            else:
                result.kept.append(f"{key} ({'edited' if key in loaded else 'entered by hand'}: {', '.join(differences(old, content))})")
                continue
            if loaded.get(key) != new:
                digests[key] = new
        self.write(kind, added, changed, digests)
        result.added += added

    def refuse(self, kind, key, missing):
        """Stops when a record names what editors have deleted since it was loaded and it cannot do without."""
        if missing:
            raise CannotLoad(f"{kind.file}, {key}: {missing[0]} was deleted since it was loaded; --overwrite brings it back")

    def write(self, kind, added, changed, digests):
        """Writes new and changed rows, brings the index up to date and remembers what was loaded."""
        layout = kind.layout
        pks = list(changed)
        if changed:
            layout.update(changed, self.slugs)
            self.changed[layout.model] += changed
        if added:
            new = layout.create(list(added.values()), self.slugs)
            if layout.identity == ("slug",):
                self.slugs.note(layout.model, added, new)
            pks += new
        if pks:
            kind.index(layout.model.objects.filter(pk__in=pks))
        LoadedRecord.objects.bulk_create(
            [LoadedRecord(kind=kind.name, key=key, digest=value) for key, value in digests.items()],
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["digest"],
        )
