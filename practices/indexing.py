"""Under which words practices and themes are found."""

from itertools import islice

from cities.indexing import names_of
from practices.models import Practice
from search.index import replace, texts_of
from search.models import Document

CHUNK = 500


def index_practices(practices):
    """Brings the index up to date for these practices: what is published is in it, nothing else is."""
    rows = practices.select_related("city", "theme").prefetch_related(
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
    rows = rows.order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        documents = [document for practice in chunk if practice.is_published for document in documents_of(practice)]
        replace("practice", [practice.pk for practice in chunk], documents)


def documents_of(practice):
    """What the index holds of a practice, one document for each language it is written in."""
    cities = [name for city in (practice.city, *practice.further_cities.all()) for name in names_of(city)]
    words = [
        practice.theme,
        *practice.further_themes.all(),
        *practice.creative_sectors.all(),
        *practice.growth_sectors.all(),
    ]
    words = [text.name for word in words for text in word.translations.all()]
    words += [tag.name for tag in practice.tags.all()] + [
        participant.name for participant in practice.participants.all()
    ]
    for text in practice.translations.all():
        yield Document(
            kind="practice",
            key=practice.pk,
            language=text.language_code,
            title=text.title,
            names=" ".join([*cities, *words]),
            text=texts_of(text, "summary", *Practice.Section.values),
        )


def index_themes(themes):
    """Brings the index up to date for these themes."""
    themes = list(themes.prefetch_related("translations"))
    replace(
        "theme",
        [theme.pk for theme in themes],
        [
            Document(
                kind="theme",
                key=theme.pk,
                language=text.language_code,
                title=text.name,
                text=texts_of(text, "one_line", "definition"),
            )
            for theme in themes
            for text in theme.translations.all()
        ],
    )
