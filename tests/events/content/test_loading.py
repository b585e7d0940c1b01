from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from taggit.models import Tag

from cities.models import City
from events.models import Event, LoadedRecord
from practices.models import Practice, Sector, Theme
from search.models import ContentVersion, Document
from tests.events.content.conftest import MINIMAL, counts
from tests.factories import CityFactory, PracticeFactory, SectorFactory, ThemeFactory

VOUCHERS = MINIMAL | {"slug": "vouchers"}


def everything():
    """All that a load writes, as the database holds it."""
    models = (City, Theme, Sector, Practice, Event, LoadedRecord, Document)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_a_minimal_practice_is_published_in_english(places, load):
    assert counts(load(practices=[MINIMAL])) == {"practices": [1, 0, 0, 0]}

    practice = Practice.objects.get()
    assert (practice.slug, practice.title, practice.summary) == (
        "design-vouchers",
        "Design vouchers",
        "The city pays half.",
    )
    assert (practice.state, practice.outcome, practice.original_language) == ("published", "unknown", "en")
    assert (practice.city, practice.theme) == places
    assert practice.published_at is not None
    assert list(Document.objects.filter(kind="practice").values_list("key", "title")) == [
        (practice.pk, "Design vouchers")
    ]


def test_every_field_of_a_practice_reaches_the_page(places, load):
    CityFactory(slug="linz"), ThemeFactory(slug="smart-incentives")

    load(
        practices=[
            VOUCHERS
            | {
                "language": "de",
                "further_cities": ["linz"],
                "further_countries": ["PL", "AT", "PL"],
                "further_themes": ["smart-incentives"],
                "tags": ["Vouchers", "SME", "sme"],
                "evidence": "measured",
                "cost_band": "10k-50k",
                "outcome": "did-not-work",
                "status_as_of": 2014,
                "state": "archived",
                "published_at": "2013-05-01",
                "verified_at": "2014-06-02",
                "translations": {"pl": {"title": "Bony", "summary": "Miasto płaci połowę.", "lessons": "A\r\n\r\nB "}},
            }
        ]
    )

    practice = Practice.objects.get()
    assert practice.published_at == datetime(2013, 4, 30, 22, tzinfo=UTC)
    assert str(practice.verified_at) == "2014-06-02"
    assert [country.code for country in practice.further_countries] == ["AT", "PL"]
    assert [city.slug for city in practice.further_cities.all()] == ["linz"]
    assert [theme.slug for theme in practice.further_themes.all()] == ["smart-incentives"]
    assert sorted(practice.tags.names()) == ["SME", "Vouchers"]
    assert (practice.evidence, practice.cost_band, practice.outcome) == ("measured", "10k-50k", "did-not-work")
    assert (practice.outcome_year, practice.state) == (2014, "archived")
    assert {text.language_code: (text.title, text.lessons) for text in practice.translations.all()} == {
        "de": ("Design vouchers", ""),
        "pl": ("Bony", "A\n\nB"),
    }


def test_tags_of_like_spelling_are_tags_of_their_own(places, load):
    Tag.objects.create(name="fab lab")

    load(practices=[VOUCHERS | {"tags": ["fab-lab", "Fab Lab", "fab, lab", "???"]}])

    assert sorted(Practice.objects.get().tags.values_list("name", "slug")) == [
        ("???", ""),
        ("fab lab", "fab-lab"),
        ("fab, lab", "fab-lab_1"),
        ("fab-lab", "fab-lab_2"),
    ]


def test_json_lines_of_practices_need_no_folder(places, tmp_path, capsys):
    file = tmp_path / "many.jsonl"
    file.write_text('{"title": "A", "city": "berlin", "theme": "brokerage", "summary": "S"}\n' * 3)

    call_command("load_content", practices=file)

    assert counts(capsys.readouterr().out) == {"practices": [3, 0, 0, 0]}
    assert sorted(Practice.objects.values_list("slug", flat=True)) == ["a", "a-2", "a-3"]


def test_a_second_load_changes_nothing(places, load):
    files = {
        "cities": [
            {"slug": "linz", "name": "Linz", "local_name": "Linz", "country_code": "AT", "lat": 48.3, "lon": 14.3}
        ],
        "themes": [{"slug": "incentives", "name": "Incentives", "one_line": "Money."}],
        "sectors": {"creative": [{"slug": "design"}]},
        "practices": [MINIMAL, MINIMAL, VOUCHERS | {"tags": ["SME"], "creative_sectors": ["design"]}],
        "events": [
            {"slug": "visit", "title": "Visit", "kind": "workshop", "summary": "S", "practices": ["Vouchers", "x"]}
        ],
        "features": [{"practice": "vouchers", "place": 1, "starts": "2024-01-01", "reason": "It works."}],
    }
    load(**files)
    before, version = everything(), ContentVersion.objects.get().number

    output = load(**files)

    assert counts(output) == {
        "cities": [0, 0, 1, 0],
        "themes": [0, 0, 1, 0],
        "sectors": [0, 0, 1, 0],
        "practices": [0, 0, 3, 0],
        "events": [0, 0, 1, 0],
        "features": [0, 0, 1, 0],
    }
    assert (everything(), ContentVersion.objects.get().number) == (before, version)


def test_a_mistake_in_the_last_record_keeps_out_all(places, load):
    before = everything()

    with pytest.raises(CommandError, match="record 700"):
        load(cities=[], practices=[MINIMAL] * 699 + [MINIMAL | {"city": "nowhere"}])

    assert everything() == before


def test_what_the_database_refuses_is_told_in_a_sentence(places, load):
    feature = {"practice": "vouchers", "place": 1, "starts": "2024-01-01", "reason": "It works."}
    load(practices=[VOUCHERS], features=[feature])
    before = everything()

    with pytest.raises(CommandError, match=r"The database refused it; nothing was loaded\. .*one_at_a_place"):
        load(practices=[VOUCHERS | {"summary": "New."}], features=[feature | {"starts": "2024-03-01"}])

    assert everything() == before


def test_a_dry_run_says_what_would_change_and_changes_nothing(places, load):
    load(practices=[VOUCHERS])
    before, version = everything(), ContentVersion.objects.get().number

    output = load("--dry-run", practices=[VOUCHERS | {"summary": "New.", "start_year": 2012}, MINIMAL])

    assert counts(output) == {"practices": [1, 1, 0, 0]}
    assert "practices added:\n  design-vouchers" in output
    assert "practices changed:\n  vouchers (start_year, texts)" in output
    assert "this was a dry run" in output
    assert (everything(), ContentVersion.objects.get().number) == (before, version)


def test_a_changed_record_changes_its_practice_and_its_index(places, load):
    SectorFactory(slug="design"), SectorFactory(slug="music")
    full = VOUCHERS | {"tags": ["a", "b"], "creative_sectors": ["design"], "website": "https://a.de/", "end_year": 2012}
    load(practices=[full | {"sources": [{"title": "Report"}, {"title": "Study"}]}])
    practice = Practice.objects.get()

    output = load(
        practices=[
            VOUCHERS
            | {"title": "Vouchers", "tags": ["b", "c"], "creative_sectors": ["music"], "sources": [{"title": "Study"}]}
        ]
    )

    assert counts(output) == {"practices": [0, 1, 0, 0]}
    changed = Practice.objects.get()
    assert (changed.pk, changed.created_at, changed.published_at) == (
        practice.pk,
        practice.created_at,
        practice.published_at,
    )
    assert changed.updated_at > practice.updated_at
    assert (changed.title, changed.website, changed.end_year) == ("Vouchers", "", None)
    assert sorted(changed.tags.names()) == ["b", "c"]
    assert [sector.slug for sector in changed.creative_sectors.all()] == ["music"]
    assert [source.title for source in changed.sources.all()] == ["Study"]
    assert [document.title for document in Document.objects.filter(kind="practice")] == ["Vouchers"]


def test_what_the_format_does_not_speak_of_is_left_alone(places, load):
    event = {"slug": "visit", "title": "Visit", "kind": "workshop", "summary": "Cities met."}
    load(events=[event])
    Event.objects.update(is_published=False)

    assert counts(load(events=[event | {"kind": "meeting"}])) == {"events": [0, 1, 0, 0]}
    assert Event.objects.get().is_published is False


def test_a_theme_that_gives_no_colour_and_no_place_gets_the_next(load):
    themes = [{"slug": slug, "name": slug, "one_line": "L"} for slug in ("brokerage", "new", "newer")]

    load(themes=themes)
    Theme.objects.filter(slug="new").update(colour="plum")

    assert list(Theme.objects.values_list("slug", "position")) == [("brokerage", 0), ("new", 1), ("newer", 2)]
    assert list(Theme.objects.values_list("colour", flat=True)) == ["teal", "plum", "magenta"]
    assert counts(load(themes=themes)) == {"themes": [0, 0, 3, 0]}


def test_a_sector_without_a_name_gets_it_from_its_slug(load):
    load(
        sectors={"growth": [{"slug": "ict-and-digital"}, {"slug": "film-and-audiovisual"}, {"slug": "x", "name": "Y"}]}
    )

    assert [str(sector) for sector in Sector.objects.all()] == ["Film and audiovisual", "ICT and digital", "Y"]


def test_practices_seen_are_linked_by_slug_and_by_title(places, load):
    PracticeFactory(slug="hub", title="Creative Hub (Kreativní hub)")
    PracticeFactory(slug="lab-1", title="Lab")
    PracticeFactory(slug="lab-2", title="lab")
    names = ["HUB", "creative hub", "Creative Hub (Kreativní hub)", "Lab", "Elsewhere", "design vouchers"]

    load(
        practices=[VOUCHERS],
        events=[{"slug": "visit", "title": "Visit", "kind": "workshop", "summary": "S", "practices": names}],
    )

    assert [(seen.name, seen.practice and seen.practice.slug) for seen in Event.objects.get().practices_seen.all()] == [
        ("", "hub"),
        ("", "hub"),
        ("", "hub"),
        ("Lab", None),
        ("Elsewhere", None),
        ("", "vouchers"),
    ]


def test_a_renamed_city_is_renamed_in_the_index_of_its_practices_and_events(load):
    linz = {"slug": "linz", "name": "Linz", "local_name": "Linz", "country_code": "AT", "lat": 48.3, "lon": 14.3}
    load(
        cities=[linz],
        themes=[{"slug": "brokerage", "name": "Brokerage", "one_line": "People."}],
        practices=[VOUCHERS | {"city": "linz"}],
        events=[{"slug": "visit", "title": "Visit", "kind": "workshop", "summary": "S", "host_city": "linz"}],
    )

    load(cities=[linz | {"also_known_as": ["Lentia"]}])

    found = Document.objects.filter(names__contains="Lentia").values_list("kind", flat=True)
    assert sorted(found) == ["city", "event", "practice"]


def test_files_that_are_not_of_the_format_are_named(places, load):
    assert "Skipped, as not of this format: organisations.json, publications.json." in load(
        publications=[], organisations=[], practices=[MINIMAL]
    )


def test_practices_given_apart_take_the_place_of_those_in_the_folder(places, load, tmp_path):
    apart = tmp_path / "apart" / "some.jsonl"
    apart.parent.mkdir()
    apart.write_text("")

    with pytest.raises(CommandError, match=r"some\.jsonl: is empty"):
        load(f"--practices={apart}", practices=[MINIMAL])


def test_the_number_of_queries_does_not_grow_with_the_records(places, load, django_assert_max_num_queries):
    with django_assert_max_num_queries(80):
        load(practices=[MINIMAL] * 400)


@pytest.mark.parametrize("arguments", [[], ["--practices=nowhere.json"], ["--practices=."]])
def test_a_file_that_is_none_is_refused(arguments):
    with pytest.raises(CommandError, match=r"Give a folder|does not exist|is not a file"):
        call_command("load_content", *arguments)


def test_an_empty_folder_is_refused(load):
    with pytest.raises(CommandError, match=r"holds none of cities\.json"):
        load()


def test_texts_with_marks_are_loaded_cleaned_and_stay_as_they_are_the_next_time(places, load):
    marked = "<ul><li onclick='x'>one</li></ul><script>alert(1)</script>"
    files = {"practices": [VOUCHERS | {"challenge": marked, "lessons": "Plain <b>\n\nTwo"}]}

    load(**files)
    again = load(**files)

    practice = Practice.objects.get()
    assert (practice.challenge, practice.lessons) == ("<ul><li>one</li></ul>", "Plain <b>\n\nTwo")
    assert counts(again) == {"practices": [0, 0, 1, 0]}
