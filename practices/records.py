"""The records of content files: themes, sectors, practices and what the home page puts forward."""

import datetime
from typing import Annotated, Literal

from django.conf import settings
from django.utils import timezone
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, model_validator
from taggit.models import Tag

from cities.models import City
from cities.records import (
    Country,
    Day,
    Latitude,
    Longitude,
    Record,
    SourceRecord,
    Url,
    Year,
    Yes,
    iso_day,
    line_of,
    optional,
    slug_of,
    text_of,
)
from practices.models import Feature, Participant, Practice, Sector, Theme
from practices.richtext import MOST_CHARACTERS, clean

SMALL_WORDS = {"ict": "ICT", "it": "IT"}


def start_of_day(value):
    """The first moment of a day that is given without a time."""
    if not isinstance(value, str):
        raise ValueError("must be a day or a moment written as text: 2024-01-31 or 2024-01-31T09:30:00+01:00")
    if "T" in value:
        return value
    return timezone.make_aware(datetime.datetime.combine(iso_day(value), datetime.time()))


def without_repetition(values):
    """The values in alphabetical order, each once."""
    return sorted(set(values))


EARLIEST = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)
Moment = Annotated[AwareDatetime, BeforeValidator(start_of_day), Field(ge=EARLIEST)]
Countries = Annotated[list[Country], AfterValidator(without_repetition)]


def cleaned(text):
    """The text with nothing but paragraphs, lists, bold, emphasis and links; refuses one that is far too long."""
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"has more than {MOST_CHARACTERS} characters")
    return clean(text)


def rich_text_of(model, column):
    """A text that fits this column and may have marks."""
    return Annotated[text_of(model, column), AfterValidator(cleaned)]


class ThemeTexts(Record):
    """What a theme is called and what it means, in one language."""

    name: line_of(Theme, "name")
    one_line: line_of(Theme, "one_line")
    definition: optional(text_of(Theme, "definition")) = None
    definition_note: optional(text_of(Theme, "definition_note")) = None
    examples: list[line_of(Theme, "examples")] = Field([], alias="example_practices")


class ThemeRecord(ThemeTexts):
    """A theme."""

    texts = ("name", "one_line", "definition", "definition_note", "examples")

    slug: slug_of(Theme)
    colour: optional(Theme.Colour) = None
    position: optional(Annotated[int, Field(strict=True, ge=0, le=32767)]) = None
    sources: list[SourceRecord] = []
    translations: dict[str, ThemeTexts] = {}


class SectorTexts(Record):
    """What a sector is called, in one language."""

    name: line_of(Sector, "name")


class SectorRecord(Record):
    """A sector."""

    texts = ("name",)

    slug: slug_of(Sector)
    kind: Sector.Kind
    name: optional(line_of(Sector, "name")) = None
    translations: dict[str, SectorTexts] = {}

    @model_validator(mode="after")
    def _name_from_slug(self):
        if not self.name:
            words = [SMALL_WORDS.get(word, word) for word in self.slug.split("-")]
            self.name = " ".join(words)
            self.name = self.name[:1].upper() + self.name[1:]
        return self


class ParticipantRecord(Record):
    """An organisation that takes part in a practice."""

    name: line_of(Participant, "name")
    role: Participant.Role
    url: optional(Url) = None


class PracticeTexts(Record):
    """The texts of a practice, in one language."""

    title: line_of(Practice, "title")
    summary: text_of(Practice, "summary")
    challenge: optional(rich_text_of(Practice, "challenge")) = None
    description: optional(rich_text_of(Practice, "description")) = None
    partners_role: optional(rich_text_of(Practice, "partners_role")) = None
    resources: optional(rich_text_of(Practice, "resources")) = None
    results: optional(rich_text_of(Practice, "results")) = None
    lessons: optional(rich_text_of(Practice, "lessons")) = None
    transferability: optional(rich_text_of(Practice, "transferability")) = None
    project_link: optional(text_of(Practice, "project_link")) = None


class PracticeRecord(PracticeTexts):
    """A practice."""

    texts = tuple(PracticeTexts.model_fields)

    slug: optional(slug_of(Practice)) = None
    city: slug_of(City)
    theme: slug_of(Theme)
    theme_from_source: Yes = False
    further_cities: list[slug_of(City)] = []
    further_countries: Countries = []
    further_themes: list[slug_of(Theme)] = []
    creative_sectors: list[slug_of(Sector)] = []
    growth_sectors: list[slug_of(Sector)] = []
    tags: list[line_of(Tag, "name")] = []
    start_year: optional(Year) = None
    end_year: optional(Year) = None
    outcome: Practice.Outcome = Practice.Outcome.UNKNOWN
    outcome_year: optional(Year) = Field(None, alias="status_as_of")
    evidence: optional(Practice.Evidence) = None
    cost_band: optional(Practice.CostBand) = None
    address: optional(line_of(Practice, "address")) = None
    lat: optional(Latitude) = None
    lon: optional(Longitude) = None
    website: optional(Url) = None
    confirmed_by_project: Yes = False
    analysis_fields: list[Practice.Section] = []
    original_language: Literal[tuple(dict(settings.LANGUAGES))] = Field(settings.LANGUAGE_CODE, alias="language")
    state: Practice.State = Practice.State.PUBLISHED
    published_at: optional(Moment) = None
    verified_at: optional(Day) = None
    participants: list[ParticipantRecord] = Field([], alias="organisations")
    sources: list[SourceRecord] = []
    translations: dict[str, PracticeTexts] = {}

    @model_validator(mode="after")
    def _years_in_order(self):
        if self.start_year and self.end_year and self.end_year < self.start_year:
            raise ValueError(f"end_year: {self.end_year} lies before start_year, {self.start_year}")
        return self

    @model_validator(mode="after")
    def _whole_position(self):
        if (self.lat is None) != (self.lon is None):
            raise ValueError(f"{'lat' if self.lat is None else 'lon'}: a position needs both lat and lon")
        return self

    def text_language(self):
        return self.original_language

    def content(self):
        content = super().content()
        content["further_countries"] = ",".join(self.further_countries)
        return content


class FeatureTexts(Record):
    """Why a reader should look at a practice now, in one language."""

    reason: line_of(Feature, "reason")


class FeatureRecord(FeatureTexts):
    """A practice put forward on the home page."""

    texts = ("reason",)

    practice: slug_of(Practice)
    place: Annotated[int, Field(strict=True, ge=1, le=3)]
    starts: Day
    ends: optional(Day) = None
    translations: dict[str, FeatureTexts] = {}

    @model_validator(mode="after")
    def _days_in_order(self):
        if self.ends and self.ends < self.starts:
            raise ValueError(f"ends: {self.ends} lies before starts, {self.starts}")
        return self
