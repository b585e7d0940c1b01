"""Study visits, policy clinics and other meetings where cities exchange practices."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from parler.models import TranslatableModel, TranslatedFields

from cities.meta import address_of
from cities.models import City
from cities.sources import Source
from events.dates import Precision, last_day
from events.querysets import EventQuerySet, PracticeSeenQuerySet
from practices.models import Practice, Theme


class Event(TranslatableModel):
    """A meeting where cities exchange practices."""

    class Kind(models.TextChoices):
        STUDY_VISIT = "study-visit", _("Study visit")
        POLICY_CLINIC = "policy-clinic", _("Policy clinic")
        WORKSHOP = "workshop", _("Workshop")
        NETWORKING = "networking", _("Networking event")
        CONFERENCE = "conference", _("Conference")
        MEETING = "meeting", _("Meeting")
        STAFF_EXCHANGE = "staff-exchange", _("Staff exchange")

    class Confidence(models.TextChoices):
        HIGH = "high", _("Well documented")
        MEDIUM = "medium", _("Partly documented")
        LOW = "low", _("Weakly documented")

    slug = models.SlugField(
        _("address"), max_length=100, unique=True, help_text=_("The last part of the page's address.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="events", verbose_name=_("theme"), null=True, blank=True
    )
    host_city = models.ForeignKey(
        City, models.PROTECT, related_name="hosted_events", verbose_name=_("host city"), null=True, blank=True
    )
    participating_cities = models.ManyToManyField(
        City, related_name="events", verbose_name=_("participating cities"), blank=True
    )
    starts = models.DateField(
        _("first day"),
        null=True,
        blank=True,
        help_text=_("If only the month or year is known, enter its first day and set the precision."),
    )
    ends = models.DateField(_("last day"), null=True, blank=True)
    date_precision = models.CharField(
        _("the date is known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    confidence = models.CharField(
        _("how well documented"), max_length=6, choices=Confidence, blank=True, help_text=_("How sure the sources are.")
    )
    is_published = models.BooleanField(
        _("published"), default=True, help_text=_("Untick to hide the event from readers.")
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    translations = TranslatedFields(
        title=models.CharField(_("title"), max_length=200),
        summary=models.TextField(
            _("summary"), max_length=500, help_text=_("What happened and who met, in one or two sentences.")
        ),
        description=models.TextField(_("description"), blank=True),
        outcomes=models.TextField(
            _("outcomes"), blank=True, help_text=_("What the meeting led to. Leave it empty if nothing is known.")
        ),
        date_note=models.TextField(
            _("note on the date"), blank=True, help_text=_("If sources disagree about the date, say so here.")
        ),
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = [models.F("starts").desc(nulls_last=True), "slug"]
        constraints = [
            models.CheckConstraint(
                name="events_event_dates_in_order",
                condition=models.Q(ends__isnull=True) | models.Q(starts__isnull=False, ends__gte=models.F("starts")),
                violation_error_message=_("The last day lies before the first day."),
            )
        ]

    def __str__(self):
        return self.safe_translation_getter("title", self.slug)

    def get_absolute_url(self):
        return address_of("events:detail", self.slug)

    def clean(self):
        if self.ends and not self.starts:
            raise ValidationError({"starts": _("A last day needs a first day.")})
        if self.ends:
            self.ends = last_day(self.ends, self.date_precision)
        if self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The last day lies before the first day.")})

    def save(self, *args, **kwargs):
        if self.ends:
            self.ends = last_day(self.ends, self.date_precision)
        super().save(*args, **kwargs)


class ProgrammeItem(models.Model):
    """One point of an event's programme."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="programme", verbose_name=_("event"))
    text = models.CharField(_("what"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text


class PracticeSeen(models.Model):
    """A practice that participants of an event saw or heard about; not all of them are in the knowledge base."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="practices_seen", verbose_name=_("event"))
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="seen_at", verbose_name=_("practice"), null=True, blank=True
    )
    name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("Only needed if the practice is not in the knowledge base.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PracticeSeenQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice seen")
        verbose_name_plural = _("practices seen")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="events_practiceseen_named",
                condition=models.Q(practice__isnull=False) | ~models.Q(name=""),
                violation_error_message=_("Choose a practice or write its name."),
            )
        ]

    def __str__(self):
        return self.name or str(self.practice)


class EventDocument(models.Model):
    """A document that came out of an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="documents", verbose_name=_("event"))
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("address"), max_length=500)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title


class EventSource(Source):
    """A document that the page of an event rests on."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sources", verbose_name=_("event"))


class LoadedRecord(models.Model):
    """A record of a content file, as it was when it was last loaded: by this, later edits are recognised and kept."""

    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(_("key"), max_length=200)
    digest = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("loaded record")
        verbose_name_plural = _("loaded records")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="events_loadedrecord_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"
