"""Questions about many events."""

from django.db.models import Q
from django.utils import timezone
from parler.managers import TranslatableQuerySet


class EventQuerySet(TranslatableQuerySet):
    """Events, as lists and pages need them."""

    def published(self):
        """Events that readers may see."""
        return self.filter(is_published=True)

    def upcoming(self):
        """Events that are not over yet, the next one first."""
        today = timezone.localdate()
        return self.filter(Q(ends__gte=today) | Q(ends__isnull=True, starts__gte=today)).order_by("starts", "slug")

    def past(self):
        """Events that are over or of unknown date, the latest first."""
        today = timezone.localdate()
        return self.exclude(Q(ends__gte=today) | Q(ends__isnull=True, starts__gte=today, starts__isnull=False))

    def with_cards(self):
        """Fetches along what a card shows: texts, host city and theme with their names."""
        return self.select_related("host_city", "theme").prefetch_related(
            "translations", "host_city__translations", "theme__translations"
        )
