"""The log of a case and its versions."""

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from practices.models import Practice


class VersionQuerySet(models.QuerySet):
    """Versions of cases."""

    def published(self):
        """Versions that readers saw, or see."""
        return self.filter(published_at__isnull=False)

    def newest(self):
        """The latest first."""
        return self.order_by("-number")

    def since_publication(self):
        """Versions of one case that are newer than what readers see."""
        seen = self.published().aggregate(number=Max("number"))["number"] or 0
        return self.filter(number__gt=seen)


class Version(models.Model):
    """What a case said when somebody saved it."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="versions", verbose_name=_("practice"))
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(User, models.SET_NULL, related_name="+", verbose_name=_("by"), null=True, db_index=True)
    published_at = models.DateTimeField(_("published"), null=True)
    note = models.TextField(_("what and why"), blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["practice", "-number"]
        constraints = [models.UniqueConstraint("practice", "number", name="editing_version_number")]

    def __str__(self):
        return _("Version %d") % self.number


class Step(models.Model):
    """One act of the editorial flow: who moved a case from where to where, and what was said."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="steps", verbose_name=_("practice"))
    act = models.CharField(_("act"), max_length=20)
    before = models.CharField(_("state before"), max_length=20, choices=Practice.State)
    after = models.CharField(_("state after"), max_length=20, choices=Practice.State, blank=True)
    of_copy = models.BooleanField(_("of the working copy"), default=False)
    by = models.ForeignKey(User, models.SET_NULL, related_name="+", verbose_name=_("by"), null=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    message = models.TextField(_("message"), blank=True)
    version = models.ForeignKey(Version, models.SET_NULL, related_name="steps", null=True, verbose_name=_("version"))

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-at", "-pk"]
        indexes = [models.Index("practice", models.F("at").desc(), name="editing_step_latest")]
        constraints = [
            models.CheckConstraint(
                name="editing_step_known_states",
                condition=Q(before__in=Practice.State.values) & Q(after__in=[*Practice.State.values, ""]),
            )
        ]

    def __str__(self):
        return f"{self.practice}: {self.act}"
