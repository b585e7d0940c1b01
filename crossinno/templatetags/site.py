"""What the templates of the site say again and again."""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from cities.meta import path_in
from cities.moulds import cast, joined, mould
from events.dates import Precision
from practices.covers import cover
from practices.listed import lasted
from practices.places import coordinates, map_markers, place_rows, spot_rows
from practices.richtext import as_html
from practices.shown import charts, finder_form, take, toolbar

register = template.Library()
register.simple_tag(cover)
register.filter("rich", as_html)
register.simple_tag(finder_form)
register.simple_tag(toolbar)
register.simple_tag(charts)
register.simple_tag(take)
register.filter(lasted)
register.filter(coordinates)
register.simple_tag(map_markers)
register.simple_tag(place_rows)
register.simple_tag(spot_rows)
PAGE = "\ue000"
LONGEST_ADDRESS = 90  # letters of an address that is shown
PARTS = {"home", "practices", "themes", "cities", "events", "about"}


@register.filter
def shown_language(thing):
    """The code of the language in which the texts of a translated row are shown on this page."""
    written = {text.language_code for text in thing.translations.all()}
    preferred = [get_language(), *(code for code, _name in settings.LANGUAGES)]
    return next((code for code in preferred if code in written), get_language())


@register.filter
def lang(code):
    """The attribute that marks text in another language than the page; nothing if it is the page's."""
    return "" if not code or code == get_language() else format_html(' lang="{}"', code)


@register.filter
def language_name(code):
    """What the language is called in the language of the page."""
    return get_language_info(code)["name_translated"]


@register.simple_tag(takes_context=True)
def language_links(context):
    """For every interface language: code, own name, the address of this page in it, whether it is the page's."""
    address, current = context["request"].get_full_path() if "request" in context else "/", get_language()
    return [
        (code, get_language_info(code)["name_local"], path_in(address, code), code == current)
        for code in settings.INTERFACE_LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def site_header(context):
    """The head of every page: the ways to its parts, the search and the other languages."""
    match = "request" in context and context["request"].resolver_match
    here = (match and (match.app_name or match.url_name)) or ""
    links = (
        cast("components/language.html", {"address": address}, code=code, name=name, current=current)
        for code, name, address, current in language_links(context)
    )
    return cast("components/header.html", {"languages": joined(links, "")}, here=here if here in PARTS else "")


@register.simple_tag(takes_context=True)
def site_footer(context):
    """The foot of every page."""
    path = context["request"].path if "request" in context else ""
    return cast("components/footer.html", {"about": quote(path, safe="")})


@register.simple_tag
def site_links():
    """What every page loads, and its icons."""
    return cast("components/links.html", {})


@register.simple_tag
def list_scripts():
    """What the list of practices loads besides."""
    return cast("practices/_scripts.html", {})


@register.simple_tag
def chip(theme):
    """The name of a theme in its colour, as a link."""
    return cast(
        "components/chip.html", {"colour": theme.colour, "address": theme.get_absolute_url(), "name": theme.name}
    )


@register.simple_tag
def freshness(known):
    """Since when a practice is known to be true."""
    day = date_format(known.since, "DATE_FORMAT")
    return cast("practices/_freshness.html", {"day": day}, is_verified=known.is_verified, is_stale=known.is_stale)


@register.simple_tag
def narrowed(facet, terms):
    """Links to the lists of practices that have one of these sectors or tags."""
    shape = mould("practices/_narrowed.html", "slug", "name", facet=facet)
    named = (term if isinstance(term, tuple) else (term.slug, term.name) for term in terms)
    return joined((shape.cast(slug=slug, name=name) for slug, name in named), ", ")


@register.simple_tag
def source_rows(sources):
    """The documents that something rests on."""
    return joined(source_row(number, source) for number, source in enumerate(sources, 1))


def source_row(number, source):
    """One of these documents."""
    address = source.url
    shown = address if len(address) <= LONGEST_ADDRESS else f"{address[: LONGEST_ADDRESS - 1]}…"
    values = {
        "number": number,
        "address": address,
        "title": source.title,
        "supports": source.supports,
        "shown": shown,
    }
    return cast("components/source.html", values, has_address=bool(address), has_support=bool(source.supports))


@register.simple_tag
def participant_rows(participants):
    """The organisations that took part in the same way."""
    return joined(
        cast("practices/_participant.html", {"address": row.url, "name": row.name}, has_address=bool(row.url))
        for row in participants
    )


@register.simple_tag
def practice_cards(practices, comparable=False, why=None):
    """The cards of practices; `why` says by their keys why they were found."""
    why = why or {}
    return joined(practice.card(comparable, why.get(practice.pk)) for practice in practices)


@register.simple_tag
def practice_rows(practices, why=None):
    """The rows of practices in a table."""
    why = why or {}
    return joined(practice.row(why.get(practice.pk)) for practice in practices)


@register.simple_tag
def event_rows(events, with_summary=False):
    """The rows of events in a list, with their hosts where these were fetched along."""
    return joined(event_row(event, with_summary) for event in events)


def event_row(event, with_summary):
    """An event in a list."""
    shown = getattr(event, "shown", None) or {"language": shown_language(event), "title": event.title}
    host = getattr(event, "host_term", None)
    values = {
        "when": event_date(event),
        "address": event.get_absolute_url(),
        "title": shown["title"],
        "kind": event.get_kind_display(),
        "host": host.name if host else "",
        "summary": event.summary if with_summary else "",
    }
    return cast(
        "components/event_row.html",
        values,
        language=shown["language"],
        has_host=host is not None,
        with_summary=with_summary,
    )


@register.simple_tag
def event_date(event):
    """When an event was or will be, to the precision that is known."""
    if not event.starts:
        return _("date not known")
    starts, ends = event.starts, event.ends or event.starts
    if event.date_precision == Precision.YEAR:
        return str(starts.year) if starts.year == ends.year else f"{starts.year}–{ends.year}"
    if event.date_precision == Precision.MONTH:
        first, last = date_format(starts, "YEAR_MONTH_FORMAT"), date_format(ends, "YEAR_MONTH_FORMAT")
        return first if first == last else f"{first} – {last}"
    if starts == ends:
        return date_format(starts, "DATE_FORMAT")
    if (starts.year, starts.month) == (ends.year, ends.month):
        return _("%(first)s–%(last)s %(month)s %(year)s") % {
            "first": starts.day,
            "last": ends.day,
            "month": MONTHS[starts.month],
            "year": starts.year,
        }
    return f"{date_format(starts, 'DATE_FORMAT')} – {date_format(ends, 'DATE_FORMAT')}"


@register.simple_tag(takes_context=True)
def pagination(context, page):
    """Links to the pages around this one, to the first and to the last; nothing if there is but one."""
    if not page.has_other_pages():
        return ""
    before, after = addresses_of_pages(context["request"].GET)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    links = [("here" if number == page.number else "other", number) for number in numbers]
    links = [(way, number) if isinstance(number, int) else ("gap", "") for way, number in links]
    if page.has_previous():
        links.insert(0, ("prev", page.number - 1))
    if page.has_next():
        links.append(("next", page.number + 1))
    before, after = escape(before), escape(after)
    shapes = {way: mould("components/page_link.html", "before", "number", "after", way=way) for way, _number in links}
    poured = (shapes[way].pour(before=before, number=number, after=after) for way, number in links)
    return cast("components/pagination.html", {"links": joined(poured, "")})


def addresses_of_pages(query):
    """What stands before and after the number of a page in the address of another page of the same list."""
    query = query.copy()
    query["page"] = PAGE
    before, _page, after = f"?{query.urlencode()}".rpartition(quote(PAGE))
    return before, after
