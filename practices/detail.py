"""What the page of one practice shows besides its own columns."""

from dataclasses import dataclass

from cities.meta import text_of
from practices.beside import beside
from practices.models import Practice
from practices.models.choices import named


@dataclass(frozen=True)
class Values:
    """By which values of the facets a practice is found, and what its tags are called: {slug: name}."""

    facets: dict
    tags: dict


def detail_context(practice, known, values):
    """What the template of a practice needs, for a practice of the catalogue or one that is not published yet."""
    facets, text = values.facets, text_of(practice)
    return {
        "practice": practice,
        "text": text,
        "sections": sections_of(practice, text),
        "cities": known.terms("city", facets["city"]),
        "further_themes": [term for term in known.terms("theme", facets["theme"]) if term != practice.theme_term],
        "creative": known.terms("creative", facets.get("creative", ())),
        "growth": known.terms("growth", facets.get("growth", ())),
        "tags": [(tag, values.tags[tag]) for tag in facets.get("tag", ())],
        "events": events_of(practice.case, known),
        **beside(practice)._asdict(),
    }


def sections_of(practice, text):
    """The sections of the case that have a text: (key, heading, text, whether it is analysis)."""
    return [
        (key, heading, said, key in practice.analysis_fields)
        for key, heading in named(Practice.Section).items()
        if (said := getattr(text, key))
    ]


def events_of(practice, known):
    """The events at which it was seen, remembered with the catalogue; most practices have none."""
    if practice.pk not in known.seen:
        return []
    lately = known.lately("events")
    events = lately.get(practice.pk)
    if events is None:
        events = list(practice.seen_at.events())
        lately.put(practice.pk, events)
    return events


def values_of(practice):
    """The values of a practice that the catalogue does not know."""

    def slugs(*rows):
        return list(dict.fromkeys(row.slug for row in rows))

    tags = {tag.slug: tag.name for tag in practice.tags.all()}
    facets = {
        "city": slugs(practice.city, *practice.further_cities.all()),
        "theme": slugs(practice.theme, *practice.further_themes.all()),
        "creative": slugs(*practice.creative_sectors.all()),
        "growth": slugs(*practice.growth_sectors.all()),
        "tag": list(tags),
    }
    return Values(facets, tags)
