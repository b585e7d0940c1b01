"""Practices as rows of a sheet, some hundred at a time, each in every language in which it is written."""

from django.db.models import Q

from editing.rights import rights_of
from editing.sheets.cells import fitting, guarded
from editing.sheets.columns import COLUMNS, HEADINGS
from editing.sheets.standing import CHUNK
from practices.layouts import PRACTICES
from practices.models import Practice
from practices.sheets import csv_pieces, xlsx_pieces

TITLE = "Practices"


def visible_keys(person, chosen=None):
    """The keys of the practices that the person may export, by city; a working copy takes the place of its practice."""
    practices = rights_of(person).visible()
    if chosen is not None:
        practices = practices.filter(Q(pk__in=chosen.values("pk")) | Q(copy_of__in=chosen.values("pk")))
    return keys_of(practices)


def keys_of(practices):
    """The keys of these practices in the order of the sheet, without those whose working copies are among them."""
    rows = list(practices.order_by("city__slug", "slug").values_list("pk", "copy_of"))
    copied = {of for _key, of in rows if of}
    return [key for key, _of in rows if key not in copied]


def pages(keys, among, cell=guarded):
    """The headings, then the rows of some practices at a time, as far as they are still among those to be shown."""
    yield [HEADINGS]
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        yield [[cell(told) for told in row] for row in rows(some, among.filter(pk__in=some))]


def rows(keys, practices):
    """The rows of some practices, one for each language, the original one first; the facts stand in all of them."""
    contents = PRACTICES.read(practices, locked=False)
    copies = dict(Practice.objects.filter(pk__in=contents, copy_of__isnull=False).values_list("pk", "copy_of__slug"))
    for key in keys:
        if content := contents.get(key):
            content |= {"slug": copies.get(key, content["slug"]), "of_copy": key in copies}
            original = content["original_language"]
            for language in sorted(content["texts"], key=lambda code: (code != original, code)):
                yield [content["slug"], language, *(column.told(content, language) for column in COLUMNS)]


def pieces(form, keys, among):
    """The sheet as a file of this form, piece by piece."""
    if form == "csv":
        return csv_pieces(pages(keys, among))
    return xlsx_pieces(pages(keys, among, lambda cell: fitting(guarded(cell))), TITLE)
