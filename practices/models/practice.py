"""The practice: a good-practice case."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from parler.models import TranslatableModel, TranslatedFields
from taggit.managers import TaggableManager

from accounts.models import User
from cities.meta import address_of
from cities.models import City
from practices.freshness import freshness_of
from practices.models import choices
from practices.models.vocabulary import Sector, Theme
from practices.querysets import PracticeQuerySet

ON_THE_GLOBE = Q(lat__isnull=False, lon__isnull=False, lat__range=(-90, 90), lon__range=(-180, 180))
LATITUDES = [MinValueValidator(-90), MaxValueValidator(90)]
LONGITUDES = [MinValueValidator(-180), MaxValueValidator(180)]
YEARS = [MinValueValidator(1800), MaxValueValidator(2100)]


class Practice(TranslatableModel):
    """A good-practice case: how creative industries and other sectors work together in a city."""

    State = choices.State
    Outcome = choices.Outcome
    Evidence = choices.Evidence
    CostBand = choices.CostBand
    Section = choices.Section

    slug = models.SlugField(
        _("address"),
        max_length=150,
        unique=True,
        help_text=_("The last part of the page's address. If you change it, the old address keeps working."),
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="practices", verbose_name=_("city"))
    further_cities = models.ManyToManyField(
        City,
        related_name="further_practices",
        verbose_name=_("further cities"),
        blank=True,
        help_text=_("Other partner cities in which the practice takes place."),
    )
    further_countries = CountryField(
        _("further countries"), multiple=True, blank=True, help_text=_("Other countries that the practice spans.")
    )
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="practices", verbose_name=_("theme"))
    theme_from_source = models.BooleanField(
        _("theme given by the project"),
        default=False,
        help_text=_("Tick it only if the original project itself assigned the theme."),
    )
    further_themes = models.ManyToManyField(
        Theme, related_name="further_practices", verbose_name=_("further themes"), blank=True
    )
    creative_sectors = models.ManyToManyField(
        Sector,
        related_name="creative_practices",
        verbose_name=_("creative sectors"),
        limit_choices_to={"kind": Sector.Kind.CREATIVE},
        blank=True,
    )
    growth_sectors = models.ManyToManyField(
        Sector,
        related_name="growth_practices",
        verbose_name=_("growth sectors"),
        limit_choices_to={"kind": Sector.Kind.GROWTH},
        blank=True,
    )
    tags = TaggableManager(
        verbose_name=_("tags"),
        blank=True,
        help_text=_("Three to six words that a reader would look for, separated by commas."),
    )
    start_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True, validators=YEARS)
    end_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, validators=YEARS, help_text=_("Empty if it goes on, or if nobody knows.")
    )
    outcome = models.CharField(_("what became of it"), max_length=12, choices=Outcome, default=Outcome.UNKNOWN)
    outcome_year = models.PositiveSmallIntegerField(
        _("known as of"),
        null=True,
        blank=True,
        validators=YEARS,
        help_text=_("The year of the newest source that says what became of it."),
    )
    evidence = models.CharField(
        _("strength of evidence"),
        max_length=10,
        choices=Evidence,
        blank=True,
        help_text=_("How well the results are shown. Leave it empty if nobody has judged it yet."),
    )
    cost_band = models.CharField(
        _("cost"), max_length=10, choices=CostBand, blank=True, help_text=_("Empty if the cost is not known.")
    )
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True, validators=LATITUDES)
    lon = models.FloatField(_("longitude"), null=True, blank=True, validators=LONGITUDES)
    website = models.URLField(_("website"), max_length=500, blank=True)
    confirmed_by_project = models.BooleanField(
        _("confirmed by the project"),
        default=False,
        help_text=_("Tick it only if the original project itself named this as a good practice. Readers see it."),
    )
    analysis_fields = ArrayField(
        models.CharField(max_length=20, choices=Section),
        verbose_name=_("sections with analysis"),
        default=list,
        blank=True,
        help_text=_("Sections that contain conclusions of the compilers and not only statements of a source."),
    )
    original_language = models.CharField(
        _("original language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT, db_index=True)
    copy_of = models.OneToOneField(
        "self", models.CASCADE, related_name="copy", verbose_name=_("working copy of"), null=True, editable=False
    )
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, related_name="replaces", verbose_name=_("replaced by"), null=True, blank=True
    )
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    verified_at = models.DateField(
        _("last verified"),
        null=True,
        blank=True,
        help_text=_("When somebody last checked that all of it is still true."),
    )
    verified_by = models.ForeignKey(
        User, models.SET_NULL, related_name="+", verbose_name=_("verified by"), null=True, blank=True
    )
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    translations = TranslatedFields(
        title=models.CharField(
            _("title"),
            max_length=200,
            help_text=_("The name by which people know it. No slogan, no abbreviation alone."),
        ),
        summary=models.TextField(
            _("summary"),
            max_length=600,
            help_text=_(
                "One or two sentences that a mayor understands: who does what with whom, and what for. "
                "Example: “A grant that pays half of the designer's fee when a company of another sector "
                "works with a designer for the first time.”"
            ),
        ),
        challenge=models.TextField(
            _("challenge"),
            blank=True,
            help_text=_(
                "The problem addressed. What was wrong or missing before, and for whom? Two or three sentences."
            ),
        ),
        description=models.TextField(
            _("what was done"),
            blank=True,
            help_text=_(
                "How it works, step by step, so that another city could do the same: how it began, who pays, "
                "who decides, what happens to a participant. 150 to 300 words; leave an empty line between paragraphs."
            ),
        ),
        partners_role=models.TextField(
            _("partners’ role"),
            blank=True,
            help_text=_("Who did what: the lead, the funders, those who profit. Name them below as participants too."),
        ),
        resources=models.TextField(
            _("resources needed"),
            blank=True,
            help_text=_(
                "Money, people and rooms, with figures, years and currency. Leave it empty if it is not known."
            ),
        ),
        results=models.TextField(
            _("evidence of success"),
            blank=True,
            help_text=_("What changed, in figures where there are any, and who says so. Failure is a result too."),
        ),
        lessons=models.TextField(
            _("lessons learnt"),
            blank=True,
            help_text=_("Difficulties met and what you would do differently. Readers value this most."),
        ),
        transferability=models.TextField(
            _("potential for transfer"),
            blank=True,
            help_text=_("What another city needs to have in place, what it can leave out, and what will not travel."),
        ),
        project_link=models.TextField(
            _("link to the project"),
            blank=True,
            help_text=_("What ties the practice to the original project, with the source."),
        ),
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = [F("published_at").desc(nulls_last=True), "-pk"]
        indexes = [models.Index(F("published_at").desc(), F("id").desc(), name="practices_practice_newest")]
        constraints = [
            models.CheckConstraint(
                name="practices_practice_years_in_order",
                condition=Q(start_year__isnull=True) | Q(end_year__isnull=True) | Q(end_year__gte=F("start_year")),
                violation_error_message=_("The last year lies before the first year."),
            ),
            models.CheckConstraint(
                name="practices_practice_on_the_globe",
                condition=Q(lat__isnull=True, lon__isnull=True) | ON_THE_GLOBE,
                violation_error_message=_("A position needs both latitude and longitude, and must be on the globe."),
            ),
            models.CheckConstraint(
                name="practices_practice_published_when",
                condition=~Q(state="published") | Q(published_at__isnull=False),
                violation_error_message=_("A published practice needs the time of its publication."),
            ),
            models.CheckConstraint(
                name="practices_practice_copies_unseen",
                condition=Q(copy_of__isnull=True) | ~Q(state__in=["published", "archived"]),
                violation_error_message=_("A working copy is not published itself; its content is."),
            ),
        ]

    def __str__(self):
        return self.safe_translation_getter("title", self.slug)

    @classmethod
    def from_db(cls, db, field_names, values):
        practice = super().from_db(db, field_names, values)
        practice.stored_slug = practice.__dict__.get("slug")
        practice.stored_state = practice.__dict__.get("state")
        return practice

    def clean(self):
        wrong = {}
        if self.start_year and self.end_year and self.end_year < self.start_year:
            wrong["end_year"] = _("The last year lies before the first year.")
        if (self.lat is None) != (self.lon is None):
            wrong["lat" if self.lat is None else "lon"] = _("A position needs both latitude and longitude.")
        if wrong:
            raise ValidationError(wrong)

    @transaction.atomic
    def save(self, *args, **kwargs):
        if getattr(self, "stored_state", self.state) != self.state:
            raise ValueError("A practice changes its state by an act of the editorial flow, not by being saved.")
        if self.state == self.State.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
        super().save(*args, **kwargs)
        former = getattr(self, "stored_slug", None)
        if former and former != self.slug:
            self.former_slugs.model.objects.update_or_create(slug=former, defaults={"practice": self})
        self.former_slugs.filter(slug=self.slug).delete()
        self.stored_slug, self.stored_state = self.slug, self.state

    def move_to(self, state):
        """Puts the practice into a state of the editorial flow, whose acts decide whether it may be."""
        self.state = self.stored_state = state
        self.save()

    def get_absolute_url(self):
        return address_of("practices:detail", self.slug)

    @property
    def case(self):
        """The practice that readers know: itself, or the one that this is a working copy of."""
        return self.copy_of or self

    @property
    def is_published(self):
        """Whether readers may see it."""
        return self.state == self.State.PUBLISHED

    @property
    def freshness(self):
        """Since when it is known to be true; None if readers have never seen it."""
        return freshness_of(self)
