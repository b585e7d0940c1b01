"""What an uploaded picture must be, and what is made of it: nothing of the file that came is kept but what one sees.

A picture is drawn anew as a JPEG of at most 2,400 pixels, upright and in the colours of the web, and from this in three
widths as AVIF, which readers get; browsers that do not know AVIF get the JPEG.
"""

import hashlib
import io
import threading
from pathlib import PurePosixPath
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MOST_MEGAPIXELS = 50
LONGEST_SIDE = 2400
WIDTHS = (480, 960, 1600)
MODES = {"1": "L", "I;16": "L", "P": "RGBA", "PA": "RGBA"}  # those that cannot be made smaller well, and what can

NO_PICTURE = _(
    "This is no picture that we can read, whatever its name says. Save it as JPEG, PNG or WebP and choose it again."
)
OF_A_PHONE = _("This is a HEIC picture, as some phones take them. Save it as JPEG and choose it again.")
BROKEN = _("The picture is broken or not complete. Open it, save it anew as JPEG or PNG and choose it again.")
TOO_LARGE = _("The picture has %(size)s; at most %(limit)s are possible. Save it in a smaller size and try again.")
TOO_MANY_PIXELS = _(
    "The picture has more than %(limit)d megapixels. Make it smaller, 2400 pixels wide for example, and try again."
)

# One picture at a time in each process: the largest need some hundred megabytes while they are drawn.
_drawing = threading.Lock()


class Drawn(ContentFile):
    """A picture drawn anew: the JPEG, and the AVIF of each smaller width."""

    def __init__(self, picture):
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


def opened(file):
    """The picture, not decoded yet; only formats of pictures are tried, and none that is too large goes on."""
    file.seek(0)
    if file.read(12)[4:] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1"}:
        raise ValidationError(OF_A_PHONE)
    file.seek(0)
    try:
        picture = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_MANY_PIXELS, params={"limit": MOST_MEGAPIXELS}) from error
    except Exception as error:  # as above
        raise ValidationError(NO_PICTURE) from error
    if picture.width * picture.height > MOST_MEGAPIXELS * 1_000_000:
        raise ValidationError(TOO_MANY_PIXELS, params={"limit": MOST_MEGAPIXELS})
    return picture


def flat(picture):
    """The first image of the picture: small enough, upright, white where it is transparent, in sRGB, without notes."""
    profile = picture.info.get("icc_profile")
    if picture.mode == "I;16":
        picture = picture.point(lambda grey: grey * (1 / 257))  # of 65,536 greys to 256
    if picture.mode in MODES:
        picture = picture.convert(MODES[picture.mode])
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = ImageOps.exif_transpose(picture)
    if picture.has_transparency_data:
        picture = on_white(picture.convert("RGBA"))
    picture = in_srgb(picture, profile)
    picture.info = {}
    return picture


def on_white(picture):
    """The picture without transparency; white also shows the dark lines of a logo to readers of the dark pages."""
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def in_srgb(picture, profile):
    """The picture in the colours of the web; a profile that is broken or meant for something else is left out."""
    if profile:
        try:
            own, web = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, own, web, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return picture.convert("RGB")
    return picture.convert("RGB")


def at_width(picture, width):
    """The picture so many pixels wide."""
    height = max(round(picture.height * width / picture.width), 1)
    return picture if width == picture.width else picture.resize((width, height), Image.Resampling.LANCZOS)


def encoded(picture, form, **options):
    """The picture as a file of this format. AVIF at this speed takes half a second for all widths of a photograph."""
    file = io.BytesIO()
    picture.save(file, form, **(options or {"quality": 60, "speed": 8}))
    return file.getvalue()
