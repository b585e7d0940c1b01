"""Questions about many cities."""

from django.db.models import Count, Q
from parler.managers import TranslatableQuerySet


class CityQuerySet(TranslatableQuerySet):
    """Cities, as lists and pages need them."""

    def with_names(self):
        """Fetches along the names, in every language."""
        return self.prefetch_related("translations")

    def with_counts(self):
        """Counts the published practices of each city as `count`."""
        return self.annotate(count=Count("practices", filter=Q(practices__state="published")))

    def by_name(self):
        """In the order of their slugs, which are their English names; counting loses the ordinary order."""
        return self.order_by("slug")
