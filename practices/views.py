"""Pages of practices and themes."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from practices.catalogue import catalogue
from practices.filters import PracticeFilter
from practices.models import FormerSlug, Image, Practice, Theme
from practices.related import related_keys

PER_PAGE = 12


@require_safe
@vary_on_headers("HX-Request")
def practice_list(request):
    """Published practices, narrowed by words and facets."""
    found = PracticeFilter(request.GET)
    page = Paginator(found.keys, PER_PAGE).get_page(request.GET.get("page"))
    page.practices = found.catalogue.cards(page.object_list)
    partial = request.htmx and not request.htmx.history_restore_request
    template = "practices/_results.html" if partial else "practices/list.html"
    return render(request, template, {"found": found, "page": page}, status=400 if found.errors else 200)


@require_safe
def practice_detail(request, slug):
    """One practice, and what to read next."""
    known = catalogue()
    if slug not in known.slugs:
        return practice_gone(request, slug)
    key = known.slugs[slug]
    practice, *related = known.cards([key, *related_keys(known.facets, key)])
    values = known.facets.values_of(key)
    context = {
        "practice": practice,
        "related": related,
        "cities": known.terms("city", values["city"]),
        "further_themes": [term for term in known.terms("theme", values["theme"]) if term != practice.theme_term],
        "creative": known.terms("creative", values.get("creative", ())),
        "growth": known.terms("growth", values.get("growth", ())),
        "tags": [(tag, known.tags[tag]) for tag in values.get("tag", ())],
        "events": practice.events_seen_at(),
        "sources": practice.sources.all(),
        "participants": practice.participants.by_role(),
        "images": practice.images.prefetch_related("translations"),
    }
    return render(request, "practices/detail.html", context)


def practice_gone(request, slug):
    """Sends on from a former address, says that an archived practice is gone, or knows nothing."""
    former = FormerSlug.objects.filter(slug=slug, practice__state=Practice.State.PUBLISHED).select_related("practice").first()
    if former:
        return redirect(former.practice, permanent=True)
    archived = Practice.objects.archived().filter(slug=slug).exists()
    if archived:
        return render(request, "410.html", status=410)
    raise Http404


@require_safe
def practice_image(request, slug, pk):
    """A picture of a published practice."""
    image = get_object_or_404(Image, pk=pk, practice__slug=slug, practice__state=Practice.State.PUBLISHED)
    response = FileResponse(image.file.open(), content_type=None)
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def theme_list(request):
    """The sub-themes, with their definitions."""
    known = catalogue()
    themes = list(Theme.objects.with_names())
    for theme in themes:
        theme.bits = known.facets.bits.get("theme", {}).get(theme.slug, 0)
        theme.count = theme.bits.bit_count()
    return render(request, "themes/list.html", {"themes": themes})


@require_safe
def theme_detail(request, slug):
    """One theme, what it means, and its practices."""
    theme = get_object_or_404(Theme.objects.with_names(), slug=slug)
    known = catalogue()
    keys = known.facets.listed(known.facets.hits({"theme": [slug]}))
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    page.practices = known.cards(page.object_list)
    context = {"theme": theme, "page": page, "events": theme.events.published().with_titles()[:6]}
    return render(request, "themes/detail.html", context)
