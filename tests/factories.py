"""Ordinary rows for tests; whatever matters to a test is written in the test."""

import factory
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from factory.django import DjangoModelFactory

from accounts.models import User
from cities.models import City
from events.indexing import index_events
from events.models import Event, EventDocument, EventSource, PracticeSeen, ProgrammeItem
from practices.attachments import Checked
from practices.indexing import index_practices
from practices.models import Attachment, Feature, Image, Participant, Practice, PracticeSource, Sector, Theme
from search.facets import Facets


def adding(relation):
    """Adds what is given under its name to a relation, and asks the database nothing where nothing is given."""

    def add(thing, _create, given):
        if given:
            getattr(thing, relation).add(*given)

    return factory.post_generation(add)


class UserFactory(DjangoModelFactory):
    """A person with a password and an authenticator app, so that the desk is open to webmasters too."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("person{}@example.org".format)
    name = "Ona Petraitė"
    password = factory.django.Password("a-long-password-1")

    @factory.post_generation
    def second_factor(self, create, secret):
        if secret is not False:
            TOTP.activate(self, secret or generate_totp_secret())


class OnceFactory(DjangoModelFactory):
    """Makes a thing unless there is one of its slug; Django's own way of that takes two savepoints more."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model, **facts):
        return model.objects.filter(slug=facts["slug"]).first() or model.objects.create(**facts)


class CityFactory(OnceFactory):
    class Meta:
        model = City

    slug = factory.Sequence("city-{}".format)
    name = factory.LazyAttribute(lambda city: city.slug.title())
    local_name = factory.SelfAttribute("name")
    country = "LT"
    lat = 54.7
    lon = 25.3


class ThemeFactory(OnceFactory):
    class Meta:
        model = Theme

    slug = factory.Sequence("theme-{}".format)
    name = factory.LazyAttribute(lambda theme: theme.slug.title())
    one_line = "What brings sectors together."
    colour = Theme.Colour.TEAL


class SectorFactory(OnceFactory):
    class Meta:
        model = Sector

    slug = factory.Sequence("sector-{}".format)
    name = factory.LazyAttribute(lambda sector: sector.slug.title())
    kind = Sector.Kind.CREATIVE


class PracticeFactory(DjangoModelFactory):
    """A published practice in English, found by the search."""

    class Meta:
        model = Practice
        skip_postgeneration_save = True

    slug = factory.Sequence("practice-{}".format)
    title = factory.LazyAttribute(lambda practice: practice.slug.replace("-", " ").title())
    summary = "Designers and a factory work on one product."
    city = factory.SubFactory(CityFactory)
    theme = factory.SubFactory(ThemeFactory)
    state = Practice.State.PUBLISHED

    further_cities = adding("further_cities")
    further_themes = adding("further_themes")
    tags = adding("tags")
    creative_sectors = adding("creative_sectors")
    growth_sectors = adding("growth_sectors")

    @factory.post_generation
    def indexed(self, create, wanted):
        if self.state == Practice.State.PUBLISHED if wanted is None else wanted:
            index_practices(Practice.objects.filter(pk=self.pk))

    @classmethod
    def create_batch(cls, size, **facts):
        """So many of them, indexed at once, which takes half of the time."""
        practices = super().create_batch(size, indexed=False, **facts)
        index_practices(Practice.objects.filter(pk__in=[practice.pk for practice in practices]))
        return practices


class PracticeSourceFactory(DjangoModelFactory):
    class Meta:
        model = PracticeSource

    practice = factory.SubFactory(PracticeFactory)
    title = "Annual report"
    url = "https://example.org/report"


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    practice = factory.SubFactory(PracticeFactory)
    name = "Design Centre"
    role = Participant.Role.LEAD


class ImageFactory(DjangoModelFactory):
    class Meta:
        model = Image

    practice = factory.SubFactory(PracticeFactory)
    file = factory.django.ImageField(filename="loom.png", width=40, height=30, format="PNG")
    alternative_text = "Two people at a loom."
    credit = "Ona Petraitė"
    licence = "CC BY 4.0"


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = Attachment

    practice = factory.SubFactory(PracticeFactory)
    file = factory.LazyFunction(lambda: Checked(b"%PDF-1.7 in a test", pages=12))
    title = "Evaluation of the vouchers"


class FeatureFactory(DjangoModelFactory):
    class Meta:
        model = Feature

    practice = factory.SubFactory(PracticeFactory)
    place = 1
    reason = "Three other cities have taken it over."


class EventFactory(DjangoModelFactory):
    """A published event of unknown date in English, found by the search."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    slug = factory.Sequence("event-{}".format)
    title = factory.LazyAttribute(lambda event: event.slug.replace("-", " ").title())
    summary = "Cities met and compared notes."
    kind = Event.Kind.WORKSHOP

    participating_cities = adding("participating_cities")

    @factory.post_generation
    def indexed(self, create, extracted):
        index_events(Event.objects.filter(pk=self.pk))


class PracticeSeenFactory(DjangoModelFactory):
    class Meta:
        model = PracticeSeen

    event = factory.SubFactory(EventFactory)


class ProgrammeItemFactory(DjangoModelFactory):
    class Meta:
        model = ProgrammeItem

    event = factory.SubFactory(EventFactory)
    text = "A walk through the quarter"


class EventDocumentFactory(DjangoModelFactory):
    class Meta:
        model = EventDocument

    event = factory.SubFactory(EventFactory)
    title = "Report of the analyst"
    url = "https://example.org/analyst"


class EventSourceFactory(DjangoModelFactory):
    class Meta:
        model = EventSource

    event = factory.SubFactory(EventFactory)
    title = "Newsletter"
    url = "https://example.org/newsletter"


def faceted(rows):
    """Facets of things made up for a test, which stand in the order of the rows: pairs of a key and {facet: values}."""
    rows, pairs = list(rows), {}
    for key, values_by_facet in rows:
        for facet, values in values_by_facet.items():
            pairs.setdefault(facet, []).extend((key, value) for value in values)
    return Facets([key for key, _values in rows], pairs)
