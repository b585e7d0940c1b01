"""Pages of events."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.filters import EventFilter
from events.models import Event
from practices.catalogue import catalogue

PER_PAGE = 20


@require_safe
def event_list(request):
    """Coming and past events, narrowed by kind and city."""
    found = EventFilter(request.GET, queryset=Event.objects.published().with_cards())
    page = Paginator(found.qs.past(), PER_PAGE).get_page(request.GET.get("page"))
    known = catalogue()
    context = {"found": found, "coming": known.hosted(found.qs.upcoming()), "page": page, "past": known.hosted(page)}
    return render(request, "events/list.html", context, status=400 if found.errors else 200)


@require_safe
def event_detail(request, slug):
    """One event: programme, who took part, practices seen, outcomes."""
    event = get_object_or_404(Event.objects.published().with_cards(), slug=slug)
    known = catalogue()
    [event] = known.hosted([event])
    seen = list(event.practices_seen.all())
    practices = {practice.pk: practice for practice in known.cards([row.practice_id for row in seen])}
    for row in seen:
        row.card = practices.get(row.practice_id)
    context = {
        "event": event,
        "seen": seen,
        "programme": event.programme.all(),
        "documents": event.documents.all(),
        "sources": event.sources.all(),
    }
    return render(request, "events/detail.html", context)
