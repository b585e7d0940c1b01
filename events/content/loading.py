"""Brings the database up to date with content files that have been found good."""

from collections import defaultdict
from functools import partial
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
        claimed, done, written = set(keys), 0, []
        while chunk := dict(islice(records, kind.chunk)):
            contents = {key: self.content(kind, key, raw) for key, raw in chunk.items()}
            written += self.load_chunk(kind, contents, claimed, result)
            done += len(chunk)
            self.progress(f"loading {path.name}", done, len(keys))
            reset_queries()
        if written:
            kind.index(
                kind.layout.model.objects.filter(pk__in=written), partial(self.progress, f"indexing {path.name}")
            )

    def content(self, kind, key, raw):
        """The content of a record, with the slug that it was given."""
        content = kind.record.model_validate(raw).content()
        if "slug" in content:
            content["slug"] = key
        return content

    def load_chunk(self, kind, contents, claimed, result):
        """Compares some contents with the database and writes what differs; the keys of the rows that were written."""
        found = kind.layout.find(contents, self.slugs, claimed)
        loaded = LoadedRecord.objects.filter(kind=kind.name, key__in=list(contents))
        loaded = dict(loaded.values_list("key", "digest"))
        added, changed, digests = {}, {}, {}
        for key, content in contents.items():
            pk, old = found.get(key, (None, None))
            kind.complete(content, old, self.titles)
            missing = kind.layout.resolve(content, self.slugs)
            digests[key] = digest(content)
            if old is not None and digests[key] == digest(old):
                result.unchanged += 1
            elif reason := self.reason_to_keep(old, loaded.get(key)):
                del digests[key]
                named = f": {', '.join(differences(old, content))}" if old else ""
                result.kept.append(f"{key} ({reason}{named})")
            elif missing:
                what = f"{missing[0]} was deleted since it was loaded; --overwrite brings it back"
                raise CannotLoad(f"{kind.file}, {key}: {what}")
            elif old is None:
                result.added.append(key)
                added[key] = content
            else:
                result.changed.append(f"{key} ({', '.join(differences(old, content))})")
                changed[pk] = (key, old, content)
        self.remember(kind, {key: value for key, value in digests.items() if loaded.get(key) != value})
        return self.write(kind, added, changed)

    def reason_to_keep(self, old, loaded):
        """Why a row that differs from its record stays as it is; nothing if the record may be loaded."""
        if self.overwrite:
            return ""
        if old is None:
            return "deleted since it was loaded" if loaded else ""
        if loaded is None:
            return "entered by hand"
        return "" if digest(old) == loaded else "edited since it was loaded"

    def write(self, kind, added, changed):
        """Writes new and changed rows; their keys in the database."""
        layout, rows, keys = kind.layout, list(changed), [key for key, _old, _new in changed.values()]
        if changed:
            layout.update({pk: (old, new) for pk, (_key, old, new) in changed.items()}, self.slugs)
            self.changed[layout.model] += changed
        if added:
            rows += layout.create(list(added.values()), self.slugs)
            keys += added
        if layout.identity == ("slug",):
            self.slugs.note(layout.model, keys, rows)
        return rows

    def remember(self, kind, digests):
        """Remembers what was loaded."""
        LoadedRecord.objects.bulk_create(
            [LoadedRecord(kind=kind.name, key=key, digest=value) for key, value in digests.items()],
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["digest"],
        )
