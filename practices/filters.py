"""Reading the address of the practice list: words, facets, years, order and view."""

from copy import deepcopy
from functools import cached_property, lru_cache

import django_filters
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from practices.addresses import SORTS, VIEWS, Addresses
from practices.catalogue import catalogue
from practices.choices import LABELS, facet_of, periods_of
from practices.fields import ChoiceFilter, FacetFilter, YearFilter, YearsInOrder
from practices.models import Practice
from search.facets import Listing
from search.finding import find
from search.placed import Placed

PER_PAGE = {"cards": 12, "table": 50, "map": 12}


def _facet(name):
    message = _("No practice has “%(value)s” here. This filter was left out.")
    return FacetFilter(name, label=LABELS[name], method="with_facet", error_messages={"invalid_choice": message})


def _choice(choices, message):
    return ChoiceFilter(choices=list(choices.items()), method="as_they_are", error_messages={"invalid_choice": message})


@lru_cache(maxsize=256)
def _form_class(names):
    """The form of those parts of an address that are there. Most addresses have few, and each part costs time."""
    fields = PracticeFilter(QueryDict()).get_form_class().base_fields
    return type("AddressForm", (YearsInOrder,), {name: fields[name] for name in names})


# Their names cannot be attributes of the class: they are words of Python or properties.
OTHERS = {
    "from": YearFilter(_("From year")),
    "to": YearFilter(_("To year")),
    "sort": _choice(SORTS, _("Practices cannot be sorted by “%(value)s”. They stand in their usual order.")),
    "view": _choice(VIEWS, _("There is no view “%(value)s”. You see the cards.")),
    "all": _choice(LABELS, _("There are no filters called “%(value)s”.")),
}


def with_current_tags(data, former):
    """An address with the tags of today in the place of those that were merged into them."""
    asked = data.getlist("tag") if former and "tag" in data else []
    if not any(slug in former for slug in asked):
        return data
    data = data.copy()
    data.setlist("tag", [former.get(slug, slug) for slug in asked])
    return data


PUBLISHED = Practice.objects.published()  # never evaluated itself, and costs more to make than all else of a filter


class PracticeFilter(django_filters.FilterSet):
    """Narrows practices by words, facets and years. `qs` asks the database; all else comes from the catalogue.

    A practice is in a range of years if it was there in at least one of them; without a known year it is in no range.
    """

    q = django_filters.CharFilter(label=_("Words"), method="with_words", max_length=8000)
    theme = _facet("theme")
    city = _facet("city")
    country = _facet("country")
    creative = _facet("creative")
    growth = _facet("growth")
    outcome = _facet("outcome")
    evidence = _facet("evidence")
    tag = _facet("tag")
    language = _facet("language")

    class Meta:
        model = Practice
        fields = []
        form = YearsInOrder

    def __init__(self, data):
        """As any `FilterSet`, but without a copy of every filter, which only `qs` needs."""
        self.data, self.is_bound, self.queryset = data, True, PUBLISHED
        self.data = with_current_tags(data, self.catalogue.former_tags)
        self.request = self.form_prefix = None

    @cached_property
    def filters(self):
        filters = deepcopy(self.base_filters)
        for one in filters.values():
            one.parent, one.model = self, Practice
        return filters

    @classmethod
    def get_filters(cls):
        return {**super().get_filters(), **OTHERS}

    @cached_property
    def form(self):
        form = _form_class(tuple(name for name in self.base_filters if name in self.data))(self.data)
        for name in form.fields.keys() & LABELS.keys():
            form.fields[name].known = self.catalogue.facets.bits.get(name, ())
        return form

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset).with_years(*self.years)

    def with_facet(self, queryset, name, values):
        """Practices with any of these values."""
        return getattr(queryset, f"with_{name}")(values) if values else queryset

    def with_words(self, queryset, name, text):
        """Practices that have the words."""
        return queryset.filter(pk__in=[hit.key for hit in self.findings.all_hits])

    def as_they_are(self, queryset, name, value):
        """All practices: this part of the address does not narrow them by itself."""
        return queryset

    @cached_property
    def cleaned(self):
        """What of the address was understood."""
        self.errors  # noqa: B018 - reading them cleans the form
        return self.form.cleaned_data

    @cached_property
    def text(self):
        """The words asked for, if any."""
        form = _form_class(("q",))(self.data) if "q" in self.data else None
        return form.cleaned_data["q"] if form and form.is_valid() else ""

    @cached_property
    def catalogue(self):
        """All that is published, of the same moment as what the words found."""
        return catalogue(self.findings.version if self.text else None)

    @cached_property
    def chosen(self):
        """The chosen values of every facet."""
        return {name: list(dict.fromkeys(self.cleaned.get(name) or ())) for name in LABELS}

    @cached_property
    def years(self):
        """The first and the last year of the range; None leaves that side open."""
        if self.form.non_field_errors():
            return None, None
        return self.cleaned.get("from"), self.cleaned.get("to")

    @cached_property
    def sort(self):
        """The order of the practices: the best match first if there are words, else the newest."""
        usual = "relevance" if self.text else "newest"
        chosen = self.cleaned.get("sort") or usual
        return usual if chosen == "relevance" else chosen

    @property
    def view(self):
        """How the practices are shown."""
        return self.cleaned.get("view") or "cards"

    @cached_property
    def findings(self):
        """What was found by the words; `exact=1` takes them as they are spelt."""
        return find(self.text, get_language(), correct=self.data.get("exact") != "1")

    @cached_property
    def placed(self):
        """What has the words, as bits and places of the catalogue; None without words."""
        return Placed(self.findings, self.catalogue.facets) if self.text else None

    @property
    def good(self):
        """The bits of what fits the words well; of everything without words."""
        if not self.text or self.findings.good == self.findings.number:
            return self.catalogue.facets.everything
        return self.placed.good

    @property
    def among(self):
        """The bits of what has the words; None without words."""
        return self.placed.among if self.text else None

    def hits(self, apart_from=None):
        """The bits of what fits all that was chosen, but for one facet, or "years"."""
        among = self.among
        if any(self.years) and apart_from != "years":
            inside = self.catalogue.years.overlapping(*self.years)
            among = inside if among is None else among & inside
        return self.catalogue.facets.hits(self.chosen, among, apart_from)

    @cached_property
    def fitting(self):
        """The bits of what fits all that was chosen."""
        return self.hits()

    @cached_property
    def keys(self):
        """The primary keys of all practices that fit, in their order, good matches before weaker ones."""
        parts = [self.fitting] if self.good == self.catalogue.facets.everything else self.split
        return Listing(self.catalogue.facets, parts, self.order)

    @cached_property
    def split(self):
        """The bits of good matches and those of weaker ones."""
        return self.fitting & self.good, self.fitting & ~self.good

    @property
    def order(self):
        """The places in the catalogue in the chosen order; None is that of the catalogue itself, the newest first."""
        if self.sort == "title":
            return self.catalogue.by_title()
        return self.placed.order_of(self.fitting) if self.sort == "relevance" else self.catalogue.orders.get(self.sort)

    @cached_property
    def facets(self):
        """Every facet with its most frequent choices and what choosing each of them would leave."""
        return [facet for name in LABELS if (facet := facet_of(self, name)).choices]

    @cached_property
    def periods(self):
        """The years in periods, each with what choosing it would leave."""
        return periods_of(self)

    @property
    def all_choices(self):
        """The facet all of whose choices were asked for, if any."""
        return facet_of(self, self.cleaned["all"], limit=None) if self.cleaned.get("all") else None

    @cached_property
    def chips(self):
        """The chosen choices, each with the address that takes it away."""
        if not any(self.chosen.values()):
            return []
        return [choice for facet in self.facets for choice in facet.choices if choice.chosen]

    @property
    def unnarrowed(self):
        """Whether nothing narrows the list yet; only then bars are links: there is no end of combinations to crawl."""
        return not (self.text or any(self.chosen.values()) or any(self.years))

    @property
    def is_bare(self):
        """Whether the address says nothing but which page and view; then filters and charts of a view are the same."""
        said = {name for name, values in self.addresses.state.items() if values}
        return not self.errors and said <= {"view"} and len(self.data.getlist("view")) < 2

    def once(self, name, make):
        """What `make` makes of these practices; of a list that is bare it is made once for each view."""
        return self.catalogue.once(f"{name} of {self.view}", make) if self.is_bare else make()

    @property
    def years_chosen(self):
        """The range of years as a reader writes it; empty without one."""
        first, last = self.years
        if first and last:
            return str(first) if first == last else f"{first}–{last}"
        if first:
            return gettext("since %(year)s") % {"year": first}
        return gettext("until %(year)s") % {"year": last} if last else ""

    @property
    def problems(self):
        """What of the address could not be understood, as sentences."""
        return [problem for problems in self.errors.values() for problem in problems]

    @property
    def corrected(self):
        """Whether the spelling of the words was corrected."""
        return bool(self.text) and self.findings.understood != self.findings.asked

    @cached_property
    def addresses(self):
        """The addresses of other choices, orders and views of these practices."""
        return Addresses(self)
