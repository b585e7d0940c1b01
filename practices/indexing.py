"""Under which words practices and themes are found."""

from itertools import chain

from cities.indexing import country_names, names_of, texts_in_order
from practices.models import Practice, Theme
from practices.richtext import said
from search.index import register, renew, texts_of
from search.models import Document

BORROWED = (
    "translations",
    "city__translations",
    "further_cities__translations",
    "theme__translations",
    "further_themes__translations",
    "creative_sectors__translations",
    "growth_sectors__translations",
    "tags",
    "participants",
)


def documents_of_practices(keys):
    """What the index holds of these practices, one document for each language; published ones only."""
    practices = Practice.objects.published().filter(pk__in=keys)
    for practice in practices.select_related("city", "theme").prefetch_related(*BORROWED):
        names = " \n".join(words_of(practice))
        for text in texts_in_order(practice):
            yield Document(
                kind="practice",
                key=practice.pk,
                language=text.language_code,
                title=text.title,
                names=names,
                text=said(text, "summary", *Practice.Section.values),
            )


def words_of(practice):
    """Names under which a practice is also found: cities and countries, themes, sectors, tags and organisations."""
    cities = sorted({practice.city, *practice.further_cities.all()}, key=lambda city: city.pk)
    words = chain(
        [practice.theme],
        *(
            sorted(related.all(), key=lambda word: word.pk)
            for related in (practice.further_themes, practice.creative_sectors, practice.growth_sectors)
        ),
    )
    names = [name for city in cities for name in names_of(city)]
    names += [name for country in practice.further_countries for name in country_names(country.code)]
    names += [text.name for word in words for text in texts_in_order(word)]
    names += sorted(tag.name for tag in practice.tags.all())
    names += sorted(participant.name for participant in practice.participants.all())
    return list(dict.fromkeys(names))


def practice_keys():
    """The keys of all practices that are to be found."""
    return Practice.objects.published().order_by("pk").values_list("pk", flat=True)


def index_practices(practices):
    """Brings the index up to date for these practices: what is published is in it, nothing else is."""
    renew("practice", list(practices.order_by("pk").values_list("pk", flat=True)))


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


def index_themes(themes):
    """Brings the index up to date for these themes."""
    renew("theme", list(themes.order_by("pk").values_list("pk", flat=True)))


register("practice", practice_keys, documents_of_practices)
register("theme", theme_keys, documents_of_themes)
