"""Sheets that somebody has uploaded, and what they would change, until they are imported or a day is over."""

import datetime
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

KEPT_FOR = datetime.timedelta(days=1)


class UploadQuerySet(models.QuerySet):
    """Uploaded sheets."""

    def kept(self):
        """Those that can still be imported."""
        return self.filter(made_at__gt=timezone.now() - KEPT_FOR)

    def expired(self):
        """Those that nobody can import any more."""
        return self.filter(made_at__lte=timezone.now() - KEPT_FOR)


class Upload(models.Model):
    """A sheet between its dry run and its import; only the person who uploaded it can go on with it."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    name = models.CharField(_("file"), max_length=200)
    table = models.JSONField(_("rows"))
    plan = models.JSONField(_("what it would change"))
    digest = models.CharField(max_length=64)
    rights = models.TextField()
    made_at = models.DateTimeField(_("uploaded"), default=timezone.now, db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded sheet")
        verbose_name_plural = _("uploaded sheets")
        ordering = ["-made_at"]

    def __str__(self):
        return self.name
