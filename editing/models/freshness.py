"""Questions to people whether a practice is still true."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from practices.models import Practice


class Enquiry(models.Model):
    """A question by mail to one person whether one practice is still true, answered once by the link in it.

    The link itself is known to the mail alone; here is only its fingerprint.
    """

    class Answer(models.TextChoices):
        """What somebody said of a practice."""

        STILL_TRUE = "still-true", _("still true")
        NEEDS_CHANGE = "needs-change", _("needs a change")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="enquiries", verbose_name=_("practice"))
    person = models.ForeignKey(User, models.CASCADE, related_name="enquiries", verbose_name=_("person"))
    number = models.PositiveSmallIntegerField(_("how often asked"), default=1)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("asked"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("answered"), null=True)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, blank=True)

    class Meta:
        verbose_name = _("question of freshness")
        verbose_name_plural = _("questions of freshness")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index("practice", models.F("sent_at").desc(), name="editing_enquiry_latest")]
        constraints = [
            models.CheckConstraint(
                name="editing_enquiry_answered_when",
                condition=models.Q(used_at__isnull=True, answer="")
                | models.Q(used_at__isnull=False, answer__in=["still-true", "needs-change"]),
            )
        ]

    def __str__(self):
        return f"{self.practice} → {self.person}"

    @property
    def is_expired(self):
        """Whether its link has been there for too long."""
        return self.expires_at <= timezone.now()

    @property
    def is_settled(self):
        """Whether somebody has said that the practice is true since the question was asked."""
        verified_at = self.practice.verified_at
        return verified_at is not None and verified_at >= timezone.localdate(self.sent_at)
