"""Pages of cities: each with the practices that take place there, be it their first city or a further one."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.linked_data import city_data, collection_data
from cities.markers import markers
from cities.meta import Meta, written_in
from cities.models import City
from practices.catalogue import catalogue

PER_PAGE = 12


@require_safe
def city_list(request):
    """The partner cities, on the map and in a list."""
    cities, known = list(City.objects.with_names()), catalogue()
    for city in cities:
        city.count = known.number("city", city.slug)
    title, description = _("Cities"), _("The cities of the partnership, on the map, and what each of them shares.")
    context = {
        "cities": cities,
        "markers": markers((city, city.count) for city in cities),
        "meta": Meta(title, description, data=collection_data(request, title, description, cities)),
    }
    return render(request, "cities/list.html", context)


@require_safe
def city_detail(request, slug):
    """One city, the practices it shares and the events it took part in."""
    known = catalogue()
    city, events = known.once(f"city {slug}", lambda: _with_events(slug))
    keys = known.facets.listed(known.facets.hits({"city": [slug]}))
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    page.practices = known.listed(page.object_list)
    context = {
        "city": city,
        "page": page,
        "events": events,
        "sources": city.sources.all(),
        "meta": Meta(
            f"{city}, {city.country.name}",
            city.profile,
            languages=written_in(city),
            page=page.number,
            data=city_data(request, city),
        ),
    }
    return render(request, "cities/detail.html", context)


def _with_events(slug):
    """A city with all that belongs to it, and its events; there are few cities, so they are kept with the catalogue."""
    city = get_object_or_404(City.objects.with_names().prefetch_related("partners", "sources"), slug=slug)
    return city, list(city.published_events())
