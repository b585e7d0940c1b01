"""Practices and themes in the words of schema.org."""

from django.utils.translation import gettext as _

from cities.linked_data import breadcrumbs, citations, geo, organization, place, website
from cities.meta import address_of, canonical_path, origin, path_of, plain, shown_in, written_in


def practice_data(request, practice, tags=(), sources=()):
    """A practice of the catalogue as an article, and the way to its page."""
    path = canonical_path(practice.get_absolute_url(), written_in(practice))
    address = origin(request) + path
    data = {
        "@type": "Article",
        "@id": f"{address}#practice",
        "url": address,
        "headline": plain(practice.title),
        "description": plain(practice.summary),
        "inLanguage": shown_in(practice),
        "datePublished": practice.published_at.isoformat(),
        "dateModified": practice.updated_at.isoformat(),
        "image": origin(request) + address_of("practices:card", practice.slug),
        "about": theme_term(request, practice.theme_term, practice.theme_term.names),
        "spatialCoverage": place(practice.city_term),
        "isAccessibleForFree": True,
        "isPartOf": website(request),
        "publisher": organization(request),
        **what_is_known(practice),
    }
    if tags:
        data["keywords"] = [plain(tag) for tag in tags]
    if works := citations(sources):
        data["citation"] = works
    return [data, breadcrumbs(request, (_("Practices"), path_of("practices:list")), (practice.title, path))]


def what_is_known(practice):
    """The facts of a practice that not every practice has."""
    facts = {}
    if practice.lat is not None:
        facts["contentLocation"] = {"@type": "Place", "geo": geo(practice.lat, practice.lon)}
        if practice.address:
            facts["contentLocation"]["address"] = plain(practice.address)
    if practice.start_year and practice.end_year:
        facts["temporalCoverage"] = f"{practice.start_year}/{practice.end_year}"
    elif practice.start_year and practice.outcome == practice.Outcome.RUNNING:
        facts["temporalCoverage"] = f"{practice.start_year}/.."
    return facts


def theme_term(request, theme, languages):
    """A theme, named in these languages, as a defined term."""
    address = origin(request) + canonical_path(theme.get_absolute_url(), languages)
    return {"@type": "DefinedTerm", "name": plain(theme), "url": address}


def theme_data(request, theme):
    """A theme, what its definition rests on, and the way to its page."""
    path = canonical_path(theme.get_absolute_url(), written_in(theme))
    data = {
        **theme_term(request, theme, written_in(theme)),
        "description": plain(theme.one_line),
        "termCode": theme.slug,
        "inDefinedTermSet": origin(request) + path_of("themes:list"),
    }
    return [data, breadcrumbs(request, (_("Themes"), path_of("themes:list")), (str(theme), path))]
