"""Reading the address of the practice list: words and facets."""

from dataclasses import dataclass
from functools import cached_property

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from practices.catalogue import catalogue
from practices.models import Practice
from search.matching import matches

# Facets in the order of the page; of long ones only the most frequent choices are shown.
LABELS = {
    "theme": _("Theme"),
    "city": _("City"),
    "country": _("Country"),
    "creative": _("Creative sector"),
    "growth": _("Growth sector"),
    "outcome": _("What became of it"),
    "tag": _("Tag"),
}
CHOICES_SHOWN = 30


@dataclass
class Choice:
    """One value of a facet, as the list shows it; `address` is the query string with the choice toggled."""

    value: str
    label: str
    count: int
    chosen: bool
    address: str


@dataclass
class Facet:
    """A facet with its choices: the chosen ones first, then the most frequent."""

    name: str
    label: str
    choices: list

    @property
    def chosen(self):
        """How many of its choices are chosen."""
        return sum(choice.chosen for choice in self.choices)


class FacetFilter(django_filters.MultipleChoiceFilter):
    """Several values of one facet, of those that published practices have."""

    @property
    def field(self):
        values = self.parent.catalogue.facets.bits.get(self.field_name, ())
        self.extra["choices"] = [(value, value) for value in values]
        return super().field


def _facet(name):
    return FacetFilter(
        name,
        label=LABELS[name],
        method="with_facet",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("No practice has “%(value)s” here. This filter was left out.")},
    )


class PracticeFilter(django_filters.FilterSet):
    """Narrows practices by words and facets. `qs` asks the database; `keys` and `facets` come from the catalogue."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=2000)
    theme = _facet("theme")
    city = _facet("city")
    country = _facet("country")
    creative = _facet("creative")
    growth = _facet("growth")
    outcome = _facet("outcome")
    tag = _facet("tag")

    class Meta:
        model = Practice
        fields = []

    def __init__(self, data):
        super().__init__(data, queryset=Practice.objects.published())
        self.catalogue = catalogue()

    def with_facet(self, queryset, name, values):
        """Practices with any of these values."""
        return getattr(queryset, f"with_{name}")(values) if values else queryset

    def with_words(self, queryset, name, text):
        """Practices that have the words."""
        return queryset.filter(pk__in=[key for _kind, key, _rank in matches(text, "practice")])

    @cached_property
    def text(self):
        """The words asked for, if any."""
        return self.cleaned.get("q") or ""

    @cached_property
    def cleaned(self):
        """What of the address was understood."""
        self.errors  # noqa: B018 - reading them cleans the form
        return self.form.cleaned_data

    @cached_property
    def chosen(self):
        """The chosen values of every facet."""
        return {name: self.cleaned.get(name) or [] for name in LABELS}

    @cached_property
    def matched(self):
        """The keys of what has the words, the best first; None without words."""
        return [key for _kind, key, _rank in matches(self.text, "practice")] if self.text else None

    @cached_property
    def among(self):
        """The bits of what has the words; None without words."""
        return None if self.matched is None else self.catalogue.facets.bits_of(self.matched)

    @cached_property
    def keys(self):
        """The primary keys of all hits in their order: the best first if there are words, else the newest."""
        listed = self.catalogue.facets.listed(self.catalogue.facets.hits(self.chosen, self.among))
        if self.matched is None:
            return listed
        hits = set(listed)
        return [key for key in self.matched if key in hits]

    @cached_property
    def facets(self):
        """Every facet that has choices, with what choosing each of them would leave."""
        counts = self.catalogue.facets.counts(self.chosen, self.among)
        facets = [self._facet(name, counts.get(name, {})) for name in LABELS]
        return [facet for facet in facets if facet.choices]

    @property
    def chips(self):
        """The chosen choices, each with the address that takes it away."""
        return [choice for facet in self.facets for choice in facet.choices if choice.chosen]

    def _facet(self, name, counts):
        chosen = set(self.chosen[name])
        values = [value for value, count in counts.items() if count or value in chosen]
        choices = [
            Choice(value, self.catalogue.label(name, value), counts[value], value in chosen, self.toggled(name, value))
            for value in values
        ]
        choices.sort(key=lambda choice: (not choice.chosen, -choice.count, choice.label))
        return Facet(name, LABELS[name], choices[:CHOICES_SHOWN])

    def toggled(self, name, value):
        """The query string with this value added, or taken away if it is there; back on the first page."""
        data = self.data.copy()
        data.pop("page", None)
        values = data.getlist(name)
        data.setlist(name, [other for other in values if other != value] if value in values else [*values, value])
        return data.urlencode()
