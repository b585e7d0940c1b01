"""What a list of practices offers beside them, ready for the page: filters, years, charts, orders, views.

There are some hundred choices on a page, so they are poured into moulds, which escape what comes in. Of a list that
nothing narrows they are always the same, and kept with the catalogue.
"""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString

from cities.moulds import cast, joined, mould
from practices.addresses import VIEWS
from practices.choices import BAR, TALL

WAYS = False, True
SPLIT = SafeString("\ue000")
CHARTS = ("theme", "city")
BAR_HOLES = "address", "label", "length", "count"
SHARE = 100  # width of the longest bar of a chart, in per cent of the most frequent choice
escaped = lru_cache(maxsize=2048)(escape)  # the same few hundred labels again and again


def finder_form(found):
    """The form that narrows the list."""
    values = {"words": found.data.get("q", ""), "state": _state(found.addresses.kept), "filters": filters(found)}
    return cast("practices/_form.html", values, wrong="q" in found.errors)


def toolbar(found):
    """The views and orders one can ask for."""
    return found.once("toolbar", lambda: _toolbar(found))


def _toolbar(found):
    addresses = found.addresses
    values = {
        "but_view": _state(addresses.but_view),
        "but_sort": _state(addresses.but_sort),
        "views": _switch(found, "view", VIEWS.items(), found.view),
        "sorts": _switch(found, "sort", addresses.sorts, found.sort),
    }
    return cast("practices/_toolbar.html", values, sorted=found.view != "map")


def take(found):
    """What one can do with all that was found: compare, download, follow."""
    return cast("practices/_take.html", {"state": _state(found.addresses.all)}, comparable=found.view == "cards")


def _state(pairs):
    return joined((cast("practices/_state.html", {"name": name, "value": value}) for name, value in pairs), "")


def _switch(found, name, values, current):
    buttons = (
        cast("practices/_switch.html", {"value": value, "label": label}, name=name, current=value == current)
        for value, label in values
    )
    return found.catalogue.once(f"{name} {current} of {len(values)}", lambda: joined(buttons, ""))


def filters(found):
    """The facets and the years as the form shows them."""
    return found.once("filters", lambda: _filters(found))


def charts(found):
    """The themes, cities and years of what was found as bars; while nothing narrows the list, each is a link."""
    return found.once("charts", lambda: _charts(found))


def _filters(found):
    facets = (_facet(found, facet, is_first=not place) for place, facet in enumerate(found.facets))
    return joined([*facets, _years(found)])


def _facet(found, facet, is_first):
    pieces = found.catalogue.once(f"choices of {facet.name}", lambda: Pieces(facet.name))
    rows = [
        f"{pieces[choice.value, choice.label, choice.chosen]}{choice.count}{pieces.after}" for choice in facet.choices
    ]
    return cast(
        "practices/_facet.html",
        {"rows": SafeString("\n".join(rows)), "label": facet.label, "chosen": facet.chosen},  # nosec B703
        name=facet.name,
        is_open=bool(facet.chosen or is_first),
        is_chosen=bool(facet.chosen),
        more=facet.more,
    )


class Pieces(dict):
    """For each choice of a facet what stands before its count; `after` is what stands behind it."""

    def __init__(self, facet):
        self.moulds = [
            mould("practices/_choice.html", "value", "label", "count", name=facet, ticked=way) for way in WAYS
        ]
        self.after = self._parts("", "", ticked=False)[1]

    def __missing__(self, choice):
        value, label, ticked = choice
        self[choice] = self._parts(value, label, ticked)[0]
        return self[choice]

    def _parts(self, value, label, ticked):
        before, _count, after = self.moulds[ticked].cast(value=value, label=label, count=SPLIT).rpartition(SPLIT)
        return before, after


def _years(found):
    values = {
        "bars": _histogram(found) if found.periods else "",
        "first": found.data.get("from", ""),
        "last": found.data.get("to", ""),
    }
    return cast(
        "practices/_years.html",
        values,
        chosen=bool(found.years_chosen),
        wrong_first="from" in found.errors,
        wrong_last="to" in found.errors,
    )


def _histogram(found):
    periods, linked = found.periods, found.unnarrowed
    holes = "address", "said", "x", "inside", "y", "height"
    shapes = [mould("practices/_period.html", *holes, linked=linked, chosen=way) for way in WAYS]
    bars = (
        shapes[period.chosen].pour(
            address=escape(period.address) if linked else "",
            said=escape(period.said) if linked else "",
            x=period.x,
            inside=period.x + 1,
            y=period.y,
            height=period.height,
        )
        for period in periods
    )
    values = {
        "bars": SafeString("\n".join(bars)),  # nosec B703
        "width": BAR * len(periods),
        "first": periods[0].first,
        "last": periods[-1].last,
    }
    return cast("practices/_histogram.html", values, linked=linked)


def _charts(found):
    colours = {term.slug: term.colour for term in found.catalogue.themes.values()}
    drawn = []
    for facet in found.facets:
        if facet.name in CHARTS:
            bars = ((choice, choice.label, choice.share, colours.get(choice.value, "")) for choice in facet.choices)
            drawn.append(_chart(found, facet.name, facet.label, SHARE, bars))
    if found.periods:
        bars = ((period, period.name, period.height, "") for period in found.periods)
        drawn.append(_chart(found, "years", None, TALL, bars))
    return cast("practices/_charts.html", {"charts": joined(drawn)})


def _chart(found, name, label, longest, bars):
    linked, shapes, rows = found.unnarrowed, {}, []
    for choice, said, length, colour in bars:
        kinds = choice.chosen, colour if name == "theme" else ""
        if kinds not in shapes:
            shapes[kinds] = mould(
                "practices/_bar.html", *BAR_HOLES, linked=linked, chosen=kinds[0], colour=kinds[1], longest=longest
            )
        address = escape(choice.address) if linked else ""
        rows.append(shapes[kinds].pour(address=address, label=escaped(str(said)), length=length, count=choice.count))
    return cast("practices/_chart.html", {"rows": SafeString("\n".join(rows)), "label": label or ""}, name=name)  # nosec B703
