"""Handing out the files of practices: as what they are, and as nothing else."""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from practices.models import Attachment, Image

YEAR = 365 * 24 * 3600
TYPES = {".jpg": "image/jpeg", ".avif": "image/avif", ".pdf": "application/pdf"}
SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
UNSEEN = "private, no-store"


@require_safe
def picture(request, slug, name):
    """A file of a picture of a published practice."""
    image = get_object_or_404(Image.objects.published().with_file(name), practice__slug=slug)
    return picture_response(image, name, kept_for(YEAR))


@require_safe
def picture_moved(request, slug, pk):
    """Leads from the address that a picture had before it was kept in several sizes."""
    return redirect(get_object_or_404(Image.objects.published(), practice__slug=slug, pk=pk))


@require_safe
def attachment(request, slug, key, name):
    """An attached PDF of a published practice."""
    found = get_object_or_404(Attachment.objects.published().with_key(key), practice__slug=slug)
    return attachment_response(found, kept_for(YEAR))


def kept_for(seconds):
    """How long the file may be kept: it never changes, another one has another address, so browsers need not ask again.

    Proxies ask as often as for pages, so that they stop handing out what belongs to a practice that is withdrawn.
    """
    return f"public, max-age={seconds}, s-maxage={settings.PROXY_SECONDS}, immutable"


def picture_response(image, name, cache_control=UNSEEN):
    """A file of this picture, to be shown."""
    return file_response(image.file, name, cache_control)


def attachment_response(attachment, cache_control=UNSEEN):
    """The file of this attachment, to be saved: it is never shown inside a page of ours."""
    name = PurePosixPath(attachment.file.name).name
    return file_response(attachment.file, name, cache_control, as_attachment=True, filename=attachment.download_name)


def file_response(file, name, cache_control, **options):
    """The file `name` that lies beside this one or is it; 404 if it is lost."""
    path = PurePosixPath(file.name).with_name(name)
    try:
        content = file.storage.open(str(path))
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {**SAFE, "Cache-Control": cache_control}
    return FileResponse(content, content_type=TYPES[path.suffix], headers=headers, **options)
