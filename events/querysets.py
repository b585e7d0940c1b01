"""Questions about many events."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import get_language
from parler.managers import TranslatableQuerySet

from events.dates import Precision


def _not_over():
    """What holds for an event of which some day may still come, as far as its date is known."""
    today = timezone.localdate()
    first_days = {
        Precision.DAY: today,
        Precision.MONTH: today.replace(day=1),
        Precision.YEAR: today.replace(month=1, day=1),
    }
    condition = Q(ends__gte=today)
    for precision, day in first_days.items():
        condition |= Q(ends__isnull=True, date_precision=precision, starts__gte=day)
    return condition


class EventQuerySet(TranslatableQuerySet):
    """Events, as lists and pages need them."""

    def published(self):
        """Events that readers may see."""
        return self.filter(is_published=True)

    def upcoming(self):
        """Events that are not over yet, the next one first."""
        return self.filter(_not_over()).order_by("starts", "slug")

    def past(self):
        """Events that are over or of unknown date, the latest first."""
        return self.filter(Q(starts__isnull=True) | ~_not_over())

    def of_city(self, city):
        """Events that the city, given as a row or as its key, hosted or took part in."""
        return self.filter(Q(host_city=city) | Q(participating_cities=city)).distinct()

    def with_titles(self):
        """Adds `shown`, the title in the language of the page or else another, with that language's code."""
        texts = self.model._parler_meta.root_model.objects.filter(master=OuterRef("pk"))
        preferred = Case(When(language_code=get_language(), then=0), When(language_code="en", then=1), default=2)
        best = texts.order_by(preferred, "language_code").values(
            text=JSONObject(language="language_code", title="title")
        )
        return self.annotate(shown=Subquery(best[:1]))

    def with_cards(self):
        """Fetches along what a card shows of its own: texts. Cities and theme come from the catalogue."""
        return self.prefetch_related("translations").annotate(
            city_keys=ArraySubquery(
                self.model.participating_cities.through.objects.filter(event=OuterRef("pk")).values("city_id")
            )
        )


class PracticeSeenQuerySet(QuerySet):
    """Practices that were seen at events."""

    def events(self):
        """The published events at which they were seen, the latest first."""
        events = self.model._meta.get_field("event").related_model.objects
        return events.published().filter(practices_seen__in=self).distinct().with_titles()
