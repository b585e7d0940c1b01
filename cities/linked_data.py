"""The site, its lists and its cities in the words of schema.org."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.translation import gettext as _

from cities.meta import SITE_NAME, canonical_path, origin, path_of, plain, written_in


def home_address(request):
    """The address of the site."""
    return origin(request) + get_script_prefix()


def organization(request):
    """Who publishes the site."""
    home = home_address(request)
    return {
        "@type": "Organization",
        "@id": f"{home}#organization",
        "name": SITE_NAME,
        "url": home,
        "logo": request.build_absolute_uri(static("img/icon-512.png")),
    }


def website(request):
    """The site as a whole."""
    home = home_address(request)
    return {"@type": "WebSite", "@id": f"{home}#website", "name": SITE_NAME, "url": home}


def home_data(request):
    """The home page: the site, how to search it, and who publishes it."""
    search = origin(request) + path_of("practices:list") + "?q={search_term_string}"
    return [
        {
            **website(request),
            "inLanguage": list(settings.INTERFACE_LANGUAGES),
            "publisher": {"@type": "Organization", "@id": organization(request)["@id"]},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": search},
            },
        },
        organization(request),
    ]


def breadcrumbs(request, *trail):
    """The way from the home page to the page; `trail` holds (name, path)."""
    steps, site = [(_("Home"), path_of("home")), *trail], origin(request)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": plain(name), "item": site + path}
            for number, (name, path) in enumerate(steps, 1)
        ],
    }


def collection_data(request, title, description, rows, first=1):
    """A page that lists rows: what it is about, and the rows on it; `first` is the number of the first of them."""
    site = origin(request)
    page = {
        "@type": "CollectionPage",
        "name": plain(title),
        "description": plain(description),
        "url": site + request.path,
        "inLanguage": translation.get_language(),
        "isPartOf": website(request),
    }
    steps = [
        {
            "@type": "ListItem",
            "position": number,
            "name": plain(row),
            "url": site + row.get_absolute_url(),
        }
        for number, row in enumerate(rows, first)
    ]
    if steps:
        page["mainEntity"] = {"@type": "ItemList", "itemListElement": steps}
    return page


def geo(lat, lon):
    """A position on the globe."""
    return {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}


def place(city):
    """A city as the place where something is."""
    return {
        "@type": "Place",
        "name": plain(city),
        "address": {"@type": "PostalAddress", "addressLocality": plain(city), "addressCountry": city.country.code},
        "geo": geo(city.lat, city.lon),
    }


def citations(sources):
    """The documents that a page rests on."""
    works = []
    for source in sources:
        work = {"@type": "CreativeWork", "name": plain(source.title)}
        if source.url:
            work["url"] = source.url
        works.append(work)
    return works


def city_data(request, city):
    """A city and the way to its page."""
    path = canonical_path(city.get_absolute_url(), written_in(city))
    name = plain(city)
    others = dict.fromkeys(plain(other) for other in (city.local_name, *city.other_names))
    data = {
        "@type": "City",
        "@id": f"{origin(request)}{path}#city",
        "name": name,
        "url": origin(request) + path,
        "geo": geo(city.lat, city.lon),
        "containedInPlace": {"@type": "Country", "name": str(city.country.name), "identifier": city.country.code},
    }
    if others := [other for other in others if other and other != name]:
        data["alternateName"] = others
    if city.website:
        data["sameAs"] = city.website
    if profile := city.safe_translation_getter("profile", any_language=True):
        data["description"] = plain(profile.split("\n\n")[0])
    return [data, breadcrumbs(request, (_("Cities"), path_of("cities:list")), (name, path))]
