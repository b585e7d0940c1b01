"""What the interface tells of practices, field by field."""

from django.utils.timezone import get_current_timezone
from django.utils.translation import override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.shapes import PLAIN, Country, Named, NamedCity, Page, RichText, Source, Translated, WithAddresses
from cities.meta import address_of
from practices.models import Practice


class PracticeRows(serializers.ListSerializer):
    """Practices in a list, told without asking each of their fields how, which takes eight times as long."""

    def to_representation(self, practices):
        asked, zone = self.context["asked"], get_current_timezone()
        with override(asked.page_language):
            pages = [asked.origin + practice.get_absolute_url() for practice in practices]
        return [row_of(practice, page, asked, zone) for practice, page in zip(practices, pages, strict=True)]


def row_of(practice, page, asked, zone):
    """A practice of the catalogue as `PracticeRow` describes it."""
    facts, city, theme = practice.facts, practice.city_term, practice.theme_term
    return {
        "language": practice.language,
        "address": page,
        "api_address": asked.origin + address_of("api:practice", facts.slug),
        "id": facts.pk,
        "slug": facts.slug,
        "title": practice.title,
        "summary": practice.summary,
        "score": asked.scores.get(facts.pk),
        "city": {"slug": city.slug, "name": city.name, "country": city.facts["country"]},
        "theme": {"slug": theme.slug, "name": theme.name},
        "start_year": facts.start_year,
        "end_year": facts.end_year,
        "outcome": facts.outcome,
        "evidence": facts.evidence,
        "published_at": facts.published_at.astimezone(zone).isoformat(),
        "updated_at": facts.updated_at.astimezone(zone).isoformat(),
        "verified_at": facts.verified_at.isoformat() if facts.verified_at else None,
    }


class PracticeRow(Translated, WithAddresses):
    """A practice in a list."""

    detail = "api:practice"
    id = serializers.IntegerField(source="pk")
    slug = serializers.CharField(help_text="Its key, and the last part of its address.")
    title = serializers.CharField(help_text="In the language asked for, else in another.")
    summary = serializers.CharField()
    score = serializers.SerializerMethodField(
        help_text="How well it fits the words of `q`; only good for comparing hits of one search."
    )
    city = NamedCity(source="city_term")
    theme = Named(source="theme_term")
    start_year = serializers.IntegerField(allow_null=True)
    end_year = serializers.IntegerField(allow_null=True)
    outcome = serializers.CharField(help_text=f"What became of it: {', '.join(Practice.Outcome.values)}.")
    evidence = serializers.CharField(
        allow_blank=True, help_text=f"How well its results are shown: {', '.join(Practice.Evidence.values)}."
    )
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    verified_at = serializers.DateField(allow_null=True, help_text="When somebody last checked that it is still true.")

    class Meta:
        list_serializer_class = PracticeRows

    def get_score(self, practice) -> float | None:
        return self.context["asked"].scores.get(practice.pk)


class Texts(serializers.Serializer):
    """The texts of a practice in one language."""

    title = serializers.CharField()
    summary = serializers.CharField()
    challenge = RichText(allow_blank=True, help_text=PLAIN)
    description = RichText(allow_blank=True)
    partners_role = RichText(allow_blank=True)
    resources = RichText(allow_blank=True)
    results = RichText(allow_blank=True)
    lessons = RichText(allow_blank=True)
    transferability = RichText(allow_blank=True)
    project_link = serializers.CharField(allow_blank=True)


class Organisation(serializers.Serializer):
    """An organisation that takes part in a practice."""

    name = serializers.CharField()
    role = serializers.CharField(help_text="lead, partner, funder or beneficiary.")
    url = serializers.CharField(allow_blank=True)


class Image(serializers.Serializer):
    """A picture of a practice."""

    address = serializers.SerializerMethodField()
    alternative_text = serializers.CharField(source="alt")
    credit = serializers.CharField()
    licence = serializers.CharField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)

    def get_address(self, image) -> str:
        return self.context["asked"].page_address(image)


class Attachment(serializers.Serializer):
    """A PDF that goes with a practice."""

    address = serializers.SerializerMethodField()
    title = serializers.CharField()
    language = serializers.CharField()
    pages = serializers.IntegerField()
    size = serializers.IntegerField(help_text="In bytes.")

    def get_address(self, attachment) -> str:
        return self.context["asked"].page_address(attachment)


class Tag(serializers.Serializer):
    """A word that readers look for."""

    slug = serializers.CharField(help_text="Its key, as the filter takes it.")
    name = serializers.CharField()


class SeenAt(serializers.Serializer):
    """An event at which a practice was seen."""

    slug = serializers.CharField()
    title = serializers.SerializerMethodField()

    def get_title(self, event) -> str:
        return event.shown["title"]


class PracticeDetail(PracticeRow):
    """A practice with everything that is published of it."""

    texts = serializers.SerializerMethodField(help_text="By language: all of them, or the one asked for with `lang`.")
    original_language = serializers.CharField()
    cities = NamedCity(many=True, help_text="Where it takes place.")
    countries = Country(many=True, help_text="The countries that it spans.")
    themes = Named(many=True)
    creative_sectors = Named(many=True, source="creative")
    growth_sectors = Named(many=True, source="growth")
    tags = Tag(many=True, source="tag_names")
    theme_from_source = serializers.BooleanField(help_text="Whether the original project assigned the theme.")
    outcome_year = serializers.IntegerField(allow_null=True, help_text="The year of the newest source on the outcome.")
    cost_band = serializers.CharField(allow_blank=True)
    postal_address = serializers.CharField(source="address", allow_blank=True)
    lat = serializers.FloatField(allow_null=True, help_text="Degrees north.")
    lon = serializers.FloatField(allow_null=True, help_text="Degrees east.")
    website = serializers.CharField(allow_blank=True)
    confirmed_by_project = serializers.BooleanField(
        help_text="Whether the original project named it as a good practice."
    )
    analysis_fields = serializers.ListField(
        child=serializers.CharField(), help_text="Texts that hold conclusions of the compilers."
    )
    organisations = Organisation(many=True, source="participants.by_role")
    sources = Source(many=True, source="sources.all")
    images = Image(many=True, source="pictures")
    attachments = Attachment(many=True, source="attachments.all")
    events = SeenAt(many=True, source="seen_events")

    @extend_schema_field(serializers.DictField(child=Texts()))
    def get_texts(self, practice):
        asked = self.context["asked"].options["lang"]
        wanted = self.get_language(practice) if asked else None
        texts = [text for text in practice.translations.all() if wanted in (None, text.language_code)]
        return {text.language_code: Texts(text).data for text in sorted(texts, key=lambda text: text.language_code)}


def complete(practice, known, values):
    """Gives a practice the terms it is sorted by, its pictures and the events at which it was seen."""
    practice.cities = known.terms("city", values["city"])
    practice.countries = [{"code": code, "name": known.label("country", code)} for code in values["country"]]
    practice.themes = known.terms("theme", values["theme"])
    practice.creative = known.terms("creative", values.get("creative", ()))
    practice.growth = known.terms("growth", values.get("growth", ()))
    practice.tag_names = [{"slug": tag, "name": known.tags[tag]} for tag in values.get("tag", ())]
    practice.pictures = practice.images.prefetch_related("translations")
    practice.seen_events = practice.seen_at.events()


class Choice(serializers.Serializer):
    """One value of a facet."""

    value = serializers.CharField(help_text="As the parameter of the same name takes it.")
    label = serializers.CharField()
    count = serializers.IntegerField(help_text="How many practices there would be with this choice.")
    chosen = serializers.BooleanField()


class Search(serializers.Serializer):
    """How the words were taken."""

    asked = serializers.CharField()
    understood = serializers.CharField(help_text="After the spelling was corrected.")
    good = serializers.IntegerField(help_text="So many of the hits, before any filter, are good matches.")


class PracticePage(Page):
    """A piece of the list of practices."""

    search = Search(allow_null=True)
    facets = serializers.SerializerMethodField(help_text="By facet, the counts that the list page shows.")
    results = PracticeRow(many=True)

    @extend_schema_field(serializers.DictField(child=Choice(many=True)))
    def get_facets(self, page):
        return {facet.name: [told(choice) for choice in facet.choices] for facet in page["facets"]}


def told(choice):
    """A choice as `Choice` tells it; there are a hundred of them, and the serializer takes ten times as long."""
    return {"value": choice.value, "label": str(choice.label), "count": choice.count, "chosen": choice.chosen}
