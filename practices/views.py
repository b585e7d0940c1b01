"""Pages of practices and themes."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from cities.linked_data import collection_data
from cities.meta import Meta, address_of, written_in
from practices.catalogue import catalogue
from practices.detail import Values, detail_context
from practices.filters import PER_PAGE, PracticeFilter
from practices.linked_data import practice_data, theme_data
from practices.listed import Why
from practices.loosened import loosened
from practices.models import FormerSlug, Practice, Theme
from practices.places import places_of
from practices.related import related_to
from search.asked import note
from search.finding import marked, snippet

CHOICES_PER_PAGE = 300


@require_safe
@vary_on_headers("HX-Request")
def practice_list(request):
    """Published practices, narrowed by words, facets and years, as cards, as a table or on a map."""
    found = PracticeFilter(request.GET)
    if facet := found.all_choices:
        return facet_choices(request, found, facet)
    page = Paginator(found.keys, PER_PAGE[found.view]).get_page(request.GET.get("page"))
    page.practices = found.catalogue.listed(page.object_list) if found.view != "map" else []
    context = {"found": found, "page": page}
    if found.view == "map":
        context["markers"], context["spots"] = places_of(found)
    elif found.text:
        show_why(found, page)
    if not page.paginator.count:
        context["loosened"] = loosened(found)
    title = _("Practices")
    description = _(
        "How creative industries and other sectors work together: what was done, what came of it, what others need."
    )
    data = collection_data(request, title, description, page.practices, page.start_index())
    context["meta"] = Meta(title, description, page=page.number, data=data)
    partial = request.htmx and not request.htmx.history_restore_request
    template = "practices/_results.html" if partial else "practices/list.html"
    response = render(request, template, context, status=400 if found.errors else 200)
    if found.text and not found.errors and page.number == 1:
        note(found.text, get_language(), found.addresses.to(q=None, sort=None, view=None), page.paginator.count)
        if not page.paginator.count:
            response["Cache-Control"] = "no-store"  # so that each search that finds nothing is counted
    return response


def show_why(found, page):
    """Gives the practices of a page marks and passages that say why they were found, and parts good from weak ones."""
    hits = found.findings.hits_of(practice.pk for practice in page.practices)
    passages = snippet(found.findings, [hits[practice.pk] for practice in page.practices])
    page.why = {
        practice.pk: Why(
            marked(practice.title, found.findings), passages.get(("practice", practice.pk)), hits[practice.pk].language
        )
        for practice in page.practices
    }
    good = found.split[0].bit_count()
    page.good = page.practices[: max(good - page.start_index() + 1, 0)] if good else page.practices
    page.weaker = page.practices[len(page.good) :]


def facet_choices(request, found, facet):
    """All choices of one facet, for facets too long for the list."""
    page = Paginator(facet.choices, CHOICES_PER_PAGE).get_page(request.GET.get("page"))
    meta = Meta(facet.label, _("All choices of a filter of the practices."), noindex=True)
    context = {"found": found, "facet": facet, "page": page, "meta": meta}
    return render(request, "practices/choices.html", context, status=400 if found.errors else 200)


@require_safe
def practice_detail(request, slug):
    """One practice, and what to read next."""
    known = catalogue()
    if slug not in known.slugs:
        return practice_gone(request, slug)
    key = known.slugs[slug]
    practice = next(iter(known.cards([key])), None)
    if practice is None:
        raise Http404
    context = detail_context(practice, known, Values(known.facets.values_of(key), known.tags))
    context["related"] = known.listed(related_to(known, key))
    context["meta"] = Meta(
        f"{practice.title}, {practice.city_term}",
        practice.summary,
        image=address_of("practices:card", slug),
        kind="article",
        languages=written_in(practice),
        data=practice_data(request, practice, [name for _tag, name in context["tags"]], context["sources"]),
    )
    return render(request, "practices/detail.html", context)


def practice_gone(request, slug):
    """Sends on from a former address, says that an archived practice is gone, or knows nothing."""
    former = FormerSlug.objects.filter(slug=slug).select_related("practice").first()
    if former and former.practice.is_published:
        return redirect(former.practice, permanent=True)
    slugs = [slug, former.practice.slug if former else slug]
    archived = Practice.objects.archived().filter(slug__in=slugs).select_related("replaced_by").first()
    if archived is None:
        raise Http404
    successor = archived.replaced_by if archived.replaced_by and archived.replaced_by.is_published else None
    return render(request, "410.html", {"practice": archived, "successor": successor}, status=410)


@require_safe
def theme_list(request):
    """The sub-themes."""
    known = catalogue()
    themes = list(Theme.objects.with_names())
    for theme in themes:
        theme.count = known.number("theme", theme.slug)
    title, description = (
        _("Themes"),
        _("Four ways in which a city can help creative industries and other sectors to work together."),
    )
    meta = Meta(title, description, data=collection_data(request, title, description, themes))
    return render(request, "themes/list.html", {"themes": themes, "meta": meta})


@require_safe
def theme_detail(request, slug):
    """One theme, what it means, and its practices."""
    known = catalogue()
    theme, events = known.once(f"theme {slug}", lambda: _with_events(slug))
    keys = known.facets.listed(known.facets.hits({"theme": [slug]}))
    page = Paginator(keys, PER_PAGE["cards"]).get_page(request.GET.get("page"))
    page.practices = known.listed(page.object_list)
    context = {
        "theme": theme,
        "page": page,
        "events": events,
        "sources": theme.sources.all(),
        "meta": Meta(
            theme.name, theme.one_line, languages=written_in(theme), page=page.number, data=theme_data(request, theme)
        ),
    }
    return render(request, "themes/detail.html", context)


def _with_events(slug):
    """A theme with its sources, and its latest events; there are few themes, so they are kept with the catalogue."""
    theme = get_object_or_404(Theme.objects.with_names().prefetch_related("sources"), slug=slug)
    return theme, list(theme.events.published().with_titles()[:6])
