"""Home and the few pages that span apps."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request):
    """Search, the map of the cities, featured practices, the coverage matrix and what is new."""
    return render(request, "home.html")


@require_safe
def search(request):
    """Everything that has the words: practices, cities, themes and events."""
    return render(request, "search.html")


@require_safe
def about(request):
    """What the partnership was and how this knowledge base works."""
    return render(request, "about.html")


@require_safe
def accessibility(request):
    """How accessible the site is, and whom to tell what is not."""
    return render(request, "accessibility.html")


@require_safe
def privacy(request):
    """What the site stores about its readers: next to nothing."""
    return render(request, "privacy.html")


def csrf_failure(request, reason=""):
    """Explains that a form could not be accepted because its security token was missing."""
    return render(request, "403.html", {"token_missing": True}, status=403)
