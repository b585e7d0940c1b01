"""What an uploaded picture must be."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _


def validate_image(file):
    """Raises ValidationError if the file is larger than readers and the server can bear."""
    if file.size > settings.IMAGE_MAX_BYTES:
        raise ValidationError(
            _("The picture has %(size)s; at most %(limit)s are possible. Save it in a smaller size and try again."),
            params={"size": filesizeformat(file.size), "limit": filesizeformat(settings.IMAGE_MAX_BYTES)},
        )
