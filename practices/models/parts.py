"""What belongs to a practice: its sources, participants, images, attachments and former addresses."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from parler.models import TranslatableModel, TranslatedFields

from cities.sources import Source
from practices.attachments import Checked, checked
from practices.images import Drawn, Shown, drawn, folder_of, smaller
from practices.models.practice import Practice
from practices.querysets import AttachmentQuerySet, ImageQuerySet, ParticipantQuerySet


class PracticeSource(Source):
    """A document that a practice rests on."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="sources", verbose_name=_("practice"))


class Participant(models.Model):
    """An organisation that takes part in a practice."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        PARTNER = "partner", _("Partner")
        FUNDER = "funder", _("Funder")
        BENEFICIARY = "beneficiary", _("Beneficiary")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="participants", verbose_name=_("practice"))
    name = models.CharField(_("organisation"), max_length=300)
    role = models.CharField(_("role"), max_length=11, choices=Role)
    url = models.URLField(_("website"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class Image(TranslatableModel):
    """A picture of a practice; the first one takes the place of the drawn cover.

    Its files never change and are never deleted here, because versions of the practice refer to them.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="images", verbose_name=_("practice"))
    file = models.FileField(
        _("file"),
        upload_to="practices/%Y/%m/",
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, at most 10 MB and 50 megapixels."),
    )
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made the picture and holds the rights. Needed before you submit the practice."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=100,
        blank=True,
        help_text=_("Under which terms we may show it: CC BY 4.0, or “with permission”."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    translations = TranslatedFields(
        alternative_text=models.CharField(
            _("alternative text"),
            max_length=300,
            blank=True,
            help_text=_(
                "What the picture shows, for someone who cannot see it: “Ten people around a laser cutter.” "
                "Needed before you submit the practice."
            ),
        ),
    )

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.alt or gettext("not described yet")

    def save(self, *args, **kwargs):
        fresh = self.file and not self.file._committed
        if fresh:
            picture = self.file.file if isinstance(self.file.file, Drawn) else drawn(self.file.file)
            self.file, self.width, self.height = picture, picture.width, picture.height
        super().save(*args, **kwargs)
        if fresh:
            for width, content in picture.smaller.items():
                self.file.storage.save(smaller(self.file.name, width), ContentFile(content))

    def get_absolute_url(self):
        return self.shown.src

    @property
    def alt(self):
        """The alternative text in the language of the page, else in another one; empty if there is none."""
        texts = {text.language_code: text.alternative_text for text in self.translations.all()}
        return next(filter(None, map(texts.get, (get_language(), *dict(settings.LANGUAGES)))), "")

    @property
    def lacks(self):
        """What must still be said of it before the practice can be submitted: names of fields."""
        said = {"alternative_text": self.alt, "credit": self.credit, "licence": self.licence}
        return [name for name, value in said.items() if not value.strip()]

    @property
    def shown(self):
        """The picture as a page shows it."""
        return Shown(self.folder, self.file.name, self.width)

    @cached_property
    def folder(self):
        """The address of its files for readers; whoever previews the practice gives another one."""
        return folder_of(self.practice.slug)


class Attachment(models.Model):
    """A PDF that readers of a practice can take with them. Its file never changes and is never deleted here either."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="attachments", verbose_name=_("practice"))
    file = models.FileField(
        _("file"), upload_to="attachments/%Y/%m/", help_text=_("PDF, at most 20 MB, without scripts and protection.")
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("What it is, as readers see it."))
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)
    pages = models.PositiveIntegerField(_("pages"), default=0, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            pdf = self.file.file if isinstance(self.file.file, Checked) else checked(self.file.file)
            self.file, self.size, self.pages = pdf, pdf.size, pdf.pages
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("practices:attachment", args=[self.practice.slug, self.key, self.download_name[:-4]])

    @cached_property
    def address(self):
        """Its address for readers; whoever previews the practice gives another one."""
        return self.get_absolute_url()

    @property
    def key(self):
        """What its address keeps through all versions of the practice."""
        return PurePosixPath(self.file.name).stem

    @property
    def download_name(self):
        """Under which name readers save it."""
        return f"{slugify(self.title)[:80] or self.practice.slug}.pdf"


class FormerSlug(models.Model):
    """An address at which a practice used to be; it redirects for ever."""

    slug = models.SlugField(_("address"), max_length=150, unique=True)
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="former_slugs", verbose_name=_("practice"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["slug"]

    def __str__(self):
        return self.slug
