"""Any list of practices as a file: a table for spreadsheet programs, or records that can be loaded again.

Files are written while they are sent, some hundred practices at a time: a list of any length needs little memory.
"""

import json

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.exports import Table, contents, record_of
from practices.filters import PracticeFilter
from practices.sheets import csv_pieces, xlsx_pieces

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@require_safe
def download(request, form):
    """All practices of a list as a file; the address takes the same filters as the list."""
    if form not in TYPES:
        raise Http404
    found = PracticeFilter(request.GET)
    if found.errors:
        raise BadRequest("A filter was not understood.")
    name = f"crossinno-{_('practices')}-{timezone.localdate():%Y-%m-%d}.{form}"
    headers = {"Content-Disposition": content_disposition_header(True, name), "X-Robots-Tag": "noindex"}
    if request.method == "HEAD":
        return HttpResponse(content_type=TYPES[form], headers=headers)
    keys = list(found.keys[:])
    pieces = json_pieces(keys) if form == "json" else table_pieces(request, found.catalogue, keys, form)
    return StreamingHttpResponse(pieces, content_type=TYPES[form], headers=headers)


def json_pieces(keys):
    """The practices as records of the content format, one to a line."""
    begin = "[\n"
    for some in contents(keys):
        if some:
            yield (begin + ",\n".join(json.dumps(record_of(content), ensure_ascii=False) for content in some)).encode()
            begin = ",\n"
    yield b"[]\n" if begin == "[\n" else b"\n]\n"


def table_pieces(request, catalogue, keys, form):
    """The practices as rows under headings, in the language of the page."""
    language = get_language()

    def address_of(slug):
        return request.build_absolute_uri(reverse("practices:detail", args=[slug]))

    table = Table(language, catalogue, address_of)
    pages = pages_of(table, keys, language)
    return xlsx_pieces(pages, _("Practices")) if form == "xlsx" else csv_pieces(pages)


def pages_of(table, keys, language):
    """The headings, then some rows at a time, told in the language whatever else this thread does in between."""
    with override(language):
        headings = table.headings()
    yield [headings]
    for some in contents(keys):
        with override(language):
            rows = list(table.rows(some))
        yield rows
