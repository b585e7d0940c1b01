"""The records of content files: what every kind of record shares, and the record of a city."""

import datetime
import re
from typing import Annotated, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import override
from django_countries import countries
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from cities.models import City, CitySource, Partner
from cities.parts import Rows, Texts
from cities.rows import Layout

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
is_web_address = URLValidator(schemes=["http", "https"])


def clean_text(text):
    """The text with plain line ends and without space around it; characters that no page can show are refused."""
    if not isinstance(text, str):
        return text
    if found := FORBIDDEN.search(text):
        raise ValueError(f"contains the character U+{ord(found[0]):04X}, which no page can show")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(text):
    """Refuses a line break."""
    if "\n" in text:
        raise ValueError("must be one line, without line breaks")
    return text


def web_address(url):
    """Refuses what no browser could open."""
    try:
        is_web_address(url)
    except ValidationError:
        raise ValueError(f"is not a web address (http or https): {url[:80]!r}") from None
    return url


def iso_day(value):
    """Refuses what is not a day written YYYY-MM-DD."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("must be a day written YYYY-MM-DD")
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value} is a date that does not exist") from None


def country_code(code):
    """Refuses what is no country."""
    if code not in dict(countries):
        raise ValueError(f"is not a country code of two capital letters (ISO 3166): {code[:20]!r}")
    return code


def text_of(model, column):
    """A text of any number of paragraphs that fits this column, translated or not; one of many, if it is a list."""
    translations = getattr(model, "_parler_meta", None)
    if translations and column in translations.get_translated_fields():
        model = translations.root_model
    field = model._meta.get_field(column)
    length = getattr(field, "base_field", field).max_length
    return Annotated[str, StringConstraints(min_length=1, max_length=length), BeforeValidator(clean_text)]


def line_of(model, column):
    """A text of one line that fits this column."""
    return Annotated[text_of(model, column), AfterValidator(one_line)]


def slug_of(model):
    """The last part of an address, as this model keeps it."""
    length = model._meta.get_field("slug").max_length
    return Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]+\z", max_length=length)]


def empty_is_missing(value):
    """Takes an empty text for what it means: nothing."""
    return None if isinstance(value, str) and not value.strip() else value


def optional(kind):
    """A field that may be missing, null or empty."""
    return Annotated[kind | None, BeforeValidator(empty_is_missing)]


Url = Annotated[str, StringConstraints(max_length=500), BeforeValidator(clean_text), AfterValidator(web_address)]
Day = Annotated[datetime.date, BeforeValidator(iso_day)]
Country = Annotated[str, AfterValidator(country_code)]
Latitude = Annotated[float, Field(strict=True, ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(strict=True, ge=-180, le=180, allow_inf_nan=False)]
Year = Annotated[int, Field(strict=True, ge=1800, le=2100)]
Yes = Annotated[bool, Field(strict=True)]


class Record(BaseModel):
    """What a content file says of one thing; attributes are named like columns, aliases like the fields of the file."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True)
    texts: ClassVar[tuple[str, ...]] = ()

    def content(self):
        """The record as the database will hold it: columns, lists of parts, and texts by language."""
        content = self.model_dump(exclude=set(self.texts) | {"translations", "language"})
        if self.texts:
            given = {field: getattr(self, field) for field in self.texts}
            content["texts"] = {self.text_language(): given} | {
                language: translation.model_dump() for language, translation in self.translations.items()
            }
        return content

    def text_language(self):
        """The language of the texts that stand in the record itself."""
        return getattr(self, "language", settings.LANGUAGE_CODE)

    @model_validator(mode="after")
    def _known_languages(self):
        languages = dict(settings.LANGUAGES)
        for language in getattr(self, "translations", ()):
            if language not in languages:
                raise ValueError(f"translations: {language!r} is not one of the languages {', '.join(languages)}")
            if language == self.text_language():
                raise ValueError(f"translations: the record itself is in {language!r} already")
        return self


class SourceRecord(Record):
    """A document that supports what is said."""

    title: line_of(CitySource, "title")
    url: optional(Url) = None
    supports: optional(line_of(CitySource, "supports")) = Field(None, alias="what_it_supports")


class PartnerRecord(Record):
    """An organisation through which a city takes part."""

    name: line_of(Partner, "name")
    role: optional(line_of(Partner, "role")) = None
    url: optional(Url) = None


class CityTexts(Record):
    """What a city is called and what is said of it, in one language."""

    name: line_of(City, "name")
    profile: optional(text_of(City, "profile")) = None
    population_note: optional(line_of(City, "population_note")) = None
    note: optional(text_of(City, "note")) = None


class CityRecord(CityTexts):
    """A partner city."""

    texts = ("name", "profile", "population_note", "note")

    slug: slug_of(City)
    local_name: line_of(City, "local_name")
    other_names: list[line_of(City, "other_names")] = Field([], alias="also_known_as")
    country: Country = Field(alias="country_code")
    country_name: optional(str) = Field(None, alias="country")
    lat: Latitude
    lon: Longitude
    website: optional(Url) = None
    partners: list[PartnerRecord] = Field([], alias="partner_organisations")
    sources: list[SourceRecord] = []
    translations: dict[str, CityTexts] = {}

    @model_validator(mode="after")
    def _country_agrees(self):
        with override("en"):
            name = countries.name(self.country)
        if self.country_name and self.country_name.casefold() != name.casefold():
            raise ValueError(f"country: {self.country_name!r} is not the country of the code {self.country}, {name}")
        return self

    def content(self):
        content = super().content()
        del content["country_name"]
        return content


CITIES = Layout(
    City,
    ["slug", "local_name", "other_names", "country", "lat", "lon", "website"],
    [Texts(City), Rows(City, "partners", ["name", "role", "url"]), Rows(City, "sources", ["title", "url", "supports"])],
)
