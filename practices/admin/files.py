"""Files that belong to practices, for those who edit: choosing them, dragging them in, and looking at them."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import path
from django.utils.translation import gettext as _

from practices.attachments import checked
from practices.files import attachment_response, picture_response
from practices.images import drawn, smaller, widths_of
from practices.models import Attachment, Image


class FileDrop(forms.FileInput):
    """Chooses a file, or takes one that is dragged onto it; without a script it is the plain field of the browser."""

    def __init__(self, accept, most_bytes):
        super().__init__(attrs={"accept": accept, "class": "file-drop"})
        self.most_bytes = most_bytes

    class Media:
        js = ["js/admin-files.js"]

    def build_attrs(self, base_attrs, extra_attrs=None):
        too_large = _("This file is too large: at most %s are possible.") % filesizeformat(self.most_bytes)
        said = {"data-most-bytes": self.most_bytes, "data-too-large": too_large}
        said["data-drop-here"] = _("Drag files here, or add them one by one.")
        return super().build_attrs(base_attrs, {**said, **(extra_attrs or {})})


class PictureField(forms.FileField):
    """A picture, drawn anew as soon as it is there: what is no picture is refused beside the field."""

    def to_python(self, data):
        file = super().to_python(data)
        return file and drawn(file)


class AttachmentField(forms.FileField):
    """A PDF, looked into as soon as it is there."""

    def to_python(self, data):
        file = super().to_python(data)
        return file and checked(file)


class FilesAdmin:
    """Shows the files of a practice to whoever may see the practice at the desk, published or not."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("images/<int:pk>/", view(self.image_file), name="practices_image_file"),
            path("attachments/<int:pk>/", view(self.attachment_file), name="practices_attachment_file"),
            *super().get_urls(),
        ]

    def image_file(self, request, pk):
        """A small version of the picture."""
        image = self.seen(request, Image, pk)
        width = widths_of(image.width or 0)[0]
        return picture_response(image, smaller(image.shown.src.rpartition("/")[2], width))

    def attachment_file(self, request, pk):
        """The attached PDF."""
        return attachment_response(self.seen(request, Attachment, pk))

    def seen(self, request, model, pk):
        """The row, if it belongs to a practice that this person may see."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(model, pk=pk, practice__in=self.get_queryset(request).order_by().values("pk"))
