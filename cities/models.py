"""The partner cities and the organisations that represent them."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from parler.models import TranslatableModel, TranslatedFields

from accounts.models import User
from cities.meta import address_of
from cities.querysets import CityQuerySet
from cities.sources import Source


class City(TranslatableModel):
    """A partner city."""

    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("The last part of the page's address.")
    )
    local_name = models.CharField(
        _("local name"), max_length=100, help_text=_("As its people write it: Warszawa, Lisboa.")
    )
    other_names = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("Further spellings that readers may look for, one to a line."),
    )
    country = CountryField(_("country"))
    lat = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    lon = models.FloatField(_("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)])
    website = models.URLField(_("website"), max_length=500, blank=True)
    editors = models.ManyToManyField(
        User,
        verbose_name=_("editors"),
        related_name="cities",
        blank=True,
        help_text=_("The coordinators who keep up the practices of this city."),
    )
    translations = TranslatedFields(
        name=models.CharField(_("name"), max_length=100),
        profile=models.TextField(
            _("profile"),
            blank=True,
            help_text=_(
                "What brought the city into the partnership and what it stands for, in two or three paragraphs."
            ),
        ),
        population_note=models.CharField(
            _("population"), max_length=200, blank=True, help_text=_("With the year and the source of the figure.")
        ),
        note=models.TextField(
            _("editorial note"), blank=True, help_text=_("What is uncertain about this page. Readers see it.")
        ),
    )

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="cities_city_on_the_globe",
                condition=models.Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                violation_error_message=_("The position is not on the globe."),
            )
        ]

    def __str__(self):
        return self.safe_translation_getter("name", self.local_name)

    def published_events(self):
        """Published events that the city hosted or took part in, the latest first."""
        events = self.hosted_events.model.objects
        return events.published().of_city(self).with_titles()

    def get_absolute_url(self):
        return address_of("cities:detail", self.slug)


class CitySource(Source):
    """A document that the page of a city rests on."""

    city = models.ForeignKey(City, models.CASCADE, related_name="sources", verbose_name=_("city"))


class Partner(models.Model):
    """An organisation through which a city takes part."""

    city = models.ForeignKey(City, models.CASCADE, related_name="partners", verbose_name=_("city"))
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role in the project"), max_length=200, blank=True)
    url = models.URLField(_("website"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("partner organisation")
        verbose_name_plural = _("partner organisations")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name
