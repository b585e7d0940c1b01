"""What a list of practices offers to narrow it: choices of facets, periods of years, bars of charts."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from search.spans import WIDTHS

# Facets in the order of the page; of long ones the most frequent choices are shown, all of them on a page of their own.
LABELS = {
    "theme": _("Theme"),
    "city": _("City"),
    "country": _("Country"),
    "creative": _("Creative sector"),
    "growth": _("Growth sector"),
    "outcome": _("What became of it"),
    "evidence": _("Strength of evidence"),
    "tag": _("Tag"),
    "language": _("Language"),
}
SHOWN = 15
PERIODS = 10  # bars of the histogram, each wide enough for a finger
BAR = 28  # width of a bar of the histogram, in units of the drawing
TALL = 64  # height of its highest bar


@dataclass(slots=True)
class Choice:
    """One value of a facet, as the list shows it; `share` is its part of the most frequent choice, in per cent."""

    facet: str
    value: str
    label: str
    count: int
    chosen: bool
    found: object = field(repr=False)
    share: int = 0

    @property
    def address(self):
        """The query string with the choice added, or taken away."""
        return self.found.addresses.toggled(self.facet, self.value)


@dataclass
class Facet:
    """A facet with its choices: the chosen ones first, then the most frequent; `more` if there are others."""

    name: str
    label: str
    choices: list
    more: bool = False

    @property
    def chosen(self):
        """How many of its choices are chosen."""
        return sum(choice.chosen for choice in self.choices)


@dataclass(slots=True)
class Period:
    """Some years with the number of practices that were there; a bar of the histogram."""

    first: int
    last: int
    count: int
    chosen: bool
    found: object = field(repr=False)
    x: int = 0
    y: int = 0
    height: int = 0

    @property
    def name(self):
        """The years as a reader writes them."""
        return f"{self.first}–{self.last}" if self.last > self.first else str(self.first)

    @property
    def said(self):
        """The years and how many practices were there, in words."""
        words = ngettext("%(years)s: %(number)s practice", "%(years)s: %(number)s practices", self.count)
        return words % {"years": self.name, "number": self.count}

    @property
    def address(self):
        """The query string with these years."""
        return self.found.addresses.to(**{"from": self.first, "to": self.last})


def facet_of(found, name, limit=SHOWN):
    """A facet with its most frequent choices, the chosen ones first."""
    facets, hits, chosen = found.catalogue.facets, found.hits(apart_from=name), found.chosen[name]
    counts = facets.top(name, hits, limit, chosen) if limit else facets.counts(name, hits).items()
    labels = found.catalogue.labels(name)
    choices = [Choice(name, value, labels[value], count, value in chosen, found) for value, count in counts]
    choices.sort(key=lambda choice: (not choice.chosen, -choice.count, choice.label))
    highest = max((choice.count for choice in choices), default=0) or 1
    for choice in choices:
        choice.share = -(-100 * choice.count // highest)
    more = bool(limit) and len(facets.bits.get(name, ())) > limit
    return Facet(name, str(LABELS[name]), choices, more)


def periods_of(found):
    """The years of all practices in at most ten periods, each with what choosing it would leave."""
    years, hits = found.catalogue.years, found.hits(apart_from="years")
    if years.first is None:
        return []
    width = next(width for width in WIDTHS if years.last // width - years.first // width < PERIODS)
    chosen_first, chosen_last = found.years
    periods = []
    for first in range(years.first // width * width, years.last + 1, width):
        last = first + width - 1
        count = (hits & years.overlapping(first, last)).bit_count()
        inside = any(found.years) and (chosen_last or last) >= first and (chosen_first or first) <= last
        periods.append(Period(first, last, count, inside, found))
    highest = max(period.count for period in periods) or 1
    for number, period in enumerate(periods):
        period.x = number * BAR
        period.height = -(-TALL * period.count // highest)
        period.y = TALL - period.height
    return periods
