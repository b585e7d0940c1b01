"""What of a practice is written and judged: everything that a version holds, as a dictionary."""

from collections import defaultdict

from cities.parts import Rows, Texts
from cities.rows import Layout, Slugs, bare, digest
from practices.indexing import index_practices
from practices.layouts import PRACTICES
from practices.models import Image, Practice
from practices.tags import current

#: What an act, an address or the calendar decides, and no writer.
DECIDED_ELSEWHERE = {"slug", "state", "published_at", "verified_at"}


class Pictures:
    """The pictures of a practice, in their order, with their texts in every language."""

    name = "images"
    empty = list

    def __init__(self):
        left_out = {"id", "practice", "position"}
        self.columns = [field.name for field in Image._meta.concrete_fields if field.name not in left_out]
        self.texts = Texts(Image)

    def read(self, keys):
        rows = Image.objects.filter(practice__in=keys).order_by("position", "pk")
        rows = list(rows.values_list("practice_id", "pk", *self.columns))
        texts = self.texts.read([pk for _practice, pk, *_values in rows])
        pictures = defaultdict(list)
        for practice, pk, *values in rows:
            pictures[practice].append({**dict(zip(self.columns, values, strict=True)), "texts": texts.get(pk, {})})
        return pictures

    def resolve(self, value, slugs):
        return value

    def clear(self, keys):
        Image.objects.filter(practice__in=keys).delete()

    def write(self, values, slugs):
        rows = [
            (Image(practice_id=key, position=position, **{name: picture.get(name) for name in self.columns}), picture)
            for key, pictures in values.items()
            for position, picture in enumerate(pictures)
        ]
        Image.objects.bulk_create([image for image, _picture in rows])
        self.texts.write({image.pk: picture["texts"] for image, picture in rows}, slugs)


WRITTEN = Layout(
    Practice,
    [field.name for field in PRACTICES.fields if field.name not in DECIDED_ELSEWHERE],
    [*PRACTICES.parts, Pictures(), Rows(Practice, "attachments", ["file", "title", "language", "size", "pages"])],
)


def content_of(practice):
    """What the practice says now; its row is locked until the transaction ends."""
    return WRITTEN.read(Practice.objects.filter(pk=practice.pk))[practice.pk]


def write(practice, content):
    """Makes the practice say this, and the search find it so.

    References to what no longer exists are left out; a city or theme that is gone stays as it is in the row. Tags that
    were merged since are those that they were merged into.
    """
    slugs, old = Slugs(), content_of(practice)
    new = {**old, **{name: value for name, value in content.items() if name in old}}
    new["tags"] = current(new["tags"])
    for name in WRITTEN.resolve(new, slugs):
        new[name] = old[name]
    if digest(old) != digest(new):
        WRITTEN.update({practice.pk: (old, new)}, slugs)
        if practice.is_published:
            index_practices(Practice.objects.filter(pk=practice.pk))


def same(one, other):
    """Whether two contents say the same."""
    return bare(one) == bare(other)
