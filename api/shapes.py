"""What the interface tells of cities, themes, sectors and events, field by field."""

from rest_framework import serializers
from rest_framework.reverse import reverse

from cities.meta import shown_in
from practices.richtext import as_text

PLAIN = "Without marks: an empty line between paragraphs, lists as lines with a dash or a number, addresses of links."


class RichText(serializers.CharField):
    """A text that pages show with lists, emphasis and links, as words alone."""

    def to_representation(self, value):
        return as_text(value, addresses=True)


class WithAddresses(serializers.Serializer):
    """A thing with a page for people and an address in the interface; `detail` names the latter."""

    detail = ""
    address = serializers.SerializerMethodField(help_text="Its page for people.")
    api_address = serializers.SerializerMethodField(help_text="All that this interface tells of it.")

    def get_address(self, thing) -> str:
        return self.context["asked"].page_address(thing)

    def get_api_address(self, thing) -> str:
        return reverse(self.detail, args=[thing.slug], request=self.context["asked"].request)


class Named(serializers.Serializer):
    """A thing by its key and its name in the language asked for."""

    slug = serializers.CharField(help_text="Its key, as filters take it.")
    name = serializers.CharField(source="__str__", help_text="In the language asked for, else in another.")


class NamedCity(Named):
    """A city by its key, its name and its country."""

    country = serializers.CharField(source="country.code", help_text="ISO 3166 code.")


class Country(serializers.Serializer):
    """A country."""

    code = serializers.CharField(help_text="ISO 3166 code.")
    name = serializers.CharField()


class Source(serializers.Serializer):
    """A document that supports what is said."""

    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    supports = serializers.CharField(allow_blank=True, help_text="Which statements rest on it.")


class Translated(serializers.Serializer):
    """The language of texts that may not be there in the language asked for."""

    language = serializers.SerializerMethodField(help_text="The language of the texts shown here.")

    def get_language(self, thing) -> str:
        return shown_in(thing)


class CityRow(Translated, WithAddresses):
    """A city in a list."""

    detail = "api:city"
    slug = serializers.CharField()
    name = serializers.CharField()
    local_name = serializers.CharField(help_text="As its people write it.")
    other_names = serializers.ListField(child=serializers.CharField())
    country = Country()
    lat = serializers.FloatField(help_text="Degrees north.")
    lon = serializers.FloatField(help_text="Degrees east.")
    website = serializers.CharField(allow_blank=True)
    practices = serializers.IntegerField(source="number", help_text="How many published practices take place there.")


class Partner(serializers.Serializer):
    """An organisation through which a city takes part."""

    name = serializers.CharField()
    role = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)


class CityDetail(CityRow):
    """A city with its profile."""

    profile = serializers.CharField(allow_blank=True)
    population_note = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True, help_text="What is uncertain about it.")
    partners = Partner(many=True, source="partners.all")
    sources = Source(many=True, source="sources.all")


class ThemeRow(Translated, WithAddresses):
    """A theme in a list."""

    detail = "api:theme"
    slug = serializers.CharField()
    name = serializers.CharField()
    one_line = serializers.CharField(help_text="What it is about, in one sentence.")
    practices = serializers.IntegerField(source="number", help_text="How many published practices belong to it.")


class ThemeDetail(ThemeRow):
    """A theme with its definition."""

    definition = serializers.CharField(allow_blank=True)
    definition_note = serializers.CharField(allow_blank=True)
    examples = serializers.ListField(child=serializers.CharField())
    sources = Source(many=True, source="sources.all")


class SectorRow(Named):
    """A sector that takes part in practices."""

    kind = serializers.CharField(source="facts.kind", help_text="creative or growth.")


class EventRow(Translated, WithAddresses):
    """An event in a list."""

    detail = "api:event"
    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    kind = serializers.CharField()
    theme = Named(source="theme_term", allow_null=True)
    host_city = NamedCity(source="host_term", allow_null=True)
    participating_cities = NamedCity(many=True, source="city_terms")
    starts = serializers.DateField(allow_null=True, help_text="The first day; of a month or year, its first.")
    ends = serializers.DateField(allow_null=True)
    date_precision = serializers.CharField(help_text="How much of the date is known: day, month or year.")
    confidence = serializers.CharField(allow_blank=True, help_text="How well documented it is: high, medium or low.")


class Document(serializers.Serializer):
    """A document that came out of an event."""

    title = serializers.CharField()
    url = serializers.CharField()


class PracticeSeen(serializers.Serializer):
    """A practice that participants saw."""

    name = serializers.CharField(help_text="Its title, or the name under which it was seen.")
    slug = serializers.CharField(allow_null=True, help_text="Its key, if it is in the knowledge base.")


def seen_as(row, practice):
    """A practice seen at an event: by its title if it is published, else by the name under which it was seen."""
    return {"name": practice.title, "slug": practice.slug} if practice else {"name": row.name, "slug": None}


class EventDetail(EventRow):
    """An event with all that is known of it."""

    description = RichText(allow_blank=True, help_text=PLAIN)
    outcomes = serializers.CharField(allow_blank=True)
    date_note = serializers.CharField(allow_blank=True)
    programme = serializers.SerializerMethodField()
    practices_seen = PracticeSeen(many=True, source="seen")
    documents = Document(many=True, source="documents.all")
    sources = Source(many=True, source="sources.all")

    def get_programme(self, event) -> list[str]:
        return [str(point) for point in event.programme.all()]


class Page(serializers.Serializer):
    """A piece of a list."""

    count = serializers.IntegerField(help_text="How many there are in all.")
    next = serializers.CharField(allow_null=True, help_text="The address of the next piece.")
    previous = serializers.CharField(allow_null=True, help_text="The address of the piece before.")


class CityPage(Page):
    """A piece of the list of cities."""

    results = CityRow(many=True)


class ThemePage(Page):
    """A piece of the list of themes."""

    results = ThemeRow(many=True)


class SectorPage(Page):
    """A piece of the list of sectors."""

    results = SectorRow(many=True)


class EventPage(Page):
    """A piece of the list of events."""

    results = EventRow(many=True)
