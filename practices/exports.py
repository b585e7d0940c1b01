"""Practices as downloads tell them: as records of the content format, and as rows of a table for people."""

import datetime
from functools import partial

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_countries import countries

from practices.layouts import PRACTICES
from practices.models import Participant, Practice
from practices.richtext import as_text

CHUNK = 500


def contents(keys):
    """The contents of the published practices with these keys, in their order, some at a time."""
    names = [f"{field.name}__slug" if field.is_relation else field.name for field in PRACTICES.fields]
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        rows = Practice.objects.published().filter(pk__in=some).order_by().values_list("pk", *names)
        found = {
            key: {field.name: value for field, value in zip(PRACTICES.fields, values, strict=True)}
            for key, *values in rows
        }
        for part in PRACTICES.parts:
            values = part.read(list(found))
            for key, content in found.items():
                content[part.name] = values.get(key, part.empty())
        yield [found[key] for key in some if key in found]


def language_of(content, *preferred):
    """The first of these languages, else of the languages of the site, in which the practice is written."""
    codes = [*preferred, *(code for code, _name in settings.LANGUAGES)]
    return next(code for code in codes if code in content["texts"])


def record_of(content):
    """The practice as a record of a content file, from which it can be loaded again.

    A practice that is not written in its original language is told in another one, because a record needs its texts.
    """
    from practices import records

    parts = {"participants": records.ParticipantRecord, "sources": records.SourceRecord}
    texts = content["texts"]
    language = language_of(content, content["original_language"])
    facts = {name: value for name, value in content.items() if name != "texts"}
    facts["further_countries"] = [code for code in content["further_countries"].split(",") if code]
    facts |= {name: [told(shape, row) for row in content[name]] for name, shape in parts.items()}
    facts |= {**texts[language], "original_language": language}
    record = told(records.PracticeRecord, facts)
    others = {code: given(text) for code, text in sorted(texts.items()) if code != language}
    return record | ({"translations": others} if others else {})


def told(shape, values):
    """What is given, by the names that fields have in content files, in the order of the format."""
    named = {field.alias or name: values.get(name) for name, field in shape.model_fields.items()}
    return given({name: plain(value) for name, value in named.items()})


def given(values):
    """Leaves out what says nothing."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", [])
    }


def plain(value):
    """A value as JSON knows it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def heading(name):
    """What editors and readers call a column."""
    return capfirst(Practice._meta.get_field(name).verbose_name)


class Table:
    """Practices as rows of cells, in the language of the page; several values in one cell are joined by a semicolon."""

    def __init__(self, language, catalogue, address_of):
        self.language = language
        self.catalogue = catalogue
        self.address_of = address_of
        self.cities = {term.slug: term for term in catalogue.cities.values()}
        self.countries = {slug: term.country.name for slug, term in self.cities.items()}
        self.outcomes = {value: str(label) for value, label in Practice.Outcome.choices}
        self.names = {term.slug: term for term in (*catalogue.themes.values(), *catalogue.sectors.values())}

    def columns(self):
        """The headings, each with what makes its cell of a content and its texts."""
        texts = [("title", _("Title")), ("summary", _("Summary")), *Practice.Section.choices]
        text = {name: (label, partial(self.text, name)) for name, label in texts}
        return [
            text.pop("title"),
            (_("Page"), lambda content, _texts: self.address_of(content["slug"])),
            (heading("city"), lambda content, _texts: self.cities[content["city"]].name),
            (_("Country"), lambda content, _texts: self.countries[content["city"]]),
            (heading("further_cities"), lambda content, _texts: self.joined(self.cities, content["further_cities"])),
            (heading("further_countries"), self.further_countries),
            (heading("theme"), lambda content, _texts: self.names[content["theme"]].name),
            *(
                (heading(name), partial(self.terms, name))
                for name in ("further_themes", "creative_sectors", "growth_sectors")
            ),
            (_("Tags"), lambda content, _texts: "; ".join(content["tags"])),
            *((heading(name), partial(self.fact, name)) for name in ("start_year", "end_year")),
            (heading("outcome"), lambda content, _texts: self.outcomes[content["outcome"]]),
            (heading("outcome_year"), partial(self.fact, "outcome_year")),
            (heading("evidence"), partial(self.choice, Practice.Evidence, "evidence")),
            (heading("cost_band"), partial(self.choice, Practice.CostBand, "cost_band")),
            *text.values(),
            *((heading(name), partial(self.fact, name)) for name in ("website", "address", "lat", "lon")),
            (_("Organisations"), self.organisations),
            (_("Sources"), self.sources),
            (
                _("Confirmed by the project"),
                lambda content, _texts: _("yes") if content["confirmed_by_project"] else _("no"),
            ),
            (_("Language of the texts"), lambda content, _texts: language_of(content, self.language)),
            *((heading(name), partial(self.day, name)) for name in ("published_at", "verified_at")),
        ]

    def headings(self):
        """The first row."""
        return [str(label) for label, _cell in self.columns()]

    def rows(self, some):
        """One row for each of some contents."""
        cells = [cell for _label, cell in self.columns()]
        for content in some:
            texts = content["texts"][language_of(content, self.language)]
            row = [cell(content, texts) for cell in cells]
            yield [value if isinstance(value, int | float) else str(value) for value in row]

    def joined(self, terms, slugs):
        """The names of terms in one cell."""
        return "; ".join(terms[slug].name for slug in slugs if slug in terms)

    def terms(self, name, content, _texts):
        return self.joined(self.names, content[name])

    def text(self, name, _content, texts):
        return as_text(texts.get(name), addresses=True)

    def fact(self, name, content, _texts):
        return "" if content[name] is None else content[name]

    def choice(self, choices, name, content, _texts):
        return choices(content[name]).label if content[name] else ""

    def day(self, name, content, _texts):
        return date_format(content[name], "Y-m-d") if content[name] else ""

    def further_countries(self, content, _texts):
        return "; ".join(countries.name(code) for code in content["further_countries"].split(",") if code)

    def organisations(self, content, _texts):
        return "; ".join(f"{row['name']} ({Participant.Role(row['role']).label})" for row in content["participants"])

    def sources(self, content, _texts):
        return "; ".join(f"{row['title']} {row['url']}".strip() for row in content["sources"])
