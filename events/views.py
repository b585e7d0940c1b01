"""Pages of events."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.linked_data import collection_data
from cities.meta import Meta, text_of, written_in
from events.beside import event_at
from events.filters import EventFilter
from events.linked_data import event_data
from events.models import Event
from practices.catalogue import catalogue

PER_PAGE = 20


@require_safe
def event_list(request):
    """Coming and past events, narrowed by kind and city."""
    found = EventFilter(request.GET, queryset=Event.objects.published().with_cards())
    page = Paginator(found.qs.past(), PER_PAGE).get_page(request.GET.get("page"))
    known = found.catalogue
    coming, past = known.hosted(found.qs.upcoming()), known.hosted(page)
    title = _("Events")
    description = _("Study visits, policy clinics and other meetings where cities looked at each other’s practices.")
    data = collection_data(request, title, description, [*coming, *past])
    meta = Meta(title, description, page=page.number, data=data)
    context = {"found": found, "coming": coming, "page": page, "past": past, "meta": meta}
    return render(request, "events/list.html", context, status=400 if found.errors else 200)


@require_safe
def event_detail(request, slug):
    """One event: programme, who took part, practices seen, outcomes."""
    known = catalogue()
    found = event_at(slug, known.listed)
    if found is None:
        raise Http404
    event, rows = found
    known.hosted([event])
    text = text_of(event)
    meta = Meta(
        text.title,
        text.summary,
        kind="article",
        languages=written_in(event),
        data=event_data(request, event, rows.sources),
    )
    context = {"event": event, "text": text, "meta": meta, **rows._asdict()}
    return render(request, "events/detail.html", context)
