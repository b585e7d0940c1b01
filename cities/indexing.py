"""Under which words cities are found."""

from functools import cache

from django.conf import settings
from django.utils import translation
from django_countries import countries

from cities.models import City
from search.index import register, renew, texts_of
from search.models import Document


@cache
def country_names(code):
    """What a country is called in the languages of the site, each name once."""
    names = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names.append(str(countries.name(code)))
    return list(dict.fromkeys(filter(None, names)))


def names_of(city):
    """Every name a reader may know the city by, those of its country among them."""
    names = {city.local_name, *city.other_names, *(text.name for text in city.translations.all())}
    return [*sorted(names), *country_names(city.country.code)]


def texts_in_order(thing):
    """The translations of a thing in the order of their languages."""
    return sorted(thing.translations.all(), key=lambda text: text.language_code)


def documents_of_cities(keys):
    """What the index holds of these cities, one document for each language they are described in."""
    for city in City.objects.filter(pk__in=keys).prefetch_related("translations", "partners"):
        partners = sorted(partner.name for partner in city.partners.all())
        for text in texts_in_order(city):
            yield Document(
                kind="city",
                key=city.pk,
                language=text.language_code,
                title=text.name,
                names=" \n".join([*names_of(city), *partners]),
                text=texts_of(text, "profile"),
            )


def city_keys():
    """The keys of all cities that are to be found."""
    return City.objects.order_by("pk").values_list("pk", flat=True)


def index_cities(cities, *progress):
    """Brings the index up to date for these cities."""
    renew("city", list(cities.order_by("pk").values_list("pk", flat=True)), *progress)


register("city", city_keys, documents_of_cities)
