"""The one place that decides who may do what with which practice. The table in words: `docs/rights.md`."""

from django.db.models import Q

from accounts.roles import COORDINATORS, REVIEWERS, WEBMASTERS, roles_of
from editing.versions import authors_of
from practices.models import Practice

State = Practice.State
OPEN = {State.DRAFT, State.CHANGES_REQUESTED}
JUDGED = {State.IN_REVIEW, State.CHANGES_REQUESTED, State.REJECTED}
KNOWN = {State.PUBLISHED}
STATES_FOR = {"edit": OPEN, "restore": OPEN, "verify": KNOWN}

WRITERS_ACTS = {"edit", "submit", "take-back", "reopen", "revise", "discard", "preview", "restore", "verify"}
JUDGES_ACTS = {"approve", "request-changes", "reject", "judge"}
WEBMASTERS_ACTS = {"archive", "republish", "feature", "readdress"}


class Rights:
    """What one person may do: everything, or what concerns the cities they write for and the themes they judge."""

    def __init__(self, person):
        roles = roles_of(person)
        self.person = person
        self.is_webmaster = WEBMASTERS in roles
        self.cities = frozenset(person.cities.values_list("pk", flat=True)) if COORDINATORS in roles else frozenset()
        self.themes = (
            frozenset(person.reviewed_themes.values_list("pk", flat=True)) if REVIEWERS in roles else frozenset()
        )

    @property
    def is_nobody(self):
        """Whether this person has no business with unpublished practices at all."""
        return not (self.is_webmaster or self.cities or self.themes)

    def visible(self):
        """Practices that this person may see at the desk."""
        if self.is_webmaster:
            return Practice.objects.all()
        if self.is_nobody:
            return Practice.objects.none()
        judged = Q(theme__in=self.themes, state__in=JUDGED)
        return Practice.objects.filter(Q(city__in=self.cities) | judged | Q(state__in=KNOWN))

    def editable(self):
        """Practices that this person writes, be they open for it now or not."""
        if self.is_webmaster:
            return Practice.objects.all()
        return Practice.objects.filter(city__in=self.cities)

    def sees(self, practice):
        """Whether this person may see the practice at the desk."""
        return self.is_webmaster or self.writes(practice) or self._judges(practice) or practice.state in KNOWN

    def writes(self, practice):
        """Whether the practice is of a city that this person writes for."""
        return self.is_webmaster or practice.city_id in self.cities

    def may_write(self, practice=None):
        """Whether this person may write this practice, or enter a new one."""
        return self.writes(practice) if practice else self.is_webmaster or bool(self.cities)

    def judges(self, practice):
        """Whether this person may judge the practice: never if they wrote any of what is to be judged."""
        may = self.is_webmaster or practice.theme_id in self.themes
        return may and practice.state == State.IN_REVIEW and self.person.pk not in authors_of(practice)

    def may(self, act, practice):
        """Whether this person may do this with the practice, in the state in which it is."""
        if act in WRITERS_ACTS:
            return self.writes(practice) and practice.state in STATES_FOR.get(act, State.values)
        if act in JUDGES_ACTS:
            return self.judges(practice)
        if act in WEBMASTERS_ACTS:
            return self.is_webmaster
        if act == "see":
            return self.sees(practice)
        raise ValueError(f"There is no act {act!r}.")

    def _judges(self, practice):
        return practice.theme_id in self.themes and practice.state in JUDGED


def rights_of(person):
    """The rights of this person, worked out once for each request."""
    if not hasattr(person, "_rights"):
        person._rights = Rights(person)
    return person._rights
