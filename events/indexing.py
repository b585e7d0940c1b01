"""Under which words events are found."""

from cities.indexing import names_of
from search.index import replace, texts_of
from search.models import Document


def index_events(events):
    """Brings the index up to date for these events: what is published is in it, nothing else is."""
    events = list(
        events.select_related("host_city", "theme").prefetch_related(
            "translations",
            "host_city__translations",
            "theme__translations",
            "participating_cities__translations",
            "programme",
            "practices_seen",
        )
    )
    replace(
        "event",
        [event.pk for event in events],
        [document for event in events if event.is_published for document in documents_of(event)],
    )


def documents_of(event):
    """What the index holds of an event, one document for each language it is written in."""
    cities = (
        [event.host_city, *event.participating_cities.all()] if event.host_city else event.participating_cities.all()
    )
    names = [name for city in cities for name in names_of(city)]
    names += [seen.name for seen in event.practices_seen.all() if seen.name]
    if event.theme:
        names += [text.name for text in event.theme.translations.all()]
    programme = "\n".join(item.text for item in event.programme.all())
    for text in event.translations.all():
        yield Document(
            kind="event",
            key=event.pk,
            language=text.language_code,
            title=text.title,
            names=" ".join([*names, str(event.get_kind_display())]),
            text=texts_of(text, "summary", "description", "outcomes") + "\n" + programme,
        )
