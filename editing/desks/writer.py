"""What a coordinator writes: their cases by state, how complete they are, and where their cities have too few."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from cities.models import City
from editing.desks.asked import asked_of
from editing.desks.readers import DAYS, readers_of
from editing.readiness import completeness, with_completeness
from editing.rights import rights_of
from practices.models import Practice, Theme

State = Practice.State
#: In which order a coordinator meets their cases: first what waits for them.
ORDER = (State.CHANGES_REQUESTED, State.DRAFT, State.IN_REVIEW, State.PUBLISHED, State.REJECTED, State.ARCHIVED)
#: So many cases of each state are shown; the list of practices has the others.
SHOWN = 12
#: These are still to be worked on, so that it matters what would help them most.
UNFINISHED = {State.CHANGES_REQUESTED, State.DRAFT}


def writer_desk(request):
    """What the coordinator's part of the first page shows."""
    rights = rights_of(request.user)
    practices = practices_of(rights)
    numbers = Counter(dict(practices.order_by().values_list("state").annotate(Count("pk"))))
    shown = latest_of_each_state(practices)
    readers = readers_of([practice for practice in shown if practice.is_published])
    for practice in shown:
        practice.readers = readers.get(practice.pk)
    return {
        "groups": [
            Group(state, [practice for practice in shown if practice.state == state], numbers[state])
            for state in ORDER
            if numbers[state]
        ],
        "number": numbers.total(),
        "asked": asked_of(request.user, practices),
        "coverage": coverage_of(rights.cities),
        "days": DAYS,
        "target": settings.COVERAGE_TARGET,
    }


def practices_of(rights):
    """The practices of the cities that somebody writes for."""
    return Practice.objects.filter(city__in=rights.cities)


def latest_of_each_state(practices):
    """Of each state the practices that were changed last, with how complete each is."""
    place = Window(RowNumber(), partition_by=F("state"), order_by=[F("updated_at").desc(), F("pk").desc()])
    chosen = practices.order_by().annotate(place=place).filter(place__lte=SHOWN).values("pk")
    shown = Practice.objects.filter(pk__in=chosen).order_by("-updated_at", "-pk")
    shown = list(with_completeness(shown.select_related("copy_of", "copy", "theme")))
    for practice in shown:
        practice.completeness = completeness(practice)
    return shown


@dataclass(frozen=True)
class Group:
    """The cases of one state: those that are shown, and how many there are in all."""

    state: str
    practices: list
    number: int

    @property
    def label(self):
        """What the state is called."""
        return State(self.state).label

    @property
    def address(self):
        """The list of all practices in this state."""
        return f"{reverse('admin:practices_practice_changelist')}?{urlencode({'state__exact': self.state})}"

    @property
    def more(self):
        """How many are not shown."""
        return self.number - len(self.practices)

    @property
    def is_unfinished(self):
        """Whether they are still to be worked on."""
        return self.state in UNFINISHED


@dataclass(frozen=True)
class Cell:
    """How many practices of one theme a city has, and how many are on their way, against how many it should have."""

    city: City
    theme: Theme
    number: int
    coming: int

    @property
    def missing(self):
        """How many are still to be entered."""
        return max(0, settings.COVERAGE_TARGET - self.number - self.coming)

    @property
    def meter(self):
        """How much of the target is there, at most all of it."""
        return min(self.number, settings.COVERAGE_TARGET)

    @property
    def address(self):
        """The form for a new case about this theme in this city."""
        return f"{reverse('admin:practices_practice_add')}?{urlencode({'city': self.city.pk, 'theme': self.theme.pk})}"


def coverage_of(cities):
    """The rows of the coverage matrix for these cities, as the home page counts it: [(city, [Cell, …]), …]."""
    seen, coming = defaultdict(set), defaultdict(set)
    here = Practice.objects.filter(Q(city__in=cities) | Q(further_cities__in=cities))
    here = here.filter(Q(state=State.PUBLISHED) | Q(state__in=[*UNFINISHED, State.IN_REVIEW], copy_of=None))
    rows = here.order_by().values_list("pk", "state", "city", "further_cities", "theme", "further_themes")
    for practice, state, city, further_city, *themes in rows:
        for place in {city, further_city} if state == State.PUBLISHED else {city}:
            for theme in themes:
                (seen if state == State.PUBLISHED else coming)[place, theme].add(practice)
    themes = list(Theme.objects.with_names())
    return [
        (
            city,
            [Cell(city, theme, len(seen[city.pk, theme.pk]), len(coming[city.pk, theme.pk])) for theme in themes],
        )
        for city in City.objects.filter(pk__in=cities).prefetch_related("translations")
    ]
