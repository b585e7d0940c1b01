"""The kinds of content: in which file each stands, in what form, in which rows, and how it gets into the index."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils import timezone

from cities.indexing import index_cities
from cities.models import City
from cities.records import CITIES, CityRecord, Record
from cities.rows import Layout
from events.content.files import read_records, read_sectors
from events.indexing import index_events
from events.models import Event
from events.records import EVENTS, EventRecord
from practices.indexing import index_practices, index_themes
from practices.layouts import FEATURES, PRACTICES, SECTORS, THEMES
from practices.models import Practice, Sector, Theme
from practices.records import FeatureRecord, PracticeRecord, SectorRecord, ThemeRecord

USUAL_COLOURS = {
    "smart-incentives": "ochre",
    "culture-based-innovation": "magenta",
    "brokerage": "teal",
    "spatial-cross-collaboration": "cobalt",
}


def nothing(*_args):
    """What a kind does that needs nothing special."""


def complete_theme(content, old, _titles):
    """Colour and position of a theme, where the file says nothing: as they are, else the next that is free."""
    if not content["colour"]:
        used = set(Theme.objects.values_list("colour", flat=True))
        free = [colour for colour in Theme.Colour.values if colour not in used]
        content["colour"] = old["colour"] if old else USUAL_COLOURS.get(content["slug"], (free or ["plum"])[0])
    if content["position"] is None:
        last = Theme.objects.aggregate(last=Max("position"))["last"]
        content["position"] = old["position"] if old else 0 if last is None else last + 1


def complete_practice(content, old, _titles):
    """When a practice was published, where the file does not say: as it is, else now."""
    if content["published_at"] is None:
        content["published_at"] = old["published_at"] if old else None
    if content["published_at"] is None and content["state"] == Practice.State.PUBLISHED:
        content["published_at"] = timezone.now()


def complete_event(content, _old, titles):
    """The practices seen at an event, linked where the name is that of a practice."""
    content["practices_seen"] = [titles.linked(seen) for seen in content["practices_seen"]]


def index_around(changed):
    """Brings the index up to date for what names the cities, themes and sectors that changed (keys by model)."""
    cities, themes, sectors = (changed.get(model, ()) for model in (City, Theme, Sector))
    if cities or themes or sectors:
        practices = Practice.objects.filter(
            Q(city__in=cities)
            | Q(further_cities__in=cities)
            | Q(theme__in=themes)
            | Q(further_themes__in=themes)
            | Q(creative_sectors__in=sectors)
            | Q(growth_sectors__in=sectors)
        )
        index_practices(Practice.objects.filter(pk__in=practices.values("pk")))
        events = Event.objects.filter(
            Q(host_city__in=cities) | Q(participating_cities__in=cities) | Q(theme__in=themes)
        )
        index_events(Event.objects.filter(pk__in=events.values("pk")))


@dataclass(frozen=True)
class Kind:
    """One kind of content."""

    name: str
    record: type[Record]
    layout: Layout
    read: Callable = read_records
    index: Callable = nothing
    complete: Callable = nothing
    chunk: int = 500

    @property
    def file(self):
        """In which file of a folder its records stand."""
        return f"{self.name}.json"

    def key(self, record):
        """The word by which a record is known in its file and to the database; none if its slug is missing."""
        values = [getattr(record, column) for column in self.layout.identity]
        return None if None in values else " ".join(map(str, values))


KINDS = [
    Kind("cities", CityRecord, CITIES, index=index_cities),
    Kind("themes", ThemeRecord, THEMES, index=index_themes, complete=complete_theme, chunk=1),
    Kind("sectors", SectorRecord, SECTORS, read=read_sectors),
    Kind("practices", PracticeRecord, PRACTICES, index=index_practices, complete=complete_practice),
    Kind("events", EventRecord, EVENTS, index=index_events, complete=complete_event),
    Kind("features", FeatureRecord, FEATURES),
]
KIND_OF = {kind.layout.model: kind for kind in KINDS if kind.layout.identity == ("slug",)}
