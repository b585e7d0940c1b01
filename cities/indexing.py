"""Under which words cities are found."""

from search.index import replace, texts_of
from search.models import Document


def names_of(city):
    """Every name a reader may know the city by, its country among them."""
    names = {city.local_name, *city.other_names, *(translation.name for translation in city.translations.all())}
    return [*sorted(names), str(city.country.name)]


def index_cities(cities):
    """Brings the index up to date for these cities."""
    cities = list(cities.prefetch_related("translations", "partners"))
    replace(
        "city",
        [city.pk for city in cities],
        [
            Document(
                kind="city",
                key=city.pk,
                language=text.language_code,
                title=text.name,
                names=" ".join([*names_of(city), *(partner.name for partner in city.partners.all())]),
                text=texts_of(text, "profile"),
            )
            for city in cities
            for text in city.translations.all()
        ],
    )
