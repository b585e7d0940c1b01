"""What an uploaded picture must be, and what is made of it: nothing of the file that came is kept but what one sees.

A picture is drawn anew as a JPEG of at most 2,400 pixels, upright and in the colours of the web, and from this in three
widths as AVIF, which readers get; browsers that do not know AVIF get the JPEG.
"""

import hashlib
import threading
from pathlib import PurePosixPath
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

WIDTHS = (480, 960, 1600)

BROKEN = _("The picture is broken or not complete. Open it, save it anew as JPEG or PNG and choose it again.")
TOO_LARGE = _("The picture has %(size)s; at most %(limit)s are possible. Save it in a smaller size and try again.")

# One picture at a time in each process: the largest need some hundred megabytes while they are drawn.
_drawing = threading.Lock()


class Drawn(ContentFile):
    """A picture drawn anew: the JPEG, and the AVIF of each smaller width."""

    def __init__(self, picture):
        from practices.pixels import at_width, encoded

        jpeg = encoded(picture, "JPEG", quality=88, optimize=True, progressive=True)
        super().__init__(jpeg, name=f"{hashlib.sha256(jpeg).hexdigest()[:20]}.jpg")
        self.width, self.height = picture.size
        self.smaller = {width: encoded(at_width(picture, width), "AVIF") for width in widths_of(self.width)}


class Shown(NamedTuple):
    """A picture as a page shows it: where its files are, the name of the JPEG, and how many pixels it is wide."""

    folder: str
    file: str
    width: int

    @property
    def src(self):
        """The address of the JPEG."""
        return self.folder + PurePosixPath(self.file).name

    @property
    def srcset(self):
        """The addresses of the AVIF with their widths, for browsers to choose from; none of a picture never drawn."""
        widths = widths_of(self.width) if self.width else []
        return ", ".join(f"{smaller(self.src, width)} {width}w" for width in widths)


def folder_of(slug):
    """The address of the pictures of a practice."""
    return f"{reverse('practices:detail', args=[slug])}images/"


def widths_of(width):
    """In which widths there is a picture that is itself so wide."""
    return sorted({min(width, smaller_width) for smaller_width in WIDTHS})


def smaller(name, width):
    """What the AVIF of this width is called beside the JPEG of this name."""
    return f"{name.removesuffix('.jpg')}-{width}.avif"


def drawn(file):
    """The picture in this file, drawn anew; raises ValidationError with what is wrong and what to do about it."""
    from practices.pixels import flat, opened

    if file.size > settings.IMAGE_MAX_BYTES:
        limit = filesizeformat(settings.IMAGE_MAX_BYTES)
        raise ValidationError(TOO_LARGE, params={"size": filesizeformat(file.size), "limit": limit})
    with _drawing:
        picture = opened(file)
        try:
            picture = flat(picture)
        except Exception as error:  # decoders raise whatever they stumble over
            raise ValidationError(BROKEN) from error
        return Drawn(picture)
