"""Pages of practices and themes."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from practices.models import Practice, Theme


@require_safe
def practice_list(request):
    """All practices, narrowed by words and filters."""
    return render(request, "practices/list.html", {"practices": Practice.objects.published().newest().with_cards()})


@require_safe
def practice_detail(request, slug):
    """One practice."""
    practice = get_object_or_404(Practice.objects.published().with_cards(), slug=slug)
    return render(request, "practices/detail.html", {"practice": practice})


@require_safe
def practice_image(request, slug, pk):
    """A picture of a published practice."""


@require_safe
def theme_list(request):
    """The four sub-themes."""
    return render(request, "themes/list.html", {"themes": Theme.objects.with_names()})


@require_safe
def theme_detail(request, slug):
    """One theme and its practices."""
    theme = get_object_or_404(Theme.objects.with_names(), slug=slug)
    return render(request, "themes/detail.html", {"theme": theme})
