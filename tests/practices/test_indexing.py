import pytest

from practices.indexing import index_practices, index_themes
from practices.models import Practice, Sector, Theme
from search.models import Document
from tests.factories import CityFactory, ParticipantFactory, PracticeFactory, SectorFactory, ThemeFactory

# The names of the country in the languages of the site.
CZECHIA = ["Czechia", "Tschechien", "Česko", "Tšehhi", "Cechia", "Čekija", "Tsjechië", "Czechy", "República Tcheca"]
CZECHIA += ["Tjeckien"]


def test_a_document_holds_title_names_and_every_section():
    practice = PracticeFactory(
        title="Garage",
        summary="One.",
        challenge="Two.",
        transferability="Three.",
        project_link="Not searched.",
        city=CityFactory(name="Plzeň", local_name="Plzeň", other_names=["Pilsen"], country="CZ"),
        theme=ThemeFactory(name="Brokerage"),
        creative_sectors=[SectorFactory(name="Design")],
        growth_sectors=[SectorFactory(name="Health", kind=Sector.Kind.GROWTH)],
        tags=["felt"],
    )
    ParticipantFactory(practice=practice, name="Weavers")
    index_practices(Practice.objects.all())

    document = Document.objects.get()

    assert (document.kind, document.key, document.language) == ("practice", practice.pk, "en")
    assert document.title == "Garage"
    assert document.names.split(" \n") == [
        "Pilsen",
        "Plzeň",
        *CZECHIA,
        "Brokerage",
        "Design",
        "Health",
        "felt",
        "Weavers",
    ]
    assert document.text == "One.\nTwo.\nThree."


def test_a_practice_is_found_by_all_its_cities_countries_themes_and_words():
    practice = PracticeFactory(
        city=CityFactory(name="Plzeň", local_name="Plzeň", country="CZ"),
        further_cities=[CityFactory(name="Linz", local_name="Linz", country="AT")],
        further_countries=["SE", "DE"],
        theme=ThemeFactory(name="Brokerage"),
        further_themes=[ThemeFactory(name="Incentives")],
        tags=["wool", "felt"],
    )
    practice.further_themes.get().create_translation("de", name="Anreize")
    index_practices(Practice.objects.all())

    names = Document.objects.get().names.split(" \n")

    assert {"Linz", "Österreich", "Schweden", "Tyskland"} <= set(names)
    assert names[-5:] == ["Brokerage", "Anreize", "Incentives", "felt", "wool"]


def test_every_language_has_a_document_with_its_own_text():
    practice = PracticeFactory(title="Garage")
    practice.create_translation("de", title="Werkstatt", summary="Kurz.")
    index_practices(Practice.objects.all())

    assert sorted(Document.objects.values_list("language", "title")) == [("de", "Werkstatt"), ("en", "Garage")]


@pytest.mark.parametrize("state", [state for state in Practice.State if state != Practice.State.PUBLISHED])
def test_only_what_is_published_is_in_the_index_and_what_is_hidden_leaves_it(state):
    practice = PracticeFactory()
    assert Document.objects.count() == 1

    Practice.objects.update(state=state)
    index_practices(Practice.objects.filter(pk=practice.pk))

    assert Document.objects.count() == 0


def test_practices_that_are_not_named_stay_as_they_were():
    first, second = PracticeFactory(title="One"), PracticeFactory(title="Two")
    Practice.objects.get(pk=second.pk).translations.update(title="Changed")

    index_practices(Practice.objects.filter(pk=first.pk))

    assert sorted(Document.objects.values_list("title", flat=True)) == ["One", "Two"]


@pytest.mark.parametrize("rows", [1, 4])
def test_indexing_takes_the_same_queries_whatever_there_is(django_assert_num_queries, rows):
    PracticeFactory.create_batch(rows, tags=["felt"])

    with django_assert_num_queries(10):
        index_practices(Practice.objects.all())


def test_themes_are_found_by_name_line_and_definition():
    theme = ThemeFactory(name="Brokerage", one_line="One.", definition="Two.")
    theme.create_translation("de", name="Vermittlung", one_line="Eins.")
    index_themes(Theme.objects.all())

    assert sorted(Document.objects.values_list("kind", "language", "title", "text")) == [
        ("theme", "de", "Vermittlung", "Eins."),
        ("theme", "en", "Brokerage", "One.\nTwo."),
    ]
