"""Practices as lists show them: read without their long texts, and remembered until the content changes."""

from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cities.meta import address_of
from cities.moulds import mould, ready
from practices.covers import cover
from practices.images import Shown
from practices.models import Practice
from search.asking import rows
from search.lately import Lately

# One row for each text of a practice. Lists ask this on every page; the ORM takes eight times as long to ask it.
TEXTS = """
    SELECT practice.id, slug, city_id, theme_id, start_year, end_year, outcome, confirmed_by_project, verified_at,
        practice.lat, practice.lon, evidence, published_at, practice.updated_at,
        image.file, image.width, language_code, title, summary
    FROM practices_practice AS practice
    JOIN practices_practice_translation AS text ON text.master_id = practice.id
    LEFT JOIN LATERAL (
        SELECT file, width FROM practices_image WHERE practice_id = practice.id ORDER BY position, id LIMIT 1
    ) AS image ON true
    WHERE state = 'published' AND practice.id = ANY(%s::bigint[])
"""
SIZES = "(min-width: 60rem) 22rem, 95vw"  # how wide the picture of a card is on screens of these widths
REMEMBERED = 512  # practices, each of some four thousand letters at most


class Facts(NamedTuple):
    """What lists tell of a practice in every language."""

    pk: int
    slug: str
    city_id: int
    theme_id: int
    start_year: int
    end_year: int
    outcome: str
    confirmed_by_project: bool
    verified_at: object
    lat: float
    lon: float
    evidence: str
    published_at: object
    updated_at: object
    picture_file: str
    picture_width: int


class Why(NamedTuple):
    """Why a search found a practice: its title and a passage with marks, and the language of the passage."""

    title: str
    passage: str
    language: str


class Listed:
    """A practice in the language of the page, or in another one if it is not written in that."""

    def __init__(self, facts, texts, city, theme):
        self.facts, self.city_term, self.theme_term = facts, city, theme
        self.languages = [code for code, _name in settings.LANGUAGES if code in texts]
        page = get_language()
        self.language = page if page in texts else self.languages[0]
        self.foreign = "" if self.language == page else self.language
        self.title, self.summary = texts[self.language]
        self.address = self.get_absolute_url()

    def __getattr__(self, name):
        return getattr(self.facts, name)

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("practices:detail", self.facts.slug)

    @property
    def picture(self):
        """Its first picture, if it has one."""
        if not self.picture_file:
            return None
        return Shown(f"{self.address}images/", self.picture_file, self.picture_width)

    @property
    def cover(self):
        """What stands at the head of its card: its first picture, or the drawing that stands for one."""
        if self.picture:
            return render_to_string("components/picture.html", {"picture": self.picture, "sizes": SIZES, "lazy": True})
        return cover(self.theme_term.colour, self.slug)

    def card(self, comparable=False, why=None):
        """The card of the practice, ready for the page; without a reason why it was found it is made once."""
        if why:
            return self._card(comparable, why)
        return self.comparable_card if comparable else self.plain_card

    @cached_property
    def plain_card(self):
        """Its card."""
        return self._card(comparable=False)

    @cached_property
    def comparable_card(self):
        """Its card with a box to choose it for a comparison."""
        return self._card(comparable=True)

    def _card(self, comparable, why=None):
        kinds = {
            "language": self.foreign,
            "text_language": why.language if why and why.passage else self.language,
            "has_years": bool(self.start_year),
            "confirmed": self.confirmed_by_project,
            "comparable": comparable,
        }
        title, text = why.title if why else self.title, (why and why.passage) or self.summary
        shape = mould("components/practice_card.html", "title", "text", *self._known, **kinds)
        return shape.pour(title=ready(title), text=ready(text), **self._known)

    @cached_property
    def _known(self):
        """What its card says whyever it is shown, ready for the page."""
        theme = self.theme_term
        values = {
            "key": self.pk,
            "slug": self.slug,
            "address": self.address,
            "cover": self.cover,
            "place": self.city_term.name,
            "years": lasted(self) if self.start_year else "",
            "colour": theme.colour,
            "theme": theme.name,
            "theme_address": theme.get_absolute_url(),
        }
        return {name: ready(value) for name, value in values.items()}

    def row(self, why=None):
        """The row of the practice in a table, ready for the page; without a reason it is made once too."""
        return self._row(why) if why else self.plain_row

    @cached_property
    def plain_row(self):
        """Its row."""
        return self._row()

    def _row(self, why=None):
        values = {
            "address": self.address,
            "title": why.title if why else self.title,
            "place": self.city_term.name,
            "colour": self.theme_term.colour,
            "theme": self.theme_term.name,
            "years": lasted(self),
            "outcome": Practice.Outcome(self.outcome).label,
            "verified": date_format(self.verified_at, "SHORT_DATE_FORMAT") if self.verified_at else "–",
        }
        return mould("practices/_row.html", *values, language=self.foreign).cast(**values)


class Lists:
    """Reads practices for lists with the terms of their cities and themes."""

    def __init__(self, cities, themes):
        self.cities, self.themes, self.lately = cities, themes, Lately(REMEMBERED)

    def __call__(self, keys):
        """The published ones of these practices, in this order; at most one query."""
        language, found = get_language(), {}
        for key in keys:
            if listed := self.lately.get((language, key)):
                found[key] = listed
        if missing := [key for key in keys if key not in found and key is not None]:
            for listed in self._read(missing):
                found[listed.pk] = listed
                self.lately.put((language, listed.pk), listed)
        return [found[key] for key in keys if key in found]

    def _read(self, keys):
        facts, texts = {}, {}
        for *columns, language, title, summary in rows(TEXTS, [keys]):
            facts[columns[0]] = columns
            texts.setdefault(columns[0], {})[language] = title, summary
        for key, columns in facts.items():
            known = Facts(*columns)
            yield Listed(known, texts[key], self.cities[known.city_id], self.themes[known.theme_id])


def lasted(practice):
    """From when to when a practice lasted, as far as it is known."""
    first, last = practice.start_year, practice.end_year
    if first and last:
        return f"{first}–{last}"
    if first:
        words = _("since %(year)s") if practice.outcome == Practice.Outcome.RUNNING else _("from %(year)s")
        return words % {"year": first}
    return _("until %(year)s") % {"year": last} if last else _("not known")
