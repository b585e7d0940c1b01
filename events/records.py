"""The records of content files: events."""

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from cities.models import City
from cities.parts import References, Rows, Texts
from cities.records import Record, SourceRecord, Url, line_of, optional, slug_of, text_of
from cities.rows import Layout
from events.dates import Precision, last_day
from events.models import Event, EventDocument, PracticeSeen, ProgrammeItem
from practices.models import Practice, Theme
from practices.records import rich_text_of

PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def partial_date(text):
    """Refuses what is no date of a year, a month or a day."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise ValueError(f"must be written YYYY, YYYY-MM or YYYY-MM-DD, not {text[:20]!r}")
    try:
        first_day(text)
    except ValueError:
        raise ValueError(f"{text} is a date that does not exist") from None
    return text


def first_day(text):
    """The first day of the year or month, or the day itself."""
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return datetime.date(year, month, day)


def seen(value):
    """A name alone stands for a practice seen under that name."""
    return {"name": value} if isinstance(value, str) else value


PartialDate = Annotated[str, AfterValidator(partial_date)]


class DocumentRecord(Record):
    """A document that came out of an event."""

    title: line_of(EventDocument, "title")
    url: Url


class PracticeSeenRecord(Record):
    """A practice that participants saw: its slug, the name it was seen under, or both."""

    name: optional(line_of(PracticeSeen, "name")) = None
    practice: optional(slug_of(Practice)) = None

    @model_validator(mode="after")
    def _something(self):
        if not self.name and not self.practice:
            raise ValueError("name: give the name, the practice or both")
        return self


class EventTexts(Record):
    """The texts of an event, in one language."""

    title: line_of(Event, "title")
    summary: text_of(Event, "summary")
    description: optional(rich_text_of(Event, "description")) = None
    outcomes: optional(text_of(Event, "outcomes")) = None
    date_note: optional(text_of(Event, "date_note")) = None


class EventRecord(EventTexts):
    """An event."""

    texts = ("title", "summary", "description", "outcomes", "date_note")

    slug: slug_of(Event)
    kind: Event.Kind
    theme: optional(slug_of(Theme)) = None
    host_city: optional(slug_of(City)) = None
    participating_cities: list[slug_of(City)] = []
    starts: optional(PartialDate) = Field(None, alias="start_date")
    ends: optional(PartialDate) = Field(None, alias="end_date")
    date_precision: optional(Precision) = None
    confidence: optional(Event.Confidence) = None
    programme: list[line_of(ProgrammeItem, "text")] = []
    practices_seen: list[Annotated[PracticeSeenRecord, BeforeValidator(seen)]] = Field([], alias="practices")
    documents: list[DocumentRecord] = []
    sources: list[SourceRecord] = []
    translations: dict[str, EventTexts] = {}

    @model_validator(mode="after")
    def _dates_in_order(self):
        if self.ends and not self.starts:
            raise ValueError("start_date: is needed when there is an end_date")
        if self.ends and len(self.ends) != len(self.starts):
            raise ValueError(f"end_date: {self.ends} is not known as exactly as start_date, {self.starts}")
        if self.ends and self.ends < self.starts:
            raise ValueError(f"end_date: {self.ends} lies before start_date, {self.starts}")
        return self

    @model_validator(mode="after")
    def _precision_fits(self):
        if self.date_precision and not self.starts:
            raise ValueError("date_precision: there is no date that it could be about")
        if self.date_precision and self.date_precision != PRECISIONS[len(self.starts)]:
            raise ValueError(f"date_precision: {self.date_precision!s} does not fit the date {self.starts}")
        return self

    def content(self):
        content = super().content()
        precision = PRECISIONS[len(self.starts)] if self.starts else Precision.DAY
        content["date_precision"] = precision.value
        content["starts"] = first_day(self.starts) if self.starts else None
        content["ends"] = last_day(first_day(self.ends), precision) if self.ends else None
        content["programme"] = [{"text": text} for text in self.programme]
        return content


EVENTS = Layout(
    Event,
    ["slug", "kind", "theme", "host_city", "starts", "ends", "date_precision", "confidence"],
    [
        Texts(Event),
        References(Event, "participating_cities"),
        Rows(Event, "programme", ["text"]),
        Rows(Event, "practices_seen", ["name", "practice"]),
        Rows(Event, "documents", ["title", "url"]),
        Rows(Event, "sources", ["title", "url", "supports"]),
    ],
)
