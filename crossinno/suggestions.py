"""What the search box offers while somebody types."""

from itertools import islice

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.meta import address_of
from practices.catalogue import catalogue
from search.asked import asked_before
from search.asking import rows
from search.finding import find
from search.words import WORD, fold

LONGEST = 100
OF_A_KIND = {"practice": 5, "city": 2, "theme": 2, "event": 2}
TAGS = 2
LOOKED_AT = 20

# The titles of things in every language they have one in.
TITLES = """
    SELECT kind, key, title FROM unnest(%(kinds)s::text[], %(keys)s::bigint[]) AS hit (kind, key)
    CROSS JOIN LATERAL (
        SELECT title FROM search_document AS document WHERE document.kind = hit.kind AND document.key = hit.key OFFSET 0
    ) AS document  -- each by the index, however many the planner takes them for
"""

# Events, in the order of these keys: their titles in the language of the page, else in another.
EVENTS = """
    SELECT slug, text.title, text.language_code
    FROM unnest(%(keys)s::bigint[]) WITH ORDINALITY AS hit (key, place) JOIN events_event AS event ON event.id = key
    CROSS JOIN LATERAL (
        SELECT title, language_code FROM events_event_translation WHERE master_id = event.id
        ORDER BY language_code <> %(page)s::text, language_code <> %(default)s::text, language_code LIMIT 1
    ) AS text
    WHERE is_published ORDER BY place
"""


@require_safe
def suggestions(request):
    """Practices, cities, themes, events, tags and searches of others that begin like the text: kind, label, address."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if len(text) < 2 or len(text) > LONGEST:
        return JsonResponse({"suggestions": []})
    findings = find(text, get_language(), kind=None, prefix=True, correct=False)
    known, found = catalogue(findings.version), {}
    for hit in best_named(findings):
        keys = found.setdefault(hit.kind, [])
        if len(keys) < OF_A_KIND[hit.kind]:
            keys.append(hit.key)
    offered = [*things(known, found), *tags(known, text), *searches(text)]
    return JsonResponse({"suggestions": offered})


def best_named(findings):
    """What was found: what is called like the beginning first, then other practices."""
    hits, words = findings.matches.best(LOOKED_AT), WORD.findall(fold(findings.asked))
    parameters = {"kinds": [hit.kind for hit in hits], "keys": [hit.key for hit in hits]}
    titles = rows(TITLES, parameters) if hits and words else []
    called = {(kind, key) for kind, key, title in titles if f" {words[-1]}" in f" {fold(title)}"}
    named = [hit for hit in hits if hit[:2] in called]
    return named + [hit for hit in hits if hit.kind == "practice" and hit[:2] not in called]


def things(known, found):
    """Practices, cities, themes and events that were found."""
    for practice in known.listed(found.get("practice", ())):
        yield {
            "kind": _("Practice"),
            "label": f"{practice.title}, {practice.city_term}",
            "language": practice.language,
            "address": practice.get_absolute_url(),
        }
    for kind, terms, word in (("city", known.cities, _("City")), ("theme", known.themes, _("Theme"))):
        for key in found.get(kind, ()):
            if key in terms:
                yield {"kind": word, "label": terms[key].name, "address": terms[key].get_absolute_url()}
    if found.get("event"):
        parameters = {"keys": found["event"], "page": get_language(), "default": settings.LANGUAGE_CODE}
        for slug, title, language in rows(EVENTS, parameters):
            address = address_of("events:detail", slug)
            yield {"kind": _("Event"), "label": title, "language": language, "address": address}


def tags(known, text):
    """Tags of which a word begins like the text."""
    beginning = f" {fold(text)}"
    folded = known.once("folded tags", lambda: [(f" {fold(name)}", slug) for slug, name in known.tags.items()])
    for slug in islice((slug for name, slug in folded if beginning in name), TAGS):
        yield {"kind": _("Tag"), "label": known.tags[slug], "address": f"{reverse('practices:list')}?tag={slug}"}


def searches(text):
    """What others searched for with success."""
    for words in asked_before(text):
        address = reverse("practices:list", query={"q": words})
        yield {"kind": _("Search"), "label": words, "address": address}
