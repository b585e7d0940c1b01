"""Under which words events are found."""

from functools import cache

from django.conf import settings
from django.utils import translation

from cities.indexing import names_of, texts_in_order
from events.models import Event
from practices.richtext import said
from search.index import register, renew
from search.models import Document

BORROWED = (
    "translations",
    "host_city__translations",
    "theme__translations",
    "participating_cities__translations",
    "programme",
    "practices_seen",
)


@cache
def kind_names(kind):
    """What a kind of event is called in the languages of the interface."""
    names = []
    for language in settings.INTERFACE_LANGUAGES:
        with translation.override(language):
            names.append(str(Event.Kind(kind).label))
    return list(dict.fromkeys(names))


def documents_of_events(keys):
    """What the index holds of these events, one document for each language; published ones only."""
    events = Event.objects.published().filter(pk__in=keys)
    for event in events.select_related("host_city", "theme").prefetch_related(*BORROWED):
        names = " \n".join(words_of(event))
        programme = "\n".join(item.text for item in event.programme.all())
        for text in texts_in_order(event):
            yield Document(
                kind="event",
                key=event.pk,
                language=text.language_code,
                title=text.title,
                names=names,
                text=said(text, "summary", "description", "outcomes") + "\n" + programme,
            )


def words_of(event):
    """Names under which an event is also found: cities and countries, practices seen, its theme and kind."""
    cities = {*event.participating_cities.all(), *filter(None, [event.host_city])}
    names = [name for city in sorted(cities, key=lambda city: city.pk) for name in names_of(city)]
    names += [seen.name for seen in event.practices_seen.all() if seen.name]
    if event.theme:
        names += [text.name for text in texts_in_order(event.theme)]
    return list(dict.fromkeys([*names, *kind_names(event.kind)]))


def event_keys():
    """The keys of all events that are to be found."""
    return Event.objects.published().order_by("pk").values_list("pk", flat=True)


def index_events(events, *progress):
    """Brings the index up to date for these events: what is published is in it, nothing else is."""
    renew("event", list(events.order_by("pk").values_list("pk", flat=True)), *progress)


register("event", event_keys, documents_of_events)
