"""Addresses at which a case can be looked at before it is published."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from practices.models import Practice


class PreviewQuerySet(models.QuerySet):
    """Addresses for looking."""

    def open(self):
        """Those that work now."""
        return self.filter(ended_at__isnull=True, expires_at__gt=timezone.now())


class Preview(models.Model):
    """A secret address at which anybody who knows it sees a case as readers will, until it expires or is ended."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="previews", verbose_name=_("practice"))
    made_by = models.ForeignKey(User, models.SET_NULL, related_name="+", verbose_name=_("by"), null=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = PreviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        ordering = ["-made_at"]

    def __str__(self):
        return str(self.practice)

    @property
    def is_open(self):
        """Whether it still works."""
        return self.ended_at is None and self.expires_at > timezone.now()
