import pytest
from django.core.management import CommandError

from cities.models import City
from practices.models import Practice, Sector
from tests.events.content.conftest import MINIMAL, counts
from tests.factories import CityFactory, EventFactory, PracticeFactory

VOUCHERS = MINIMAL | {"slug": "vouchers"}


def edit(practice):
    practice.summary = "An editor's words."
    practice.save()


@pytest.mark.parametrize("summary", ["The city pays half.", "New words of the file."])
def test_an_edit_is_kept_and_told(places, load, summary):
    load(practices=[VOUCHERS])
    edit(Practice.objects.get())

    output = load(practices=[VOUCHERS | {"summary": summary}])

    assert counts(output) == {"practices": [0, 0, 0, 1]}
    assert "vouchers (edited since it was loaded: texts)" in output
    assert Practice.objects.get().summary == "An editor's words."


def test_overwrite_takes_the_words_of_the_file(places, load):
    load(practices=[VOUCHERS])
    edit(Practice.objects.get())

    assert counts(load("--overwrite", practices=[VOUCHERS])) == {"practices": [0, 1, 0, 0]}
    assert Practice.objects.get().summary == "The city pays half."
    assert counts(load(practices=[VOUCHERS])) == {"practices": [0, 0, 1, 0]}


@pytest.mark.parametrize(
    "edit",
    [
        lambda practice: practice.tags.add("new"),
        lambda practice: practice.sources.create(title="New"),
        lambda practice: practice.sources.all().delete(),
        lambda practice: practice.further_cities.add(CityFactory()),
        lambda practice: practice.translations.create(language_code="de", title="Neu", summary="Neu"),
        lambda practice: Practice.objects.filter(pk=practice.pk).update(state="archived"),
        lambda practice: Practice.objects.filter(pk=practice.pk).update(verified_at="2024-01-01"),
    ],
)
def test_every_kind_of_edit_counts(places, load, edit):
    record = VOUCHERS | {"sources": [{"title": "Report"}]}
    load(practices=[record])
    edit(Practice.objects.get())

    assert counts(load(practices=[record])) == {"practices": [0, 0, 0, 1]}


def test_a_form_that_only_changes_line_ends_is_no_edit(places, load):
    load(practices=[VOUCHERS | {"description": "One.\n\nTwo."}])
    practice = Practice.objects.get()
    practice.description = "One.\r\n\r\nTwo."
    practice.save()

    assert counts(load(practices=[VOUCHERS | {"description": "Three."}])) == {"practices": [0, 1, 0, 0]}


def test_an_edit_that_the_file_has_caught_up_with_is_no_edit_any_more(places, load):
    load(practices=[VOUCHERS])
    edit(Practice.objects.get())

    assert counts(load(practices=[VOUCHERS | {"summary": "An editor's words."}])) == {"practices": [0, 0, 1, 0]}
    assert counts(load(practices=[VOUCHERS | {"summary": "Next."}])) == {"practices": [0, 1, 0, 0]}


def test_a_deleted_practice_stays_deleted(places, load):
    event = {
        "slug": "visit",
        "title": "Visit",
        "kind": "workshop",
        "summary": "S",
        "practices": [{"practice": "vouchers"}],
    }
    feature = {"practice": "vouchers", "place": 1, "starts": "2024-01-01", "reason": "It works."}
    files = {"practices": [VOUCHERS], "events": [event], "features": [feature]}
    load(**files)
    Practice.objects.get().delete()

    output = load(**files)

    assert counts(output) == {"practices": [0, 0, 0, 1], "events": [0, 0, 1, 0], "features": [0, 0, 0, 1]}
    assert "vouchers (deleted since it was loaded)" in output
    assert not Practice.objects.exists()
    assert counts(load("--overwrite", **files)) == {
        "practices": [1, 0, 0, 0],
        "events": [0, 1, 0, 0],
        "features": [1, 0, 0, 0],
    }


def test_a_deleted_sector_stays_deleted(places, load):
    files = {
        "sectors": {"creative": [{"slug": "design"}, {"slug": "music"}]},
        "practices": [VOUCHERS | {"creative_sectors": ["design", "music"]}],
    }
    load(**files)
    Sector.objects.get(slug="design").delete()

    assert counts(load(**files)) == {"sectors": [0, 0, 1, 1], "practices": [0, 0, 1, 0]}


def test_a_practice_in_a_deleted_city_is_refused_in_a_sentence(load):
    files = {
        "cities": [
            {"slug": "linz", "name": "Linz", "local_name": "Linz", "country_code": "AT", "lat": 48.3, "lon": 14.3}
        ],
        "themes": [{"slug": "brokerage", "name": "Brokerage", "one_line": "People."}],
    }
    load(**files)
    City.objects.get().delete()

    with pytest.raises(
        CommandError, match=r"practices.json, vouchers: city was deleted since it was loaded; --overwrite"
    ):
        load(**files, practices=[VOUCHERS | {"city": "linz"}])


def test_a_practice_that_moved_keeps_its_new_address(places, load):
    load(practices=[VOUCHERS])
    practice = Practice.objects.get()
    practice.slug = "bonus"
    practice.save()

    output = load(practices=[VOUCHERS])

    assert counts(output) == {"practices": [0, 0, 0, 1]}
    assert [practice.slug for practice in Practice.objects.all()] == ["bonus"]


def test_overwrite_moves_a_practice_back_and_its_address_keeps_working(places, load):
    load(practices=[VOUCHERS])
    practice = Practice.objects.get()
    practice.slug = "bonus"
    practice.save()

    load("--overwrite", practices=[VOUCHERS])

    moved = Practice.objects.get()
    assert (moved.pk, moved.slug) == (practice.pk, "vouchers")
    assert [former.slug for former in moved.former_slugs.all()] == ["bonus"]


def test_a_practice_entered_by_hand_is_kept(places, load):
    PracticeFactory(slug="vouchers", title="By hand")

    output = load(practices=[VOUCHERS])

    assert counts(output) == {"practices": [0, 0, 0, 1]}
    assert "vouchers (entered by hand: city, texts, theme)" in output
    assert Practice.objects.get().title == "By hand"


def test_an_event_made_by_hand_is_kept(load):
    EventFactory(slug="visit", title="By hand")

    assert counts(load(events=[{"slug": "visit", "title": "V", "kind": "meeting", "summary": "S"}])) == {
        "events": [0, 0, 0, 1]
    }
