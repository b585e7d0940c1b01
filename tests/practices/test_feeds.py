import datetime
from xml.etree.ElementTree import fromstring as tree

import feedparser
import pytest
from django.urls import reverse

from practices.models import Practice
from tests.factories import CityFactory, PracticeFactory, ThemeFactory

HOSTILE = "</title><script>alert('1')</script> & \x01\x0b\ufffe\""


def read(client, path="/practices/feed.atom"):
    response = client.get(path)
    feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not feed.bozo, feed.bozo_exception
    return feed


def test_the_feed_tells_of_a_practice(client):
    moment = datetime.datetime(2024, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
    practice = PracticeFactory(
        slug="garage",
        title="Garage",
        summary="Fish & chips for <b>designers</b>.",
        city=CityFactory(slug="tallinn", name="Tallinn"),
        theme=ThemeFactory(slug="brokerage", name="Brokerage"),
        published_at=moment,
    )

    feed = read(client)

    (entry,) = feed.entries
    assert entry.title == "Garage"
    assert entry.link == "http://testserver/practices/garage/"
    assert entry.summary == "Fish &amp; chips for &lt;b&gt;designers&lt;/b&gt;."
    assert [tag.term for tag in entry.tags] == ["Tallinn", "Brokerage"]
    assert entry.published == "2024-05-06T07:08:09+00:00"
    assert datetime.datetime.fromisoformat(entry.updated) == practice.updated_at
    assert entry.id.startswith("urn:uuid:")
    assert feed.feed.title == "New good practices · Crossinno"
    assert feed.feed.author == "Crossinno"
    assert feed.feed.link == "http://testserver/practices/"
    assert [link.href for link in feed.feed.links if link.rel == "self"] == ["http://testserver/practices/feed.atom"]


def test_the_feed_has_only_published_practices(client):
    for state in Practice.State.values:
        PracticeFactory(slug=f"a-{state}", state=state)

    assert [entry.link for entry in read(client).entries] == ["http://testserver/practices/a-published/"]


def test_the_feed_has_the_thirty_newest_the_newest_first(client):
    city, theme = CityFactory(), ThemeFactory()
    for day in range(1, 32):
        moment = datetime.datetime(2024, 1, day, tzinfo=datetime.UTC)
        PracticeFactory(slug=f"day-{day}", city=city, theme=theme, published_at=moment)

    slugs = [entry.link.split("/")[-2] for entry in read(client).entries]

    assert slugs == [f"day-{day}" for day in range(31, 1, -1)]


def test_the_feed_says_in_which_language_each_practice_is(client):
    PracticeFactory(slug="english", title="Garage", published_at=datetime.datetime(2024, 1, 2, tzinfo=datetime.UTC))
    both = PracticeFactory(slug="both", published_at=datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC))
    both.create_translation("de", title="Werkstatt", summary="Kurz.")

    root = tree(client.get("/de/practices/feed.atom").content)  # noqa: S314 - our own

    atom, lang = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"
    assert root.get(lang) == "de"
    assert [(entry.get(lang), entry.findtext(f"{atom}title")) for entry in root.iter(f"{atom}entry")] == [
        ("en", "Garage"),
        ("de", "Werkstatt"),
    ]


def test_the_id_of_an_entry_is_the_same_in_every_language_and_at_every_address(client):
    practice = PracticeFactory(slug="old")
    before = read(client).entries[0].id

    practice.slug = "new"
    practice.save()

    assert read(client).entries[0].id == read(client, "/de/practices/feed.atom").entries[0].id == before


def test_hostile_content_stays_text(client):
    PracticeFactory(title=HOSTILE, summary=HOSTILE, city=CityFactory(name=HOSTILE))

    root = tree(client.get("/practices/feed.atom").content)  # noqa: S314 - our own

    entry = root.find("{http://www.w3.org/2005/Atom}entry")
    text = "</title><script>alert('1')</script> & \""
    assert entry.findtext("{http://www.w3.org/2005/Atom}title") == text
    assert entry.find("{http://www.w3.org/2005/Atom}category").get("term") == text
    assert "<" not in entry.findtext("{http://www.w3.org/2005/Atom}summary")


def test_the_feed_without_practices_is_a_feed(client):
    assert read(client).entries == []


def test_a_reader_gets_the_feed_only_when_it_has_changed(client):
    PracticeFactory()
    first = client.get("/practices/feed.atom")

    unchanged = client.get("/practices/feed.atom", headers={"If-None-Match": first["ETag"]})
    PracticeFactory()
    changed = client.get("/practices/feed.atom", headers={"If-None-Match": first["ETag"]})

    assert first["Last-Modified"]
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert changed.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_feed_takes_the_same_queries_for_one_and_three_practices(client, django_assert_num_queries, rows):
    PracticeFactory.create_batch(rows)

    with django_assert_num_queries(4):
        client.get(reverse("practices:feed"))


def test_a_search_has_a_feed_of_its_own(client):
    linz = CityFactory(slug="linz", name="Linz")
    for day in range(1, 33):
        moment = datetime.datetime(2024, 1, day, tzinfo=datetime.UTC) if day < 32 else None
        PracticeFactory(
            slug=f"day-{day}", title="Design " * (day % 5 + 1), summary="Short.", city=linz, published_at=moment
        )
    PracticeFactory(title="Design elsewhere")
    PracticeFactory(title="Something else", summary="Short.", city=linz)

    feed = read(client, "/practices/feed.atom?q=design&city=linz")

    assert [entry.link.split("/")[-2] for entry in feed.entries] == [f"day-{day}" for day in range(32, 2, -1)]
    assert feed.feed.title == "New good practices: “design”, Linz · Crossinno"
    assert feed.feed.link == "http://testserver/practices/?q=design&city=linz"
    (own,) = [link.href for link in feed.feed.links if link.rel == "self"]
    assert own == "http://testserver/practices/feed.atom?q=design&city=linz"


@pytest.mark.parametrize("search", ["q=zzzzqqqq", "from=1990&to=1991", "sort=title", "page=3"])
def test_every_search_has_a_feed(client, search):
    PracticeFactory()

    assert len(read(client, f"/practices/feed.atom?{search}").entries) == (
        0 if "zz" in search or "from" in search else 1
    )


@pytest.mark.parametrize("search", ["city=nowhere", "q=%00"])
def test_a_feed_of_what_makes_no_sense_is_refused(client, search):
    assert client.get(f"/practices/feed.atom?{search}").status_code == 400


def test_the_words_of_a_search_stay_text_in_its_feed(client):
    PracticeFactory()

    feed = read(client, "/practices/feed.atom?q=%3C/title%3E%3Cscript%3E%26%01")

    assert feed.feed.title == "New good practices: “</title><script>&” · Crossinno"
