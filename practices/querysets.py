"""Questions about many practices."""

from django.db.models import Q
from django.utils import timezone
from parler.managers import TranslatableQuerySet


class PracticeQuerySet(TranslatableQuerySet):
    """Practices, as lists and pages need them."""

    def published(self):
        """Practices that readers may see."""
        return self.filter(state="published")

    def newest(self):
        """The most recently published first."""
        return self.order_by("-published_at", "-pk")

    def with_cards(self):
        """Fetches along what a card shows: texts, city, theme and the first picture."""
        return self.select_related("city", "theme").prefetch_related(
            "translations", "city__translations", "theme__translations", "images"
        )


class FeatureQuerySet(TranslatableQuerySet):
    """Featured practices."""

    def current(self, day=None):
        """Features of published practices that the home page shows on `day` (today), by place."""
        day = day or timezone.localdate()
        return self.filter(
            Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day, practice__state="published"
        ).order_by("place")
