"""Reading a picture, making it small and plain, and writing it. Loaded when the first picture comes."""

import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MOST_MEGAPIXELS = 50
LONGEST_SIDE = 2400
MODES = {"1": "L", "I;16": "L", "P": "RGBA", "PA": "RGBA"}  # those that cannot be made smaller well, and what can

NO_PICTURE = _(
    "This is no picture that we can read, whatever its name says. Save it as JPEG, PNG or WebP and choose it again."
)
OF_A_PHONE = _("This is a HEIC picture, as some phones take them. Save it as JPEG and choose it again.")
TOO_MANY_PIXELS = _(
    "The picture has more than %(limit)d megapixels. Make it smaller, 2400 pixels wide for example, and try again."
)


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
    except Exception as error:  # decoders raise whatever they stumble over
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
