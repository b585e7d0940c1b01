import datetime
from xml.etree.ElementTree import fromstring as tree

import pytest
from django.urls import reverse

from crossinno import sitemaps
from practices.models import Practice
from tests.factories import CityFactory, EventFactory, PracticeFactory, ThemeFactory

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def entries(client, path="/sitemap.xml"):
    """Of every address: the time of its last change and its alternates."""
    root = tree(client.get(path).content)  # noqa: S314 - our own
    return {
        url.findtext("s:loc", namespaces=NS): (
            url.findtext("s:lastmod", namespaces=NS),
            {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NS)},
        )
        for url in root.findall("s:url", NS)
    }


def test_the_sitemap_has_every_kind_of_page_in_every_language(client):
    PracticeFactory(slug="p", city=CityFactory(slug="c"), theme=ThemeFactory(slug="t"))
    EventFactory(slug="e")
    fixed = ["", "practices/", "themes/", "cities/", "events/", "about/", "contact/", "accessibility/", "privacy/"]

    found = entries(client)

    assert set(found) == {
        f"http://testserver/{path}"
        for path in [
            *fixed,
            *(f"de/{page}" for page in fixed),
            "practices/p/",
            "cities/c/",
            "themes/t/",
            "events/e/",
        ]
    }
    assert found["http://testserver/de/about/"] == (
        None,
        {
            "en": "http://testserver/about/",
            "de": "http://testserver/de/about/",
            "x-default": "http://testserver/about/",
        },
    )


def test_a_practice_stands_in_the_sitemap_in_the_languages_it_is_written_in(client):
    practice = PracticeFactory(slug="p")
    practice.create_translation("de", title="Praxis", summary="Kurz.")
    practice.create_translation("lt", title="Praktika", summary="Trumpai.")
    only_lithuanian = PracticeFactory(slug="q")
    only_lithuanian.translations.update(language_code="lt")

    found = {path: links for path, (_time, links) in entries(client).items() if path.endswith(("/p/", "/q/"))}

    alternates = {
        "en": "http://testserver/practices/p/",
        "de": "http://testserver/de/practices/p/",
        "x-default": "http://testserver/practices/p/",
    }
    assert {path for path in found if path.endswith("/p/")} == {alternates["en"], alternates["de"]}
    assert found[alternates["en"]] == found[alternates["de"]] == alternates
    assert [path for path in found if path.endswith("/q/")] == ["http://testserver/practices/q/"]


def test_the_sitemap_leaves_out_what_is_not_published(client):
    for state in Practice.State.values:
        PracticeFactory(slug=f"a-{state}", state=state)
    EventFactory(slug="hidden", is_published=False)

    found = [path for path in entries(client) if "/practices/a-" in path or "hidden" in path]

    assert found == ["http://testserver/practices/a-published/"]


def test_the_sitemap_says_when_a_practice_was_last_changed(client):
    practice = PracticeFactory(slug="p")
    moment = datetime.datetime(2024, 5, 6, 7, tzinfo=datetime.UTC)
    Practice.objects.filter(pk=practice.pk).update(updated_at=moment)

    assert entries(client)["http://testserver/practices/p/"][0] == "2024-05-06"


def test_the_sitemap_follows_host_and_protocol_of_the_request(client):
    root = tree(client.get("/sitemap.xml", secure=True).content)  # noqa: S314 - our own

    assert {url.text[:19] for url in root.iterfind("s:url/s:loc", NS)} == {"https://testserver/"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sitemap_takes_the_same_queries_for_one_and_three_rows(client, django_assert_num_queries, rows):
    for practice in PracticeFactory.create_batch(rows):
        practice.create_translation("de", title="Praxis", summary="Kurz.")
    EventFactory.create_batch(rows)

    with django_assert_num_queries(8):
        client.get("/sitemap.xml")


def test_a_large_sitemap_comes_in_several_files(client, monkeypatch):
    for sitemap in sitemaps.SITEMAPS.values():
        monkeypatch.setattr(sitemap, "limit", 40)
    PracticeFactory.create_batch(25, city=CityFactory(), theme=ThemeFactory())

    root = tree(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    files = [entry.text for entry in root.iterfind("s:sitemap/s:loc", NS)]

    assert files == [
        "http://testserver/sitemap-pages.xml",
        "http://testserver/sitemap-themes.xml",
        "http://testserver/sitemap-cities.xml",
        "http://testserver/sitemap-events.xml",
        "http://testserver/sitemap-practices.xml",
        "http://testserver/sitemap-practices.xml?p=2",
    ]
    practices = [path for file in files[-2:] for path in entries(client, file.removeprefix("http://testserver"))]
    assert len(practices) == len(set(practices)) == 25


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-practices.xml?p=9", "/sitemap-practices.xml?p=x"])
def test_a_file_of_the_sitemap_that_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_sitemap_takes_no_posts(client):
    assert client.post(reverse("sitemap")).status_code == 405
