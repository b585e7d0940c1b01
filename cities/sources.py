"""Where a statement comes from: the rows of sources that cities, themes, practices and events share the form of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A document that supports what a page says."""

    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("address"), max_length=500, blank=True)
    supports = models.CharField(
        _("what it supports"),
        max_length=500,
        blank=True,
        help_text=_("Which statements of the text rest on this source."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self):
        return self.title
