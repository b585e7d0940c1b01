import datetime

import pytest
from django.urls import reverse

from search.asked import LONGEST, note
from search.models import Asked
from tests.factories import CityFactory, PracticeFactory, ThemeFactory

YESTERDAY = datetime.date.today() - datetime.timedelta(1)


def kept():
    """All that is remembered of searches: (words, language, filters, hits, times)."""
    return sorted(Asked.objects.values_list("text", "language", "filters", "hits", "times"))


def search(client, address="/practices/", **query):
    return client.get(address, query)


def test_a_search_is_counted_once_for_its_words_language_and_filters(client):
    PracticeFactory(title="Loom", theme=ThemeFactory(slug="brokerage"))

    search(client, q="Loom")
    search(client, q="  LOOM ")
    search(client, q="loom", sort="title", view="table")
    search(client, q="loom", theme="brokerage")
    search(client, "/de/practices/", q="loom")

    assert kept() == [
        ("loom", "de", "", 1, 1),
        ("loom", "en", "", 1, 3),
        ("loom", "en", "theme=brokerage", 1, 1),
    ]


def test_the_last_number_and_the_first_and_last_day_are_kept(client):
    PracticeFactory(title="Loom")
    search(client, q="loom")
    Asked.objects.update(first_on=YESTERDAY, last_on=YESTERDAY)
    PracticeFactory(title="Second loom")

    search(client, q="loom")

    (asked,) = Asked.objects.all()
    assert (asked.hits, asked.times, asked.days) == (2, 2, 2)
    assert (asked.first_on, asked.last_on) == (YESTERDAY, YESTERDAY + datetime.timedelta(1))


def test_the_day_of_a_search_is_that_of_the_site_and_not_of_the_database(monkeypatch):
    shortly_after_midnight_here = datetime.datetime(2026, 3, 1, 23, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: shortly_after_midnight_here)

    note("loom", "en", "", 1)

    assert Asked.objects.get().last_on == datetime.date(2026, 3, 2)


@pytest.mark.parametrize(
    "text", ["ona@example.org", "loom for ona@example.org", "x" * (LONGEST + 1), "loom " * 50, "", "   "]
)
def test_what_may_be_personal_or_says_nothing_is_not_kept(client, text):
    PracticeFactory(title="Loom")

    search(client, q=text)
    note(text, "en", "", 1)

    assert kept() == []


def test_words_as_long_as_may_be_are_kept_and_long_filters_cut():
    note("x" * LONGEST, "en", "y" * 600, 0)

    assert kept() == [("x" * LONGEST, "en", "y" * 500, 0, 1)]


def test_of_a_reader_nothing_is_kept():
    assert {field.name for field in Asked._meta.get_fields()} == {
        *("id", "text", "language", "filters", "hits", "times", "days", "first_on", "last_on"),
    }


@pytest.mark.parametrize("query", [{"page": "2"}, {"theme": "alchemy"}, {"sort": "random"}])
def test_further_pages_and_addresses_with_problems_are_not_counted(client, query):
    PracticeFactory.create_batch(13, title="Loom", theme=ThemeFactory(), city=CityFactory())

    search(client, q="loom", **query)

    assert kept() == []


def test_a_page_without_words_is_not_counted(client):
    PracticeFactory(theme=ThemeFactory(slug="brokerage"))

    search(client, theme="brokerage")

    assert kept() == []


def test_a_search_that_finds_nothing_is_counted_each_time(client):
    responses = [search(client, q="xylophone") for _time in range(2)]

    assert [response["Cache-Control"] for response in responses] == ["no-store"] * 2
    assert kept() == [("xylophone", "en", "", 0, 2)]


@pytest.mark.parametrize(
    ("query", "texts"),
    [("", ["kiln", "loom", "xylophone"]), ("found=nothing", ["kiln", "xylophone"]), ("found=something", ["loom"])],
)
def test_the_desk_lists_what_found_nothing_the_most_frequent_first(admin_client, query, texts):
    for text, hits, times in (("xylophone", 0, 1), ("kiln", 0, 3), ("loom", 2, 2)):
        for _time in range(times):
            note(text, "en", "", hits)

    response = admin_client.get(f"{reverse('admin:search_asked_changelist')}?{query}")

    assert [asked.text for asked in response.context["cl"].result_list] == texts


def test_at_the_desk_searches_are_neither_added_nor_changed(admin_client):
    note("loom", "en", "", 1)

    added = admin_client.get(reverse("admin:search_asked_add"))
    admin_client.post(reverse("admin:search_asked_change", args=[Asked.objects.get().pk]), {"text": "kiln"})

    assert added.status_code == 403
    assert kept() == [("loom", "en", "", 1, 1)]
