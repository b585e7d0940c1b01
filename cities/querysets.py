"""Questions about many cities."""

from parler.managers import TranslatableQuerySet


class CityQuerySet(TranslatableQuerySet):
    """Cities, as lists and pages need them."""

    def with_names(self):
        """Fetches along the names, in every language."""
        return self.prefetch_related("translations")

    def by_name(self):
        """In the order of their slugs, which are their English names."""
        return self.order_by("slug")
