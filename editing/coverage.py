"""How well the cities cover the themes: what is published, how fresh it is, what is on its way, what was asked for."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import MailLevel, User
from accounts.roles import COORDINATORS
from cities.models import City
from editing.models import Appeal
from mail.letters import write
from practices.freshness import known_since, last_due
from practices.models import Practice, Theme

State = Practice.State
IN_WORK = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED)


@dataclass(frozen=True)
class Cell:
    """What a city has of a theme."""

    city: City
    theme: Theme
    number: int
    due: int
    coming: int
    asked_at: datetime | None

    @property
    def fresh(self):
        """How many of a hundred published practices were verified within a year."""
        return round(100 * (self.number - self.due) / self.number) if self.number else 0

    @property
    def is_stale(self):
        """Whether most of it was not verified for a year."""
        return self.number > 0 and 2 * self.due > self.number

    @property
    def is_weak(self):
        """Whether the coordinators of the city should be asked: for more, or to look at what is there."""
        return self.number < settings.COVERAGE_TARGET or self.is_stale

    @property
    def in_work(self):
        """The list of what is on its way."""
        states = ",".join(IN_WORK)
        chosen = f"state__in={states}&city__id__exact={self.city.pk}&theme__id__exact={self.theme.pk}"
        return f"{reverse('admin:practices_practice_changelist')}?{chosen}&copy_of__isnull=1"


def matrix():
    """The themes, and for every city what it has of each: (themes, [(city, [Cell, …]), …]).

    Published practices count in all their cities and themes, as on the home page; what is on its way in its first ones.
    """
    seen, due, coming = counted()
    asked = Appeal.objects.order_by("city", "theme", "-at").distinct("city", "theme")
    asked = {(city, theme): at for city, theme, at in asked.values_list("city", "theme", "at")}
    themes = list(Theme.objects.prefetch_related("translations"))
    return themes, [
        (
            city,
            [
                Cell(city, theme, *(n[city.pk, theme.pk] for n in (seen, due, coming)), asked.get((city.pk, theme.pk)))
                for theme in themes
            ],
        )
        for city in City.objects.prefetch_related("translations")
    ]


def counted():
    """How many practices are published, published and to be verified, and on their way, by keys of city and theme."""
    seen, due, coming = defaultdict(int), defaultdict(int), defaultdict(int)
    for city, theme in in_work().values_list("city", "theme"):
        coming[city, theme] += 1
    further_cities = further("further_cities", "city_id")
    further_themes = further("further_themes", "theme_id")
    last = last_due()
    published = Practice.objects.published().order_by().annotate(known_since=known_since())
    for key, city, theme, since in published.values_list("pk", "city", "theme", "known_since"):
        for place in {city, *further_cities[key]}:
            for about in {theme, *further_themes[key]}:
                seen[place, about] += 1
                due[place, about] += since <= last
    return seen, due, coming


def in_work():
    """Practices that readers do not know yet and somebody works on."""
    return Practice.objects.filter(state__in=IN_WORK, copy_of=None).order_by()


def further(name, column):
    """The further cities or themes of published practices: {key: [key, …]}."""
    found = defaultdict(list)
    rows = getattr(Practice, name).through.objects.filter(practice__state=State.PUBLISHED)
    for practice, value in rows.values_list("practice_id", column):
        found[practice].append(value)
    return found


def coordinators_of(city):
    """Those who write for the city and work here, apart from those who want no mail: (who gets it, who does not)."""
    people = city.editors.filter(groups__name=COORDINATORS, is_active=True, is_staff=True).distinct()
    wanted = [person for person in people if person.mails != MailLevel.NONE]
    return wanted, [person for person in people if person.mails == MailLevel.NONE]


@transaction.atomic
def appeal(city, theme, text, person):
    """Sends the letter to the coordinators of the city and notes that they were asked; returns to how many it went."""
    wanted, _without_mail = coordinators_of(city)
    for coordinator in User.objects.filter(pk__in=[person.pk for person in wanted]):
        context = {"city": city, "theme": theme, "text": text, "by": person}
        letter = write("appeal", context, coordinator.language, to=[coordinator.email], reply_to=[person.email])
        letter.send()
    if wanted:
        Appeal.objects.create(city=city, theme=theme, text=text, number=len(wanted), by=person)
    return len(wanted)
