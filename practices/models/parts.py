"""What belongs to a practice: its sources, participants, images and former addresses."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from parler.models import TranslatableModel, TranslatedFields

from cities.sources import Source
from practices.images import validate_image
from practices.models.practice import Practice
from practices.querysets import ParticipantQuerySet


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
    """A picture of a practice; the first one takes the place of the drawn cover."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="images", verbose_name=_("practice"))
    file = models.ImageField(
        _("file"),
        upload_to="practices/%Y/%m/",
        width_field="width",
        height_field="height",
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"]), validate_image],
        help_text=_("JPEG, PNG or WebP, at most 10 MB."),
    )
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Who made the picture and holds the rights."))
    licence = models.CharField(
        _("licence"), max_length=100, help_text=_("Under which terms we may show it: CC BY 4.0, or “with permission”.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    translations = TranslatedFields(
        alternative_text=models.CharField(
            _("alternative text"),
            max_length=300,
            help_text=_("What the picture shows, for someone who cannot see it: “Ten people around a laser cutter.”"),
        ),
    )

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.safe_translation_getter("alternative_text", self.file.name)

    def get_absolute_url(self):
        return reverse("practices:image", args=[self.practice.slug, self.pk])


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
