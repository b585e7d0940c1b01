"""What became of tags: the addresses and names they had, and which were merged."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag


class FormerTag(models.Model):
    """A tag that was merged into another one: its address leads there, and so does its name when somebody types it."""

    slug = models.SlugField(_("address"), max_length=100, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=100)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="former", verbose_name=_("tag"))

    class Meta:
        verbose_name = _("former tag")
        verbose_name_plural = _("former tags")
        ordering = ["slug"]

    def __str__(self):
        return self.name


class TagMerge(models.Model):
    """Tags that became one, and all that is needed to part them again."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="merges", verbose_name=_("tag"))
    merged = models.JSONField(_("merged"))
    practices = models.JSONField(_("practices afterwards"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", verbose_name=_("by"), null=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True)

    class Meta:
        verbose_name = _("merging of tags")
        verbose_name_plural = _("mergings of tags")
        ordering = ["-at", "-pk"]

    def __str__(self):
        names = ", ".join(f"“{tag['name']}”" for tag in self.merged)
        return _("%(names)s → “%(tag)s”") % {"names": names, "tag": self.tag}
