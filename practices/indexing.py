"""Under which words practices and themes are found."""

from collections import defaultdict
from itertools import chain

from cities.indexing import country_names, names_of, texts_in_order
from cities.models import City
from practices.models import Practice, Sector, Theme
from practices.richtext import said
from search.index import register, renew, texts_of
from search.models import Document

TEXTS = Practice._parler_meta.root_model
WORDS = {"further_themes": Theme, "creative_sectors": Sector, "growth_sectors": Sector}


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

    Asked for many at once, with what they share read once: {practice: names}.
    """
    practices = Practice.objects.published().filter(pk__in=keys)
    cities = {city.pk: names_of(city) for city in City.objects.prefetch_related("translations")}
    further = related(practices, "further_cities")
    shared = {model: names_by_key(model) for model in (Theme, Sector)}
    words = {field: related(practices, field) for field in WORDS}
    own = [related(practices, "tags__name"), related(practices, "participants__name")]
    names = {}
    for pk, city, theme, countries in practices.values_list("pk", "city", "theme", "further_countries"):
        found = [name for key in sorted({city, *further[pk]}) for name in cities[key]]
        found += chain.from_iterable(country_names(code) for code in filter(None, countries.split(",")))
        found += shared[Theme][theme]
        found += (name for field, model in WORDS.items() for key in words[field][pk] for name in shared[model][key])
        found += chain.from_iterable(sorted(values[pk]) for values in own)
        names[pk] = " \n".join(dict.fromkeys(found))
    return names


def names_by_key(model):
    """What themes or sectors are called in every language: {key: names}."""
    names = defaultdict(list)
    for key, name in model.objects.order_by("pk", "translations__language_code").values_list(
        "pk", "translations__name"
    ):
        names[key].append(name)
    return names


def related(practices, path):
    """What each practice is related to by this path: {practice: values}."""
    found = defaultdict(list)
    for pk, value in practices.filter(**{f"{path}__isnull": False}).order_by("pk", path).values_list("pk", path):
        found[pk].append(value)
    return found


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
