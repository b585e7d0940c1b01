"""The pictures of published practices, for readers."""

from pathlib import PurePosixPath

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from practices.files import file_response
from practices.models import Image

YEAR = 365 * 24 * 3600
TYPES = {".jpg": "image/jpeg", ".avif": "image/avif"}


@require_safe
def picture(request, slug, name):
    """A file of a picture of a published practice."""
    image = get_object_or_404(Image.objects.published().with_file(name), practice__slug=slug)
    return picture_response(image, name, f"public, max-age={YEAR}, s-maxage={settings.PROXY_SECONDS}, immutable")


def picture_response(image, name, cache_control="private, no-store"):
    """A file of this picture. Another picture has another name, so browsers need never ask again.

    Proxies ask as often as for pages, so that they stop showing the picture of a practice that is withdrawn.
    """
    path = PurePosixPath(image.file.name).with_name(name)
    return file_response(image.file.storage, str(path), TYPES[path.suffix], {"Cache-Control": cache_control})


@require_safe
def picture_moved(request, slug, pk):
    """Leads from the address that a picture had before it was kept in several sizes."""
    return redirect(get_object_or_404(Image.objects.published(), practice__slug=slug, pk=pk))
