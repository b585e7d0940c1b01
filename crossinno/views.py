"""Home and the few pages that span apps."""

from datetime import date
from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cities.linked_data import home_data
from cities.markers import markers
from cities.meta import Meta
from cities.models import City
from editing.rights import rights_of
from events.models import Event
from practices.catalogue import catalogue
from practices.models import Feature, Practice
from search.finding import find

LATEST = 6
LOOKED_AT = 200
EVENTS = 4
HITS_OF_A_KIND = 10


@require_safe
def home(request):
    """Search, the map of the cities, featured practices, the coverage matrix and what is new."""
    return render(request, "home.html", home_context(request))


@never_cache
@require_safe
def home_on(request):
    """The home page with what is featured on a chosen day, for webmasters; nobody keeps it."""
    if not admin.site.has_permission(request):
        return admin.site.login(request)
    if not rights_of(request.user).is_webmaster:
        raise PermissionDenied
    day = parse_day(request.GET.get("day", ""))
    context = home_context(request, day or timezone.localdate())
    return render(request, "home_on.html", {**context, "day": day}, status=200 if day else 400)


def parse_day(text):
    """The day that the address names; None if it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def home_context(request, day=None):
    """What the home page shows on a day (today)."""
    known = catalogue()
    read = partial(features_and_events, known, day)
    features, events = read() if day else known.once(f"features on {timezone.localdate()}", read)
    featured = [feature.practice_id for feature in features]
    newest = newest_by_city(known, featured)
    cards = {card.pk: card for card in known.listed([*featured, *newest])}
    return {
        "features": [(feature, cards[feature.practice_id]) for feature in features if feature.practice_id in cards],
        "latest": [cards[key] for key in newest if key in cards],
        "cities": known.cities.values(),
        "number": len(known.facets.keys),
        "events": events,
        "meta": Meta(
            _("Good practices of cross innovation in European cities"),
            _("A knowledge base of good practices in cross innovation, shared by eleven European cities."),
            data=home_data(request),
        ),
        **overviews(known),
    }


def features_and_events(known, day):
    """What is featured on a day (today), and the latest events; those of today are kept with the catalogue."""
    features = list(Feature.objects.current(day).prefetch_related("translations"))
    return features, known.hosted(list(Event.objects.published().with_cards()[:EVENTS]))


def overviews(known):
    """What the home page shows of all practices at once; made once for each content version and language."""
    themes = [(theme, known.number("theme", theme.slug)) for theme in known.themes.values()]
    return {
        "theme_links": known.once("links", lambda: render_to_string("components/theme_links.html", {"themes": themes})),
        "map": known.once("map", lambda: render_to_string("components/map.html", {"markers": city_markers(known)})),
        "matrix_table": known.once(
            "matrix", lambda: render_to_string("components/matrix.html", {"themes": themes, "matrix": coverage(known)})
        ),
    }


def city_markers(known):
    """The cities on the map, each with the number of its practices."""
    return markers((city, known.number("city", city.slug)) for city in known.cities.values())


def newest_by_city(known, left_out):
    """The keys of the newest practices, apart from some; of the same city only if there are too few cities."""
    candidates, first_of_city = known.facets.keys[:LOOKED_AT], {}
    for place, key in enumerate(candidates):
        if key not in left_out:
            first_of_city.setdefault(known.facets.own["city"].at(place)[0], key)
        if len(first_of_city) == LATEST:
            break
    first = list(first_of_city.values())
    return (first + [key for key in candidates if key not in first and key not in left_out])[:LATEST]


def coverage(known):
    """The coverage matrix: for every city its practices by theme, [(city, [(theme, count), …]), …]."""
    return [
        (
            city,
            [
                (theme, known.facets.hits({"city": [city.slug], "theme": [theme.slug]}).bit_count())
                for theme in known.themes.values()
            ],
        )
        for city in known.cities.values()
    ]


@require_safe
def search(request):
    """Everything that has the words, by kind: practices, cities, themes and events."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:2000]
    found = {}
    for hit in find(text, get_language(), kind=None).hits if text else ():
        found.setdefault(hit.kind, []).append(hit.key)
    known = catalogue()
    found["practice"] = [key for key in found.get("practice", ()) if key in known.facets.places]
    events = Event.objects.published().with_cards().in_bulk(found.get("event", [])[:HITS_OF_A_KIND])
    events = [events[key] for key in found.get("event", ()) if key in events]
    context = {
        "text": text,
        "number": sum(len(keys) for keys in found.values()),
        "numbers": {kind: len(keys) for kind, keys in found.items()},
        "practices": known.listed(found["practice"][:HITS_OF_A_KIND]),
        "cities": [known.cities[key] for key in found.get("city", ()) if key in known.cities],
        "themes": [known.themes[key] for key in found.get("theme", ()) if key in known.themes],
        "events": known.hosted(events),
        "meta": Meta(_("Search"), _("Search practices, cities, themes and events at once."), noindex=bool(text)),
    }
    return render(request, "search.html", context)


@require_safe
def about(request):
    """What the partnership was and how this knowledge base works."""
    known = catalogue()
    context = {
        "cities": City.objects.with_names().prefetch_related("partners"),
        "themes": known.themes.values(),
        "number": len(known.facets.keys),
        "confirmed": Practice.objects.published().confirmed().count(),
        "meta": Meta(
            _("About the partnership"),
            _("How eleven cities came to share practices of cross innovation, and how this knowledge base works."),
        ),
    }
    return render(request, "about.html", context)


@require_safe
def accessibility(request):
    """How accessible the site is, and whom to tell what is not."""
    meta = Meta(
        _("Accessibility"), _("How accessible Crossinno is, how we check it, and whom to tell about a barrier.")
    )
    return render(request, "accessibility.html", {"meta": meta})


@require_safe
def privacy(request):
    """What the site stores about its readers: next to nothing."""
    meta = Meta(_("Privacy"), _("What Crossinno stores about its readers and for how long: next to nothing."))
    return render(request, "privacy.html", {"meta": meta})
