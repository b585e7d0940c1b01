"""Pages of cities."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cities.models import City


@require_safe
def city_list(request):
    """The partner cities."""
    return render(request, "cities/list.html", {"cities": City.objects.with_names()})


@require_safe
def city_detail(request, slug):
    """One city and the practices it shares."""
    city = get_object_or_404(City.objects.with_names(), slug=slug)
    return render(request, "cities/detail.html", {"city": city})
