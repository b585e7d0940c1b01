import pytest
from django.conf import settings

from cities.indexing import index_cities
from cities.models import City
from practices.indexing import index_practices, index_themes
from practices.models import Practice, Theme
from search.finding import find
from search.models import Document
from tests.factories import CityFactory, EventFactory, ParticipantFactory, PracticeFactory, SectorFactory, ThemeFactory


def found(text):
    """The slugs of the practices that have the words, the best first."""
    keys = [hit.key for hit in find(text, "en").hits]
    slugs = Practice.objects.in_bulk(keys)
    return [slugs[key].slug for key in keys]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Weavers train engineers.", "engineer training"),
        ("Vouchers for design.", "VOUCHER"),
        ("A café for makers.", "cafe"),
        ("A cafe for makers.", "Café"),
        ("Łódź and Plzeň.", "lodz plzen"),
        ("Don’t build it.", "build"),
        ("A co-working space.", "co-working"),
        ("A co-working space.", "coworking or co-working"),
    ],
)
def test_words_are_found_in_other_forms_and_without_accents(text, words):
    PracticeFactory(slug="this", summary=text)
    PracticeFactory(slug="other", summary="Something else.")

    assert found(words) == ["this"]


@pytest.mark.parametrize(
    "words",
    ["Plzen", "Plzeň", "Pilsen", "Czechia", "textile", "co-working", "Weavers Guild", "brokers", "Vilnius", "spaces"],
)
def test_a_practice_is_found_by_every_name_that_belongs_to_it(words):
    practice = PracticeFactory(
        slug="this",
        city=CityFactory(slug="plzen", name="Plzeň", country="CZ", other_names=["Pilsen"]),
        further_cities=[CityFactory(slug="vilnius")],
        theme=ThemeFactory(slug="brokerage", name="Brokers"),
        further_themes=[ThemeFactory(slug="spaces", name="Spaces")],
        creative_sectors=[SectorFactory(slug="textile")],
        tags=["co-working"],
    )
    ParticipantFactory(practice=practice, name="Weavers’ Guild")
    index_practices(Practice.objects.all())
    PracticeFactory(slug="other", summary="Something else.", city=CityFactory(country="FR"))

    assert found(words) == ["this"]


@pytest.mark.parametrize(
    ("words", "good", "weaker"),
    [
        ("design health", ["both"], ["design", "health"]),
        ("design or health", ["both", "design", "health"], []),
        ("design -health", ["design"], []),
        ('"health design"', ["both"], []),
        ('"design health"', [], ["both", "design", "health"]),
        ("design xylophone", [], ["both", "design"]),
        ("health xylophone -design", [], ["health"]),
        ('health xylophone -"health design"', [], ["health"]),
        ("xylophone", [], []),
        ("xylophone -design", [], []),
        ("the", [], []),
        ("   ", [], []),
        ("-", [], []),
        ('"', [], []),
    ],
)
def test_phrases_minus_and_or_are_understood_and_some_words_are_better_than_none(words, good, weaker):
    PracticeFactory(slug="both", title="A", summary="For health design matters.")
    PracticeFactory(slug="design", title="B", summary="For design.")
    PracticeFactory(slug="health", title="C", summary="For health.")

    slugs, number = found(words), find(words, "en").good

    assert (sorted(slugs[:number]), sorted(slugs[number:])) == (good, weaker)


def test_a_word_in_the_title_counts_more_than_in_a_name_and_more_than_in_the_text():
    PracticeFactory(slug="text", summary="A voucher.")
    PracticeFactory(slug="name", tags=["voucher"])
    PracticeFactory(slug="title", title="A voucher")

    assert found("voucher") == ["title", "name", "text"]


def test_german_text_is_found_by_german_stems_and_each_practice_once():
    practice = PracticeFactory(slug="this", title="Voucher", summary="Companies get a voucher.")
    practice.create_translation("de", title="Gutschein", summary="Die Häuser der Gestaltung, voucher.")
    index_practices(Practice.objects.all())

    assert found("haus gestaltungen") == found("Gutscheine") == found("voucher") == ["this"]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_language_that_content_is_written_in_can_be_searched(language):
    practice = Practice.objects.language(language).create(
        city=CityFactory(), theme=ThemeFactory(), state="published", title="Žodynas", summary="Abc."
    )
    index_practices(Practice.objects.all())

    assert [(hit.kind, hit.key, hit.language) for hit in find("zodynas", "en").hits] == [
        ("practice", practice.pk, language)
    ]


def test_everything_can_be_found_at_once_and_one_kind_alone():
    practice = PracticeFactory(title="Loom")
    city, theme, event = CityFactory(name="Loom"), ThemeFactory(name="Loom"), EventFactory(title="Loom")
    index_cities(City.objects.filter(pk=city.pk))
    index_themes(Theme.objects.filter(pk=theme.pk))

    assert {(hit.kind, hit.key) for hit in find("loom", "en", kind=None).hits} == {
        ("practice", practice.pk),
        ("city", city.pk),
        ("theme", theme.pk),
        ("event", event.pk),
    }
    assert [(hit.kind, hit.key) for hit in find("loom", "en", kind="event").hits] == [("event", event.pk)]


def test_the_index_knows_each_thing_once_in_each_language():
    practice = PracticeFactory()
    index_practices(Practice.objects.all())

    assert [(document.key, document.language) for document in Document.objects.filter(kind="practice")] == [
        (practice.pk, "en")
    ]


TYPED = {"design": 3, "voucher": 5, "vuocher": 7, "factory vuocher": 7, '"design voucher"': 5, "makerspace": 5}


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_of_hits_takes_the_same_few_queries_however_it_was_typed(queries, rows):
    PracticeFactory.create_batch(rows, title="Design voucher for a factory and its fab lab")

    assert {text: queries(f"/practices/?q={text}") for text in TYPED} == TYPED


def test_late_pages_of_hits_go_on_where_the_page_before_ended(client):
    PracticeFactory.create_batch(130, title="Loom")
    PracticeFactory.create_batch(30, title="Loom of a city", city=CityFactory(slug="linz"))

    for address in ("/practices/?q=loom", "/practices/?q=loom&city=linz", "/practices/?q=loom city"):
        first = client.get(address).context["page"]
        pages = [client.get(f"{address}&page={number}").context["page"] for number in first.paginator.page_range]
        keys = [practice.pk for page in pages for practice in page.practices]
        assert len(keys) == len(set(keys)) == first.paginator.count
        assert keys == list(first.paginator.object_list)
