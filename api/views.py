"""The addresses of the interface for machines: everything that is published, and nothing else."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.decorators import api_view
from rest_framework.response import Response

from api import practice_shapes, shapes
from api.answers import for_everyone, fresh
from api.asking import Asked
from api.description import described
from api.lists import counts_of, found_by, page_of
from api.problems import Gone
from cities.models import City
from events.filters import EventFilter
from events.models import Event
from practices.catalogue import catalogue
from practices.filters import PracticeFilter
from practices.models import FormerSlug, Practice, Theme

READ = ["GET", "HEAD"]


@for_everyone
@described(practice_shapes.PracticePage, "practices", PracticeFilter, ["exact"], paged=True)
@api_view(READ)
@fresh
def practice_list(request):
    """Published practices: the same filters, words, order and counts as the list page. With `q` the best come first."""
    asked = Asked(request, [*PracticeFilter.base_filters, "exact"], paged=True)
    with asked.told():
        found = found_by(PracticeFilter, asked)
        piece = asked.piece(found.keys)
        practices = found.catalogue.listed(piece.keys)
        if found.text:
            asked.scores = {key: hit.score for key, hit in found.findings.hits_of(piece.keys).items()}
        more = {"search": found.findings if found.text else None, "facets": found.facets}
        return page_of(asked, found.keys, piece, practices, practice_shapes.PracticePage, **more)


@for_everyone
@described(practice_shapes.PracticeDetail, "practice")
@api_view(READ)
@fresh
def practice_detail(request, slug):
    """One practice with all its texts, sources and participants."""
    asked = Asked(request)
    known = catalogue()
    if slug not in known.slugs:
        return practice_gone(slug)
    with asked.told():
        key = known.slugs[slug]
        practice = next(iter(known.cards([key])), None)
        if practice is None:
            raise Http404
        practice_shapes.complete(practice, known, known.facets.values_of(key))
        return asked.told_as(practice_shapes.PracticeDetail, practice)


def practice_gone(slug):
    """Sends on from a former address, says that an archived practice is gone, or knows nothing."""
    former = (
        FormerSlug.objects.filter(slug=slug, practice__state=Practice.State.PUBLISHED)
        .select_related("practice")
        .first()
    )
    if former:
        address = reverse("api:practice", args=[former.practice.slug])
        return Response({"moved_to": address}, status=301, headers={"Location": address})
    if Practice.objects.archived().filter(slug=slug).exists():
        raise Gone
    raise Http404


@for_everyone
@described(shapes.CityPage, "cities", paged=True)
@api_view(READ)
@fresh
def city_list(request):
    """The partner cities."""
    asked = Asked(request, paged=True)
    with asked.told():
        known = catalogue()
        keys = list(known.cities)
        piece = asked.piece(keys)
        cities = counts_of(known, "city", City.objects.with_names().in_bulk(piece.keys), piece.keys)
        return page_of(asked, keys, piece, cities, shapes.CityPage)


@for_everyone
@described(shapes.CityDetail, "city")
@api_view(READ)
@fresh
def city_detail(request, slug):
    """One city with its profile, partner organisations and sources."""
    asked = Asked(request)
    with asked.told():
        city = get_object_or_404(City.objects.with_names(), slug=slug)
        counts_of(catalogue(), "city", {city.pk: city}, [city.pk])
        return asked.told_as(shapes.CityDetail, city)


@for_everyone
@described(shapes.ThemePage, "themes", paged=True)
@api_view(READ)
@fresh
def theme_list(request):
    """The themes of cross innovation."""
    asked = Asked(request, paged=True)
    with asked.told():
        known = catalogue()
        keys = list(known.themes)
        piece = asked.piece(keys)
        themes = counts_of(known, "theme", Theme.objects.with_names().in_bulk(piece.keys), piece.keys)
        return page_of(asked, keys, piece, themes, shapes.ThemePage)


@for_everyone
@described(shapes.ThemeDetail, "theme")
@api_view(READ)
@fresh
def theme_detail(request, slug):
    """One theme with its definition and sources."""
    asked = Asked(request)
    with asked.told():
        theme = get_object_or_404(Theme.objects.with_names(), slug=slug)
        counts_of(catalogue(), "theme", {theme.pk: theme}, [theme.pk])
        return asked.told_as(shapes.ThemeDetail, theme)


@for_everyone
@described(shapes.SectorPage, "sectors", paged=True)
@api_view(READ)
@fresh
def sector_list(request):
    """The sectors that take part in practices: creative ones, and growth sectors that work with them."""
    asked = Asked(request, paged=True)
    with asked.told():
        known = catalogue()
        keys = list(known.sectors)
        piece = asked.piece(keys)
        sectors = [known.sectors[key] for key in piece.keys]
        return page_of(asked, keys, piece, sectors, shapes.SectorPage)


@for_everyone
@described(shapes.EventPage, "events", EventFilter, paged=True)
@api_view(READ)
@fresh
def event_list(request):
    """Study visits, policy clinics and other meetings, the latest first."""
    asked = Asked(request, EventFilter.base_filters, paged=True)
    with asked.told():
        found = found_by(EventFilter, asked, queryset=Event.objects.published())
        keys = list(found.qs.values_list("pk", flat=True))
        piece = asked.piece(keys)
        rows = Event.objects.published().with_cards().in_bulk(piece.keys)
        events = catalogue().hosted([rows[key] for key in piece.keys if key in rows])
        return page_of(asked, keys, piece, events, shapes.EventPage)


@for_everyone
@described(shapes.EventDetail, "event")
@api_view(READ)
@fresh
def event_detail(request, slug):
    """One event: programme, practices seen, outcomes, documents."""
    asked = Asked(request)
    with asked.told():
        event = get_object_or_404(Event.objects.published().with_cards(), slug=slug)
        known = catalogue()
        known.hosted([event])
        seen = list(event.practices_seen.all())
        titles = {practice.pk: practice for practice in known.cards([row.practice_id for row in seen])}
        event.seen = [
            shapes.seen_as(row, titles.get(row.practice_id)) for row in seen if row.name or row.practice_id in titles
        ]
        return asked.told_as(shapes.EventDetail, event)
