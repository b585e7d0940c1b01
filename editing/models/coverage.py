"""What webmasters asked of cities that have too few practices of a theme."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cities.models import City
from practices.models import Theme


class Appeal(models.Model):
    """A letter to the coordinators of a city that asks for practices of a theme."""

    city = models.ForeignKey(City, models.CASCADE, related_name="appeals", verbose_name=_("city"))
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="appeals", verbose_name=_("theme"))
    text = models.TextField(_("letter"), max_length=4000)
    number = models.PositiveSmallIntegerField(_("sent to"), help_text=_("How many people got it."))
    by = models.ForeignKey(User, models.SET_NULL, related_name="+", verbose_name=_("by"), null=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("letter to coordinators")
        verbose_name_plural = _("letters to coordinators")
        ordering = ["-at", "-pk"]
        indexes = [models.Index("city", "theme", models.F("at").desc(), name="editing_appeal_latest")]

    def __str__(self):
        return f"{self.city}, {self.theme}"
