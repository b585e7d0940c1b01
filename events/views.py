"""Pages of events."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.models import Event


@require_safe
def event_list(request):
    """Coming and past events."""
    return render(request, "events/list.html", {"events": Event.objects.published().with_cards()})


@require_safe
def event_detail(request, slug):
    """One event."""
    event = get_object_or_404(Event.objects.published().with_cards(), slug=slug)
    return render(request, "events/detail.html", {"event": event})
