"""The words that practices are sorted by: themes and sectors."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.managers import TranslatableQuerySet
from parler.models import TranslatableModel, TranslatedFields

from accounts.models import User
from cities.meta import address_of
from cities.sources import Source


class VocabularyQuerySet(TranslatableQuerySet):
    """Themes or sectors, as lists and forms need them."""

    def with_names(self):
        """Fetches along the names, in every language."""
        return self.prefetch_related("translations")


class Theme(TranslatableModel):
    """One of the sub-themes of cross innovation."""

    class Colour(models.TextChoices):
        OCHRE = "ochre", _("Ochre, with the coin")
        MAGENTA = "magenta", _("Magenta, with the wave")
        TEAL = "teal", _("Teal, with the link")
        COBALT = "cobalt", _("Cobalt, with the block")
        MOSS = "moss", _("Moss, with the leaf")
        PLUM = "plum", _("Plum, with the star")

    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("The last part of the page's address.")
    )
    colour = models.CharField(
        _("colour and glyph"),
        max_length=10,
        choices=Colour,
        help_text=_("Readers recognise the theme by it on cards, covers, the map and the matrix."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Themes are listed in this order.")
    )
    reviewers = models.ManyToManyField(
        User,
        related_name="reviewed_themes",
        verbose_name=_("reviewers"),
        blank=True,
        help_text=_("People who judge the practices of this theme before they are published."),
    )
    translations = TranslatedFields(
        name=models.CharField(_("name"), max_length=100),
        one_line=models.CharField(
            _("in one line"), max_length=300, help_text=_("What the theme is about, in one sentence.")
        ),
        definition=models.TextField(_("definition"), blank=True),
        definition_note=models.TextField(
            _("note on the definition"), blank=True, help_text=_("What follows a source and what is editorial.")
        ),
        examples=ArrayField(
            models.CharField(max_length=200),
            verbose_name=_("examples"),
            default=list,
            blank=True,
            help_text=_("Names of practices, one to a line."),
        ),
    )

    objects = VocabularyQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "slug"]

    def __str__(self):
        return self.safe_translation_getter("name", self.slug)

    def get_absolute_url(self):
        return address_of("themes:detail", self.slug)


class ThemeSource(Source):
    """A document that the definition of a theme rests on."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="sources", verbose_name=_("theme"))


class Sector(TranslatableModel):
    """A sector that takes part in practices: a creative one, or a growth sector that works with it."""

    class Kind(models.TextChoices):
        CREATIVE = "creative", _("Creative sector")
        GROWTH = "growth", _("Growth sector")

    slug = models.SlugField(_("key"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    translations = TranslatedFields(name=models.CharField(_("name"), max_length=100))

    objects = VocabularyQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["kind", "slug"]

    def __str__(self):
        return self.safe_translation_getter("name", self.slug)
