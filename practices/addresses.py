"""The addresses to which a list of practices leads: other choices, orders and views of the same practices."""

from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from practices.choices import LABELS

SORTS = {
    "relevance": _("Best match"),
    "newest": _("Newest"),
    "title": _("Title"),
    "verified": _("Last verified"),
}
VIEWS = {"cards": _("Cards"), "table": _("Table"), "map": _("Map")}
EMPTY = ("", None)


class Addresses:
    """Query strings that change one thing of what an address says and keep the rest."""

    def __init__(self, found):
        self.found = found

    @property
    def sorts(self):
        """The orders one can ask for: (value, label)."""
        return [(value, label) for value, label in SORTS.items() if self.found.text or value != "relevance"]

    @cached_property
    def state(self):
        """What the address says, without the page and without what is empty."""
        names = [name for name in (*self.found.base_filters, "exact") if name != "all" and name in self.found.data]
        return {name: [value for value in self.found.data.getlist(name) if value not in EMPTY] for name in names}

    def to(self, **changes):
        """The query string with these changes, back on the first page; None takes a part away."""
        state = {name: values for name, values in {**self.state, **changes}.items() if values not in EMPTY}
        return urlencode(state, doseq=True)

    def toggled(self, name, value):
        """The query string with this value added if it is missing, or taken away if it is there."""
        values = self.state.get(name, [])
        values = [other for other in values if other != value] if value in values else [*values, value]
        return self.to(**{name: values})

    @property
    def all(self):
        """All that was chosen, without the page: (name, value)."""
        return [(name, value) for name, values in self.state.items() for value in values]

    @property
    def but_view(self):
        """The same without the view."""
        return [pair for pair in self.all if pair[0] != "view"]

    @property
    def but_sort(self):
        """The same without the order."""
        return [pair for pair in self.all if pair[0] != "sort"]

    @property
    def query(self):
        """The query string of all that was chosen, without the page."""
        return self.to()

    @property
    def kept(self):
        """What the form carries along unseen: (name, value)."""
        return [(name, value) for name in ("sort", "view") for value in self.state.get(name, ())]

    @property
    def without_filters(self):
        """The query string without facets and years; the words stay."""
        return self.to(**dict.fromkeys((*LABELS, "from", "to")))

    @property
    def without_years(self):
        """The query string without the range of years."""
        return self.to(**{"from": None, "to": None})

    @property
    def exact(self):
        """The query string that takes the words as they are spelt."""
        return self.to(exact="1")

    @property
    def by_title(self):
        """The query string of the order by title."""
        return self.to(sort="title")

    @property
    def by_verified(self):
        """The query string of the order by the day of the last check."""
        return self.to(sort="verified")
