import json

import pytest
from django.conf import settings
from taggit.models import TaggedItem

from cities.models import City, CitySource, Partner
from cities.rows import Slugs, bare
from events.content.kinds import KINDS
from events.content.titles import Titles
from events.models import Event, EventDocument, EventSource, PracticeSeen, ProgrammeItem
from practices.models import Feature, Participant, Practice, PracticeSource, Sector, Theme, ThemeSource
from search.models import Document

FIXTURES = settings.BASE_DIR / "fixtures"
COUNTS = {
    City: 11,
    CitySource: 61,
    Partner: 14,
    Theme: 4,
    ThemeSource: 18,
    Sector: 27,
    Practice: 63,
    PracticeSource: 463,
    Participant: 279,
    TaggedItem: 317,
    Practice.creative_sectors.through: 207,
    Practice.growth_sectors.through: 144,
    Event: 13,
    EventSource: 32,
    ProgrammeItem: 31,
    PracticeSeen: 24,
    EventDocument: 7,
    Feature: 3,
}


pytestmark = pytest.mark.usefixtures("demo")


def records(name):
    """The records of a demo file, as they are written."""
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def test_the_demo_content_is_complete():
    assert {model: model.objects.count() for model in COUNTS} == COUNTS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_rows_say_what_their_records_say(kind):
    slugs, titles = Slugs(), Titles()
    said = {}
    for raw in kind.read(FIXTURES / kind.file):
        record = kind.record.model_validate(raw)
        said[kind.key(record)] = content = record.content()
        kind.complete(content, None, titles)
        kind.layout.resolve(content, slugs)
        content.pop("published_at", None)

    stored = {
        kind.layout.key(content): content for content in kind.layout.read(kind.layout.model.objects.all()).values()
    }
    for content in stored.values():
        content.pop("published_at", None)

    assert bare(stored) == bare(said)


def test_every_practice_reads_as_its_record_does():
    for record in records("practices"):
        practice = Practice.objects.get(slug=record["slug"])

        texts = ("title", "summary", "project_link", *Practice.Section.values)
        assert {name: getattr(practice, name) for name in texts} == {name: record.get(name) or "" for name in texts}
        assert practice.city.slug == record["city"]
        assert practice.theme.slug == record["theme"]
        assert (practice.start_year, practice.end_year, practice.outcome_year) == (
            record["start_year"],
            record["end_year"],
            record.get("status_as_of"),
        )
        assert (practice.lat, practice.lon) == (record["lat"], record["lon"])
        assert (practice.confirmed_by_project, practice.analysis_fields) == (
            record["confirmed_by_project"],
            record["analysis_fields"],
        )
        assert set(practice.tags.names()) == set(record["tags"])
        assert {sector.slug for sector in practice.growth_sectors.all()} == set(record["growth_sectors"])
        assert [(source.title, source.url, source.supports) for source in practice.sources.all()] == [
            (source["title"], source["url"], source["what_it_supports"]) for source in record["sources"]
        ]
        assert [
            (participant.name, participant.role, participant.url) for participant in practice.participants.all()
        ] == [
            (organisation["name"], organisation["role"], organisation["url"] or "")
            for organisation in record["organisations"]
        ]


def test_every_practice_of_the_demo_content_is_published_and_found():
    assert Practice.objects.published().count() == 63
    assert Document.objects.filter(kind="practice").count() == 63
    assert Document.objects.filter(kind="city").count() == 22
    assert Document.objects.filter(kind="theme").count() == 8
    assert Document.objects.filter(kind="event").count() == 13


def test_dates_of_events_keep_their_precision():
    visit = Event.objects.get(slug="berlin-music-week-2012")
    seminar = Event.objects.get(slug="stockholm-seminar-2015")
    undated = Event.objects.get(slug="lisbon-creative-economy-blueprint")

    assert (str(visit.starts), str(visit.ends), visit.date_precision) == ("2012-09-01", "2012-09-30", "month")
    assert (str(seminar.starts), str(seminar.ends), seminar.date_precision) == ("2015-01-01", "2015-12-31", "year")
    assert (undated.starts, undated.ends) == (None, None)


def test_practices_seen_at_events_lead_to_the_practice_where_there_is_one():
    seen = PracticeSeen.objects.filter(event__slug="innovation-interface-berlin-2014")

    assert [(row.name, row.practice and row.practice.slug) for row in seen] == [
        ("BEEpart Creative Workshop", "beepart-creative-workshop"),
        ("Hybrid Plattform Berlin", None),
        ("Pakmarkas", None),
    ]
    assert PracticeSeen.objects.filter(practice__isnull=False).count() == 12


def test_themes_stand_in_the_order_and_the_colours_of_the_design():
    assert list(Theme.objects.values_list("slug", "colour")) == [
        ("smart-incentives", "ochre"),
        ("culture-based-innovation", "magenta"),
        ("brokerage", "teal"),
        ("spatial-cross-collaboration", "cobalt"),
    ]


def test_cities_themes_and_sectors_have_german_names():
    for model in (City, Theme, Sector):
        assert model.objects.filter(translations__language_code="de").count() == COUNTS[model]
