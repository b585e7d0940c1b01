"""Mails on their way, the jobs of the queue, and what was done each day."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob


class Mail(models.Model):
    """A mail to one person, from the moment it is due until it is sent or given up.

    What it says is often a secret, such as a link that signs in, so it is forgotten as soon as it is sent.
    """

    class State(models.TextChoices):
        """Where a mail stands."""

        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        KEPT = "kept", _("kept here, not sent")
        FAILED = "failed", _("failed")
        GIVEN_UP = "given-up", _("given up")

    kind = models.CharField(_("kind"), max_length=100, blank=True)
    to = models.CharField(_("to"), max_length=500)
    subject = models.TextField(_("subject"), blank=True)
    text = models.TextField(_("text"), blank=True)
    sender = models.CharField(_("from"), max_length=500)
    reply_to = models.CharField(_("answers go to"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True, db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.subject} → {self.to}"

    def try_to_send(self, last_time):
        """Hands the mail over, or notes why that was not possible; where mails are only kept, it stays to be read."""
        self.attempts += 1
        try:
            if not settings.MAIL_IS_KEPT:
                self.message().send()
        except Exception as problem:  # whatever it is, it must be seen and tried again
            self.error = f"{type(problem).__name__}: {problem}"
            self.state = self.State.FAILED if last_time else self.State.WAITING
        else:
            self.error = ""
            self.state = self.State.KEPT if settings.MAIL_IS_KEPT else self.State.SENT
            self.sent_at = timezone.now()
            self.text = self.text if settings.MAIL_IS_KEPT else ""
        self.save()

    def message(self):
        """The message as it goes out. If it goes out twice, because a worker died, both have the same number."""
        host = settings.SITE_URL.partition("://")[2].partition(":")[0]
        return EmailMessage(
            self.subject,
            self.text,
            self.sender,
            [self.to],
            reply_to=[self.reply_to] if self.reply_to else None,
            headers={
                "Message-ID": f"<{self.pk}.{self.created_at.timestamp():.0f}@{host}>",
                "Auto-Submitted": "auto-generated",
            },
            connection=get_connection(settings.MAIL_DELIVERY_BACKEND),
        )


class Job(ProcrastinateJob):
    """Something that is done in the background: it waits, runs, is done, or failed."""

    class Meta:
        proxy = True
        verbose_name = _("background job")
        verbose_name_plural = _("background work")


class JobError(models.Model):
    """What went wrong when a job was last tried. It goes with its job."""

    job = models.OneToOneField(Job, models.CASCADE, primary_key=True, related_name="error", db_constraint=False)
    text = models.TextField(_("what went wrong"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("error of a background job")
        verbose_name_plural = _("errors of background jobs")

    def __str__(self):
        return self.text


class DailyAct(models.Model):
    """On which day something that is done every day was done last, and what went wrong since."""

    name = models.CharField(_("what"), max_length=200, primary_key=True)
    day = models.DateField(_("last done"), null=True)
    error = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("daily work")
        verbose_name_plural = _("daily work")

    def __str__(self):
        return self.name
