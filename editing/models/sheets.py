"""Sheets that somebody has uploaded, and what they would change, until they are imported or a day is over."""

import datetime
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

KEPT_FOR = datetime.timedelta(days=1)
SMALL = 200  # rows that are planned and imported while somebody waits


class UploadQuerySet(models.QuerySet):
    """Uploaded sheets."""

    def kept(self):
        """Those that can still be imported, or whose outcome is still told."""
        return self.filter(made_at__gt=timezone.now() - KEPT_FOR)

    def expired(self):
        """Those that nobody can import any more."""
        return self.filter(made_at__lte=timezone.now() - KEPT_FOR)

    def at_rest(self):
        """Those that are not being imported."""
        return self.exclude(state=Upload.State.CONFIRMED)


class Upload(models.Model):
    """A sheet between its dry run and its import; only the person who uploaded it can go on with it."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("being compared")
        PLANNED = "planned", _("to be looked at")
        CONFIRMED = "confirmed", _("being imported")
        DONE = "done", _("imported")
        REFUSED = "refused", _("not readable")
        FAILED = "failed", _("failed")

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    name = models.CharField(_("file"), max_length=200)
    data = models.BinaryField(_("content, until it is read"), null=True)
    table = models.JSONField(_("rows"), default=dict)
    plan = models.JSONField(_("what it would change, in all"), default=dict)
    digest = models.CharField(max_length=64, blank=True)
    rights = models.TextField(blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(_("percent done"), default=0)
    outdated = models.BooleanField(_("was to be imported, but would have done something else by then"), default=False)
    error = models.TextField(_("why it cannot be read"), blank=True)
    made_at = models.DateTimeField(_("uploaded"), default=timezone.now, db_index=True)

    has_just_begun = False  #: whether it waits for the background since this moment

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded sheet")
        verbose_name_plural = _("uploaded sheets")
        ordering = ["-made_at"]

    def __str__(self):
        return self.name

    @property
    def is_under_way(self):
        """Whether the background works on it, or is to."""
        return self.state in {self.State.WAITING, self.State.CONFIRMED}

    @property
    def is_small(self):
        """Whether it is compared and imported at once."""
        return sum(self.plan["counts"].values()) <= SMALL


class PlannedRowQuerySet(models.QuerySet):
    """Planned rows."""

    def shown(self, status, first):
        """Those of a status in the order of the sheet; without one all, with those of one status first."""
        if status:
            return self.filter(status=status).order_by("number")
        return self.order_by(models.Case(models.When(status=first, then=0), default=1), "number")


class PlannedRow(models.Model):
    """What one row of an uploaded sheet would change."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rows", verbose_name=_("uploaded sheet"))
    number = models.PositiveIntegerField(_("row"))
    status = models.CharField(_("status"), max_length=10)
    said = models.JSONField(_("what it would change"))

    objects = PlannedRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned row")
        verbose_name_plural = _("planned rows")
        ordering = ["number"]
        indexes = [models.Index(fields=["upload", "status", "number"], name="editing_planned_rows")]

    def __str__(self):
        return f"{self.upload}: {self.number}"
