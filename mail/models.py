"""Mails on their way, the jobs of the queue, and what was done each day."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models, transaction
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateReadOnlyManager

SEND = "mail.tasks.send"  # the task of a mail


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


class JobQuerySet(models.QuerySet):
    """Questions about background work, and what a webmaster can do with it."""

    def open(self):
        """Jobs that wait, for another attempt perhaps, or failed."""
        return self.filter(status__in=[Job.State.WAITING, Job.State.FAILED])

    def with_history(self):
        """Fetches since when each waits, what went wrong last and whose mail it is; what needs a look comes first."""
        number = models.functions.Cast(KeyTextTransform("mail", "args"), models.BigIntegerField())
        mail = models.Case(models.When(task_name=SEND, then=number))
        return (
            self.select_related("error")
            .annotate(mail=mail)
            .annotate(mail_to=models.Subquery(Mail.objects.filter(pk=models.OuterRef("mail")).values("to")))
            .annotate(
                since=models.Min("procrastinateevent__at", filter=models.Q(procrastinateevent__type="deferred")),
                urgency=models.Case(
                    models.When(status=Job.State.FAILED, then=1),
                    models.When(status=Job.State.RUNNING, then=2),
                    models.When(status=Job.State.WAITING, then=3),
                    default=4,
                ),
            )
            .order_by("urgency", "-pk")
        )

    def try_again(self):
        """Has those that wait or failed begun at once, and their mails sent; returns how many they are."""
        return self._settle(Job.State.WAITING, {"state": Mail.State.WAITING})

    def give_up(self):
        """Has those that wait or failed never begun again, and forgets what their mails said; returns how many."""
        return self._settle(Job.State.GIVEN_UP, {"state": Mail.State.GIVEN_UP, "text": ""})

    @transaction.atomic
    def _settle(self, state, of_mail):
        jobs = {job.pk: job for job in self.order_by("pk").open().select_for_update(of=["self"])}
        mails = [job.args["mail"] for job in jobs.values() if job.task_name == SEND]
        Mail.objects.filter(pk__in=mails, state__in=[Mail.State.WAITING, Mail.State.FAILED]).update(**of_mail)
        return Job.objects.filter(pk__in=jobs).update(status=state, scheduled_at=None, queueing_lock=None)


class Job(ProcrastinateJob):
    """Something that is done in the background: it waits, runs, is done, or failed."""

    class State(models.TextChoices):
        """How the queue calls the states of a job, and how we do."""

        WAITING = "todo", _("waiting")
        RUNNING = "doing", _("running")
        DONE = "succeeded", _("done")
        FAILED = "failed", _("failed")
        GIVEN_UP = "cancelled", _("given up")
        ABORTED = "aborted", _("stopped")

    objects = ProcrastinateReadOnlyManager.from_queryset(JobQuerySet)()

    class Meta:
        proxy = True
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")

    def __str__(self):
        return gettext("Background job %(number)s") % {"number": self.pk}


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
