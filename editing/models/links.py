"""Addresses of the web that published pages link to, and whether they still lead anywhere."""

from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from practices.models import Practice

LONGEST_ADDRESS = 2000
#: In how many days an address is asked for again.
DAYS_TO_NEXT = {"ok": 30, "moved": 30, "refused": 30, "broken": 7}


def day_after(days):
    """The beginning of the day that comes so many days after today."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time.min))


class LinkQuerySet(models.QuerySet):
    """Addresses, as the check and the desks need them."""

    def broken(self):
        """Those that led nowhere on two different days, the longest first."""
        return self.filter(status=Link.Status.BROKEN).order_by("first_seen_broken", "pk")

    def waiting(self, now=None):
        """Those whose next check is due, the longest waiting first."""
        return self.filter(next_check__lte=now or timezone.now()).order_by("next_check", "pk")

    def with_places(self):
        """Fetches along where each is used, with the titles of the pages."""
        uses = LinkUse.objects.select_related("practice", "event")
        uses = uses.prefetch_related("practice__translations", "event__translations").order_by("pk")
        return self.prefetch_related(Prefetch("uses", uses))


class Link(models.Model):
    """One address of the web, however many pages link to it, and what came of asking for it."""

    class Status(models.TextChoices):
        """What came of asking for an address."""

        UNCHECKED = "unchecked", _("not checked yet")
        OK = "ok", _("leads somewhere")
        MOVED = "moved", _("moved for good")
        REFUSED = "refused", _("does not let us look")
        BROKEN = "broken", _("broken")

    class Reason(models.TextChoices):
        """Why an address leads nowhere, or was not asked for."""

        GONE = "gone", _("The page is not there")
        SERVER = "server", _("The server says that it has a fault")
        NO_HOST = "no-host", _("There is no server of this name")
        NO_ANSWER = "no-answer", _("The server does not answer")
        CERTIFICATE = "certificate", _("The server cannot prove who it is")
        REDIRECTS = "redirects", _("It sends us on without end")
        ADDRESS = "address", _("This is no address of the web")
        PRIVATE = "private", _("It is not on the public internet")
        PORT = "port", _("It does not stand at a usual port of the web")
        ROBOTS = "robots", _("The server asks robots to stay away")
        NOT_FOR_ROBOTS = "not-for-robots", _("The server answers people only")

    url = models.URLField(_("address"), max_length=LONGEST_ADDRESS, unique=True)
    host = models.CharField(_("host"), max_length=255, db_index=True)
    status = models.CharField(_("state"), max_length=9, choices=Status, default=Status.UNCHECKED, db_index=True)
    code = models.PositiveSmallIntegerField(_("answer"), null=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    moved_to = models.URLField(_("moved to"), max_length=LONGEST_ADDRESS, blank=True)
    first_seen_broken = models.DateField(_("first seen broken"), null=True)
    last_checked = models.DateTimeField(_("last checked"), null=True)
    next_check = models.DateTimeField(_("next check"), default=timezone.now, db_index=True)
    checks = models.PositiveIntegerField(_("checks"), default=0)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("web address")
        verbose_name_plural = _("web addresses")
        ordering = ["first_seen_broken", "pk"]
        constraints = [
            models.CheckConstraint(
                name="editing_link_broken_since",
                condition=~Q(status="broken") | Q(first_seen_broken__isnull=False),
            )
        ]

    def __str__(self):
        return self.url

    def note(self, finding):
        """Keeps what came of asking for it; it is broken only if that failed on two different days."""
        now, today = timezone.now(), timezone.localdate()
        self.checks, self.last_checked = self.checks + 1, now
        self.code, self.reason, self.moved_to = finding.code, finding.reason, finding.moved_to
        if finding.status != self.Status.BROKEN:
            self.status, self.first_seen_broken = finding.status, None
        elif self.first_seen_broken is None:
            self.first_seen_broken = today
        elif self.first_seen_broken < today:
            self.status = self.Status.BROKEN
        doubtful = self.first_seen_broken and self.status != self.Status.BROKEN
        self.next_check = day_after(1 if doubtful else DAYS_TO_NEXT[self.status])
        self.keep("checks", "last_checked", "code", "reason", "moved_to", "status", "first_seen_broken", "next_check")

    def keep(self, *fields):
        """Stores these columns, unless no page links to it any more and it was forgotten meanwhile."""
        Link.objects.filter(pk=self.pk).update(**{field: getattr(self, field) for field in fields})


class LinkUse(models.Model):
    """A place of a published page at which an address stands."""

    class Field(models.TextChoices):
        """Where on the page."""

        WEBSITE = "website", _("website")
        SOURCE = "source", _("source")
        PARTICIPANT = "participant", _("participant")
        TEXT = "text", _("text")
        DOCUMENT = "document", _("document")

    link = models.ForeignKey(Link, models.CASCADE, related_name="uses", verbose_name=_("web address"))
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="link_uses", verbose_name=_("practice"), null=True
    )
    event = models.ForeignKey(Event, models.CASCADE, related_name="link_uses", verbose_name=_("event"), null=True)
    field = models.CharField(_("where"), max_length=11, choices=Field)

    class Meta:
        verbose_name = _("use of a web address")
        verbose_name_plural = _("uses of web addresses")
        constraints = [
            models.CheckConstraint(
                name="editing_linkuse_on_one_page",
                condition=Q(practice__isnull=False, event__isnull=True) | Q(practice__isnull=True, event__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.page}: {self.field}"

    @property
    def page(self):
        """The practice or event that links to the address."""
        return self.practice or self.event
