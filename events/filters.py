"""Reading the address of the event list."""

import django_filters
from django.utils.translation import gettext_lazy as _

from cities.models import City
from events.models import Event


class EventFilter(django_filters.FilterSet):
    """Narrows events by kind and by city, as host or participant."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Event.Kind.choices, empty_label=_("All kinds"))
    city = django_filters.ModelChoiceFilter(
        label=_("City"),
        queryset=City.objects.with_names(),
        to_field_name="slug",
        method="in_city",
        empty_label=_("All cities"),
    )

    class Meta:
        model = Event
        fields = []

    def in_city(self, queryset, name, city):
        """Events that the city hosted or took part in."""
        return queryset.of_city(city)
