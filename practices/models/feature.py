"""What the home page puts forward."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from parler.models import TranslatableModel, TranslatedFields

from practices.models.practice import Practice
from practices.querysets import FeatureQuerySet


class Feature(TranslatableModel):
    """A practice put forward on the home page for some time, and why."""

    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        related_name="features",
        limit_choices_to={"state": Practice.State.PUBLISHED},
        verbose_name=_("practice"),
    )
    place = models.PositiveSmallIntegerField(
        _("place"),
        choices=[(1, _("First, large")), (2, _("Second")), (3, _("Third"))],
        help_text=_("One practice at a place at a time."),
    )
    starts = models.DateField(_("from"), default=timezone.localdate)
    ends = models.DateField(_("until"), null=True, blank=True, help_text=_("Last day. Empty: until you end it."))
    translations = TranslatedFields(
        reason=models.CharField(
            _("why"), max_length=300, help_text=_("Why a reader should look at it now, in one sentence.")
        ),
    )

    objects = FeatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("feature")
        verbose_name_plural = _("features")
        ordering = ["-starts", "place"]
        constraints = [
            models.CheckConstraint(
                name="practices_feature_days_in_order",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            ExclusionConstraint(
                name="practices_feature_one_at_a_place",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts",
                            "ends",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another practice is featured at this place on some of these days."),
            ),
        ]

    def __str__(self):
        return f"{self.practice} ({self.get_place_display()})"

    def clean(self):
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The last day lies before the first day.")})
