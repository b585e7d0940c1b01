"""The parts of the page of a practice, poured into moulds."""

from itertools import groupby
from operator import attrgetter
from urllib.parse import quote

from django import template
from django.template.defaultfilters import truncatechars
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from cities.meta import address_of
from cities.moulds import cast, joined, mould
from crossinno.templatetags.site import (
    chip,
    event_rows,
    freshness,
    lang,
    narrowed,
    participant_rows,
    practice_cards,
    source_rows,
)
from practices.listed import lasted
from practices.models import Practice
from practices.models.choices import named
from practices.places import coordinates
from practices.richtext import as_html

register = template.Library()
BREAK = SafeString("<br>")


@register.simple_tag
def practice_heading(practice, text, further_themes):
    """Where it is, what it is about, its title and its summary."""
    city = practice.city_term
    values = {
        "city_address": city.get_absolute_url(),
        "city": city.name,
        "themes": joined(map(chip, [practice.theme_term, *further_themes]), " "),
        "title": text.title,
        "summary": text.summary,
    }
    return cast("practices/_heading.html", values, language=text.language_code)


@register.simple_tag
def practice_facts(practice, cities, creative, growth, tags):
    """The facts that can be told in a line each; those that are not known are left out."""
    fresh = practice.freshness
    facts = {
        "place": place_of(practice, cities),
        "time": lasted(practice),
        "outcome": outcome_of(practice),
        "evidence": label_of(Practice.Evidence, practice.evidence) or cast("practices/_unassessed.html", {}),
        "cost": label_of(Practice.CostBand, practice.cost_band),
        "freshness": fresh and freshness(fresh),
        "creative": narrowed("creative", creative),
        "growth": narrowed("growth", growth),
        "tag": narrowed("tag", tags),
        "website": website_of(practice),
    }
    told = (cast("practices/_fact.html", {"value": value}, name=name) for name, value in facts.items() if value)
    return cast("components/facts.html", {"facts": joined(told, "\n  ")})


def place_of(practice, cities):
    """The cities and countries of a practice, and where in them it is."""
    linked = [(city.get_absolute_url(), city.name, city.country.name) for city in cities]
    lines = [format_html_join(BREAK, '<a href="{}">{}</a>, {}', linked)]
    if practice.further_countries:
        lines.append(", ".join(country.name for country in practice.further_countries))
    if practice.address:
        lines.append(format_html("<span{}>{}</span>", lang(practice.original_language), practice.address))
    if practice.lat is not None:
        lines.append(format_html('<span class="figures">{}</span>', coordinates(practice)))
    return joined(lines, BREAK)


def label_of(choices, value):
    """What a choice is called; nothing if none was made."""
    return named(choices).get(value, value)


def outcome_of(practice):
    """What became of it, and when that was known."""
    values = {"outcome": label_of(Practice.Outcome, practice.outcome), "year": practice.outcome_year or ""}
    return cast("practices/_outcome.html", values, has_year=bool(practice.outcome_year))


def website_of(practice):
    """The address of its website as a link."""
    website = practice.website
    return website and format_html('<a href="{}" rel="external">{}</a>', website, truncatechars(website, 60))


@register.simple_tag
def practice_contents(sections, participants, attachments):
    """Links to what the page tells."""
    row = mould("practices/_content.html", "key", "heading")
    rows = (row.cast(key=key, heading=heading) for key, heading, *_text in sections)
    kinds = {"participants": bool(participants), "attachments": bool(attachments)}
    return cast("practices/_contents.html", {"sections": joined(rows, "")}, **kinds)


@register.simple_tag
def practice_sections(sections, text):
    """The sections of the case."""
    return joined(
        cast(
            "practices/_section.html",
            {"key": key, "heading": heading, "text": as_html(said)},
            language=text.language_code,
            analysis=analysis,
        )
        for key, heading, said, analysis in sections
    )


@register.simple_tag
def practice_participants(participants, text):
    """Who took part, by their roles."""
    roles = []
    for _role, group in groupby(participants, key=attrgetter("role")):
        rows = list(group)
        values = {"role": rows[0].get_role_display(), "participants": participant_rows(rows)}
        roles.append(cast("practices/_role.html", values))
    return cast("practices/_participants.html", {"roles": joined(roles)}, language=text.language_code)


@register.simple_tag(takes_context=True)
def practice_evidence(context, practice, text, sources):
    """What it rests on, and how far one can trust it."""
    values = {
        "sources": source_rows(sources),
        "project_link": text.project_link,
        "day": date_format(localtime(practice.updated_at), "DATE_FORMAT"),
        "history": address_of("editing:history", practice.slug),
        "about": quote(context["request"].path, safe=""),
    }
    kinds = {
        "has_sources": bool(sources),
        "confirmed": practice.confirmed_by_project,
        "is_linked": bool(text.project_link),
        "theme_from_source": practice.theme_from_source,
        "preview": "preview" in context,
        "language": text.language_code,
    }
    return cast("practices/_evidence.html", values, **kinds)


@register.simple_tag(takes_context=True)
def after_practice(context, practice, events, related):
    """Where one could read on: a comparison, events and related practices."""
    values = {"slug": practice.slug, "events": event_rows(events), "related": practice_cards(related or ())}
    kinds = {"has_events": bool(events), "has_related": bool(related), "preview": "preview" in context}
    return cast("practices/_after.html", values, **kinds)
