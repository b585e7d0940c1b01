"""The parts of the page of an event, poured into moulds."""

from django import template
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString

from cities.moulds import cast, joined
from crossinno.templatetags.site import chip, event_date, lang, source_rows
from practices.richtext import as_html

register = template.Library()


@register.simple_tag
def event_heading(event, text):
    """When and where it was, its title and its summary."""
    host = event.host_term
    values = {
        "when": event_date(event),
        "host": host.name if host else "",
        "title": text.title,
        "summary": text.summary,
    }
    return cast("events/_heading.html", values, language=text.language_code, has_host=host is not None)


@register.simple_tag
def event_facts(event, text):
    """The facts that can be told in a line each."""
    facts = {
        "kind": event.get_kind_display(),
        "when": when(event, text),
        "host": host_of(event),
        "theme": chip(event.theme_term) if event.theme_term else "",
        "cities": format_html_join(
            ", ", '<a href="{}">{}</a>', ((city.get_absolute_url(), city.name) for city in event.city_terms)
        ),
        "confidence": event.get_confidence_display(),
    }
    told = (
        cast("events/_fact.html", {"value": value}, name=name, is_known=bool(value))
        for name, value in facts.items()
        if value or name == "host"
    )
    return cast("components/facts.html", {"facts": joined(told, "\n  ")})


def when(event, text):
    """When it was, and what else sources say about that."""
    day = event_date(event)
    if not text.date_note:
        return day
    return format_html('{}<br><span class="soft"{}>{}</span>', day, lang(text.language_code), text.date_note)


def host_of(event):
    """The city that invited to it, with its country."""
    host = event.host_term
    return host and format_html('<a href="{}">{}</a>, {}', host.get_absolute_url(), host.name, host.country.name)


@register.simple_tag
def event_sections(text, programme, seen, documents, sources):
    """What happened and what came of it, as far as it is known; that nobody knows what came of it is told too."""
    sections = {
        "what": as_html(text.description),
        "programme": format_html_join("", "<li>{}</li>", ((point,) for point in programme)),
        "seen": joined((seen_row(row, text.language_code) for row in seen), ""),
        "outcomes": SafeString(linebreaks(text.outcomes, autoescape=True) if text.outcomes else ""),  # nosec B703
        "documents": format_html_join("", '<li><a href="{}" rel="external">{}</a></li>', documents_of(documents)),
        "sources": source_rows(sources),
    }
    return joined(
        cast("events/_section.html", {"body": body}, name=name, language=text.language_code, is_known=bool(body))
        for name, body in sections.items()
        if body or name == "outcomes"
    )


def documents_of(documents):
    """The addresses and titles of documents."""
    return ((document.url, document.title) for document in documents)


def seen_row(row, language):
    """A practice that participants saw; without a link if it is not in the knowledge base."""
    practice = row.practice
    if practice is None:
        return cast("events/_seen.html", {"title": row.name}, is_known=False, language=language)
    values = {"address": practice.address, "title": practice.title, "city": practice.city_term.name}
    return cast("events/_seen.html", values, is_known=True, language=practice.language)
