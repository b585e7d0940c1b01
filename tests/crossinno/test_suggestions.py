import datetime

import pytest
from django.urls import reverse

from cities.indexing import index_cities
from cities.models import City
from practices.indexing import index_themes
from practices.models import Practice, Theme
from search.asked import OFTEN, note
from search.models import Asked
from tests.factories import CityFactory, EventFactory, PracticeFactory, ThemeFactory

LONG_AGO = datetime.date(2020, 1, 1)


def suggested(client, text, prefix=""):
    response = client.get(f"{prefix}/suggestions/", {"q": text})
    assert (response.status_code, set(response.json())) == (200, {"suggestions"})
    return response.json()["suggestions"]


def labels(client, text):
    return [(one["kind"], one["label"]) for one in suggested(client, text)]


def test_what_is_called_so_comes_before_what_only_says_so(client):
    city = CityFactory(slug="linz", name="Linz")
    PracticeFactory(title="Weaving mill", summary="Voucher, voucher, voucher, voucher.", city=city)
    PracticeFactory(
        title="Voucher for design", summary="A long story of other things, told at great length.", city=city
    )

    assert labels(client, "vouch") == [("Practice", "Voucher for design, Linz"), ("Practice", "Weaving mill, Linz")]


def asked_on(days, text, hits):
    """Notes the same search on so many days."""
    for _day in range(days):
        note(text, "en", "", hits)
        Asked.objects.filter(text=text).update(last_on=LONG_AGO)


def test_events_are_called_as_the_page_calls_them_or_else_as_they_are_called_elsewhere(client):
    both, polish = EventFactory(slug="both", title="Loom day"), EventFactory(slug="polish", title="Loom")
    both.create_translation("de", title="Loom-Tag")
    polish.create_translation("pl", title="Loom dzień")
    polish.create_translation("cs", title="Loom den")
    polish.translations.filter(language_code="en").delete()

    for prefix, titles in (
        ("", {("Loom day", "en"), ("Loom den", "cs")}),
        ("/de", {("Loom-Tag", "de"), ("Loom den", "cs")}),
    ):
        found = suggested(client, "loom", prefix)
        assert {(one["label"], one["language"]) for one in found} == titles
        assert {one["address"] for one in found} == {f"{prefix}/events/both/", f"{prefix}/events/polish/"}


def test_any_word_of_a_title_in_any_language_counts_as_what_it_is_called(client):
    PracticeFactory(title="Nothing alike", summary="Voucher, voucher, voucher, voucher.")
    called = PracticeFactory(title="Design", summary="A long story of other things, told at great length.")
    called.create_translation("de", title="Für alle: Voucher", summary="Kurz.")

    found = labels(client, "vouch")

    assert [label.partition(",")[0] for _kind, label in found] == ["Design", "Nothing alike"]


def test_every_kind_is_offered_with_its_address(client):
    city, theme = CityFactory(slug="loomtown", name="Loomtown"), ThemeFactory(slug="looms", name="Looms")
    index_cities(City.objects.all())
    index_themes(Theme.objects.all())
    PracticeFactory(slug="loom", title="Loom", city=CityFactory(slug="linz", name="Linz"), tags=["Loom craft"])
    EventFactory(slug="open-day", title="Loom day")
    asked_on(OFTEN, "loom workshops", 2)

    assert {(one["kind"], one["label"], one.get("language"), one["address"]) for one in suggested(client, "loom")} == {
        ("Practice", "Loom, Linz", "en", "/practices/loom/"),
        ("City", "Loomtown", None, city.get_absolute_url()),
        ("Theme", "Looms", None, theme.get_absolute_url()),
        ("Event", "Loom day", "en", "/events/open-day/"),
        ("Tag", "Loom craft", None, "/practices/?tag=loom-craft"),
        ("Search", "loom workshops", None, "/practices/?q=loom+workshops"),
    }


def test_of_each_kind_a_few_are_offered(client):
    for number in range(7):
        PracticeFactory(title=f"Loom {number}", tags=[f"loom {number}"])
        CityFactory(slug=f"loom-{number}", name=f"Loom {number}")
        EventFactory(title=f"Loom {number}")
        asked_on(OFTEN, f"loom {number}", 1)
    index_cities(City.objects.all())

    kinds = [kind for kind, _label in labels(client, "loom")]

    assert kinds == ["Practice"] * 5 + ["City"] * 2 + ["Event"] * 2 + ["Tag"] * 2 + ["Search"] * 3


def test_searches_of_others_are_offered_only_when_asked_on_several_days_and_found(client):
    for text, hits, days in (
        ("loom one", 1, OFTEN),
        ("loom often", 1, OFTEN + 1),
        ("loom rare", 1, OFTEN - 1),
        ("loom vain", 0, OFTEN),
        ("a loom", 1, OFTEN),
        ("loom", 1, OFTEN),
    ):
        asked_on(days, text, hits)

    assert labels(client, "Loom") == [("Search", "loom often"), ("Search", "loom one")]


def test_searches_of_others_are_offered_whatever_letters_they_begin_with(client):
    for text in ("łódź", "łódź design", "łodz design", "100% wool", "100 looms"):
        asked_on(OFTEN, text, 1)

    assert [labels(client, text) for text in ("Łódź", "łó", "100%")] == [
        [("Search", "łódź design")],
        [("Search", "łódź"), ("Search", "łódź design")],
        [("Search", "100% wool")],
    ]


def test_what_was_asked_often_on_one_day_is_not_offered(client):
    for _time in range(OFTEN + 2):
        note("loom today", "en", "", 1)

    assert labels(client, "Loom") == []


def test_one_reader_in_many_filters_is_not_several_readers(client):
    for number in range(OFTEN):
        note("loom secret", "en", f"theme={number}", 1)

    assert labels(client, "loom") == []


@pytest.mark.parametrize("state", [state for state in Practice.State.values if state != "published"])
def test_what_is_not_published_is_never_offered(client, state):
    PracticeFactory(title="Loom hidden", tags=["loom hidden"], state=state)
    EventFactory(title="Loom hidden", is_published=False)

    assert labels(client, "loom") == []


def test_the_tags_of_most_practices_are_suggested_first(client):
    for tags in (["loom a"], ["loom b", "loom c"], ["loom c"], ["loom b", "loom c"]):
        PracticeFactory(tags=tags, title="Other", summary="")

    assert [label for kind, label in labels(client, "loom") if kind == "Tag"] == ["loom c", "loom b"]


def test_a_tag_is_offered_by_the_beginning_of_any_of_its_words_without_accents(client):
    PracticeFactory(title="Alpha", summary="", tags=["Café culture"])

    tags = [[label for kind, label in labels(client, text) if kind == "Tag"] for text in ("cafe", "cult", "afe")]

    assert tags == [["Café culture"], ["Café culture"], []]


@pytest.mark.parametrize("text", ["", " ", "l", " l ", "\0", "l\0", "l" * 101, "loom " * 100])
def test_too_little_and_too_much_is_answered_with_nothing(client, text):
    PracticeFactory(title="Loom")
    note("loom", "en", "", 1)

    assert suggested(client, text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("lo\0om", 1), ('"lo', 1), ("lo'", 0), ("lo -", 0), ("%%", 0), ("__", 0), ("<script>", 0), ("\\", 0), ("日本", 0)],
)
def test_no_text_breaks_the_answer(client, text, number):
    PracticeFactory(title="Loom", city=CityFactory(name="Linz"))
    asked_on(OFTEN, "loom workshops", 1)

    practices = [label for kind, label in labels(client, text) if kind == "Practice"]

    assert practices == ["Loom, Linz"] * number


def test_without_an_address_that_asks_there_is_nothing(client):
    assert client.get("/suggestions/").json() == {"suggestions": []}


def test_a_title_in_another_language_than_the_page_says_so_and_leads_to_the_page_in_its_own(client):
    PracticeFactory(slug="loom", title="Loom", city=CityFactory(slug="linz", name="Linz"))

    (one,) = suggested(client, "loom", prefix="/de")

    assert (one["label"], one["language"], one["address"]) == ("Loom, Linz", "en", "/de/practices/loom/")


def test_suggestions_are_only_read(client):
    assert client.post(reverse("suggestions"), {"q": "loom"}).status_code == 405


def test_suggestions_take_the_same_queries_for_one_and_many(queries):
    PracticeFactory(title="Loom")
    EventFactory(title="Loom")
    for_one = queries("/suggestions/?q=loom")
    for number in range(4):
        PracticeFactory(title=f"Loom {number}", tags=["loom"])
        EventFactory(title=f"Loom {number}")

    assert queries("/suggestions/?q=loom") == for_one <= 8
