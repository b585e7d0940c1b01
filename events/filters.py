"""Reading the address of the event list."""

import django_filters
from django.utils.translation import gettext_lazy as _

from events.models import Event
from practices.catalogue import catalogue


class CityFilter(django_filters.ChoiceFilter):
    """One of the cities of the catalogue."""

    @property
    def field(self):
        self.extra["choices"] = [(city.slug, city.name) for city in self.parent.catalogue.cities.values()]
        return super().field


class EventFilter(django_filters.FilterSet):
    """Narrows events by kind and by city, as host or participant."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Event.Kind.choices, empty_label=_("All kinds"))
    city = CityFilter(label=_("City"), method="in_city", empty_label=_("All cities"))

    class Meta:
        model = Event
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue()

    def in_city(self, queryset, name, slug):
        """Events that the city hosted or took part in."""
        [city] = self.catalogue.terms("city", [slug])
        return queryset.of_city(city.pk)
