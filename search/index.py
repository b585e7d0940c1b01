"""Writing to the index. The apps say what their things are called and what they say; this keeps it."""

from search.models import Document

KINDS = ("practice", "city", "theme", "event")


def replace(kind, keys, documents):
    """Puts these documents in the place of all that the index held of the things `keys` of this kind."""
    Document.objects.filter(kind=kind, key__in=keys).delete()
    Document.objects.bulk_create(documents, batch_size=500)


def texts_of(thing, *fields):
    """Joins what a translation, or a row, says in these fields."""
    return "\n".join(filter(None, (getattr(thing, field) for field in fields)))
