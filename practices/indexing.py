"""Under which words practices and themes are found."""

from itertools import chain

from cities.indexing import country_names, names_of, texts_in_order
from cities.models import City
from practices.models import Practice, Theme
from practices.published import SAID
from practices.richtext import said
from search.asking import rows
from search.index import register, renew, texts_of
from search.models import Document

TEXTS = Practice._parler_meta.root_model
# Where the names stand of what practices share, by what they are in `SAID`.
CALLED = {
    "themes": "practices_theme_translation",
    "creative": "practices_sector_translation",
    "growth": "practices_sector_translation",
}
SHARED = "\n".join(
    f"""|| ARRAY(
        SELECT name FROM {SAID[what][0]} JOIN {names} ON master_id = {SAID[what][2]}
        WHERE practice_id = practice.id ORDER BY master_id, language_code
    )"""  # nosec B608 # noqa: S608 - names of our own tables and columns
    for what, names in CALLED.items()
)
# What is said of published practices by others, in the order of their names in the index.
NAMED = f"""
    SELECT id, ARRAY(SELECT city_id FROM practices_practice_further_cities WHERE practice_id = practice.id) || city_id,
        further_countries,
        ARRAY(SELECT name FROM practices_theme_translation WHERE master_id = theme_id ORDER BY language_code)
        {SHARED}
        || ARRAY(
            SELECT name FROM {SAID["tags"][0]} JOIN taggit_tag AS tag ON tag.id = tag_id
            WHERE object_id = practice.id ORDER BY name COLLATE "C"
        )
        || ARRAY(SELECT name FROM practices_participant WHERE practice_id = practice.id ORDER BY name COLLATE "C")
    FROM practices_practice AS practice WHERE state = 'published' AND id = ANY(%s)
"""  # nosec B608 # noqa: S608 - names of our own tables and columns


def documents_of_practices(keys):
    """What the index holds of these practices, one document for each language; published ones only."""
    names = names_of_practices(keys)
    for text in TEXTS.objects.filter(master__in=names).order_by("master", "language_code"):
        yield Document(
            kind="practice",
            key=text.master_id,
            language=text.language_code,
            title=text.title,
            names=names[text.master_id],
            text=said(text, "summary", *Practice.Section.values),
        )


def names_of_practices(keys):
    """Names under which practices are also found: cities and countries, themes, sectors, tags and organisations.

    Asked for many at once, with the cities they share read once: {practice: names}.
    """
    found = rows(NAMED, [list(keys)])
    cities = City.objects.filter(pk__in={city for _pk, cities, *_more in found for city in cities})
    names_of_city = {city.pk: names_of(city) for city in cities.prefetch_related("translations")}
    names = {}
    for pk, cities, countries, words in found:
        places = chain.from_iterable(names_of_city[city] for city in sorted(set(cities)))
        lands = chain.from_iterable(country_names(code) for code in filter(None, countries.split(",")))
        names[pk] = " \n".join(dict.fromkeys(chain(places, lands, words)))
    return names


def practice_keys():
    """The keys of all practices that are to be found."""
    return Practice.objects.published().order_by("pk").values_list("pk", flat=True)


def index_practices(practices, *progress):
    """Brings the index up to date for these practices: what is published is in it, nothing else is."""
    renew("practice", list(practices.order_by("pk").values_list("pk", flat=True)), *progress)


def documents_of_themes(keys):
    """What the index holds of these themes, one document for each language they are described in."""
    for theme in Theme.objects.filter(pk__in=keys).prefetch_related("translations"):
        for text in texts_in_order(theme):
            yield Document(
                kind="theme",
                key=theme.pk,
                language=text.language_code,
                title=text.name,
                text=texts_of(text, "one_line", "definition"),
            )


def theme_keys():
    """The keys of all themes that are to be found."""
    return Theme.objects.order_by("pk").values_list("pk", flat=True)


def index_themes(themes, *progress):
    """Brings the index up to date for these themes."""
    renew("theme", list(themes.order_by("pk").values_list("pk", flat=True)), *progress)


register("practice", practice_keys, documents_of_practices)
register("theme", theme_keys, documents_of_themes)
