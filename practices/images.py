"""What an uploaded picture must be."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_MEGAPIXELS = 50


def validate_image(file):
    """Raises ValidationError if a new file is larger than readers and the server can bear, or of another format."""
    if getattr(file, "_committed", False):
        return
    if file.size > settings.IMAGE_MAX_BYTES:
        raise ValidationError(
            _("The picture has %(size)s; at most %(limit)s are possible. Save it in a smaller size and try again."),
            params={"size": filesizeformat(file.size), "limit": filesizeformat(settings.IMAGE_MAX_BYTES)},
        )
    file.seek(0)
    picture = Image.open(file)
    (width, height), form = picture.size, picture.format
    file.seek(0)
    if form not in FORMATS:
        raise ValidationError(_("The file is not a JPEG, PNG or WebP picture, whatever its name says."))
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        raise ValidationError(
            _("The picture has %(size)d megapixels; at most %(limit)d are possible. Make it smaller and try again."),
            params={"size": width * height // 1_000_000, "limit": MOST_MEGAPIXELS},
        )
