"""What is entered together with a practice: sources, participants, images and attachments."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from parler.admin import TranslatableStackedInline
from parler.forms import TranslatableBaseInlineFormSet, TranslatableModelForm

from cities.admin.content import OVERRIDES, SourceInline
from cities.admin.rows import InOrder, RowsInline
from practices.admin.files import AttachmentField, FileDrop, PictureField
from practices.attachments import MOST_BYTES
from practices.models import Attachment, Image, Participant, PracticeSource

FILE, PDF = Image._meta.get_field("file"), Attachment._meta.get_field("file")


class PracticeSourceInline(SourceInline):
    model = PracticeSource


class ParticipantInline(RowsInline):
    """The organisations that take part."""

    model = Participant
    fields = ["name", "role", "url", "position"]
    formfield_overrides = OVERRIDES


class TextsInline(TranslatableStackedInline):
    """Rows that have texts in several languages; they are edited in the language of the practice."""

    formfield_overrides = OVERRIDES
    view_on_site = False
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("translations")


class ImageForm(TranslatableModelForm):
    """A picture with its texts."""

    file = PictureField(
        label=capfirst(FILE.verbose_name),
        help_text=FILE.help_text,
        widget=FileDrop("image/jpeg,image/png,image/webp,image/gif,image/avif", settings.IMAGE_MAX_BYTES),
    )


class ImageFormSet(InOrder, TranslatableBaseInlineFormSet):
    """Pictures in their order."""


class ImageInline(TextsInline):
    """The pictures; the first one takes the place of the drawn cover."""

    model = Image
    form = ImageForm
    formset = ImageFormSet
    fields = ["preview", "file", "alternative_text", ("credit", "licence"), "position"]
    readonly_fields = ["preview"]

    @admin.display(description=_("picture"))
    def preview(self, image):
        """The picture as it is now."""
        if not image.pk:
            return "–"
        address = reverse("admin:practices_image_file", args=[image.pk])
        return format_html('<img class="preview" src="{}" alt="{}" width="240" loading="lazy">', address, image)


class AttachmentForm(forms.ModelForm):
    """A PDF and what it is."""

    file = AttachmentField(
        label=capfirst(PDF.verbose_name), help_text=PDF.help_text, widget=FileDrop("application/pdf", MOST_BYTES)
    )


class AttachmentInline(RowsInline):
    """The PDFs that readers can take with them."""

    model = Attachment
    form = AttachmentForm
    fields = ["file", "title", "language", "stored", "position"]
    readonly_fields = ["stored"]
    extra = 0

    @admin.display(description=_("on the server"))
    def stored(self, attachment):
        """The PDF as it is now."""
        if not attachment.pk:
            return "–"
        pages = ngettext("%d page", "%d pages", attachment.pages) % attachment.pages
        address = reverse("admin:practices_attachment_file", args=[attachment.pk])
        return format_html('<a href="{}">{}</a>, {}', address, pages, filesizeformat(attachment.size))
