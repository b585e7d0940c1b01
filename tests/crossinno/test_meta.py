import html
import json

import html5lib
import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from cities.meta import Meta, plain, shown_in, written_in
from tests.factories import CityFactory, PracticeFactory

HOSTILE = '</script><script>alert("1")</script> & \'quoted\' \x01\x0b\ufffe"'


def head(path, meta, language="en"):
    with translation.override(language):
        template = engines["django"].from_string('{% include "components/_meta.html" %}')
        text = template.render({"meta": meta} if meta else {}, RequestFactory().get(path))
    document = html5lib.parse(f"<!doctype html><head>{text}</head>", namespaceHTMLElements=False)
    return document.find("head"), text


def named(document, name):
    metas = document.findall("meta")
    return [meta.get("content") for meta in metas if name in (meta.get("name"), meta.get("property"))]


def links(document, rel):
    return [(link.get("hreflang"), link.get("href")) for link in document.findall("link") if link.get("rel") == rel]


def test_a_page_names_its_own_address_and_its_languages():
    document, _text = head("/practices/?utm=1", Meta("Practices", "All of them."))

    assert links(document, "canonical") == [(None, "http://testserver/practices/")]
    assert links(document, "alternate") == [
        ("en", "http://testserver/practices/"),
        ("de", "http://testserver/de/practices/"),
        ("x-default", "http://testserver/practices/"),
    ]
    assert named(document, "og:url") == ["http://testserver/practices/"]
    assert named(document, "og:locale") == ["en_GB"]
    assert named(document, "og:locale:alternate") == ["de_DE"]
    assert named(document, "robots") == []


def test_a_page_in_german_names_the_same_alternates():
    document, _text = head("/de/practices/", Meta("Praxis", "Alle."), "de")

    assert links(document, "canonical") == [(None, "http://testserver/de/practices/")]
    assert dict(links(document, "alternate"))["x-default"] == "http://testserver/practices/"
    assert named(document, "og:locale") == ["de_DE"]


@pytest.mark.parametrize("path", ["/practices/x/", "/de/practices/x/"])
def test_content_in_english_only_has_its_canonical_address_in_english(path):
    language = "de" if path.startswith("/de/") else "en"

    document, _text = head(path, Meta("X", "Text.", languages=["en"]), language)

    assert links(document, "canonical") == [(None, "http://testserver/practices/x/")]
    assert [code for code, _address in links(document, "alternate")] == ["en", "x-default"]


def test_content_in_german_only_has_its_canonical_address_in_german():
    document, _text = head("/practices/x/", Meta("X", "Text.", languages=["de", "lt"]))

    assert links(document, "canonical") == [(None, "http://testserver/de/practices/x/")]
    assert links(document, "alternate") == [
        ("de", "http://testserver/de/practices/x/"),
        ("x-default", "http://testserver/de/practices/x/"),
    ]


def test_content_in_no_interface_language_has_its_canonical_address_in_english_and_no_alternates():
    document, _text = head("/de/practices/x/", Meta("X", "Text.", languages=["lt"]), "de")

    assert links(document, "canonical") == [(None, "http://testserver/practices/x/")]
    assert links(document, "alternate") == []


def test_a_further_page_of_a_list_is_a_page_of_its_own():
    document, _text = head("/practices/?page=3", Meta("Practices", "All of them.", page=3))

    assert links(document, "canonical") == [(None, "http://testserver/practices/?page=3")]
    assert ("de", "http://testserver/de/practices/?page=3") in links(document, "alternate")
    assert named(document, "og:title") == ["Practices, page 3"]
    assert named(document, "description") == ["Page 3. All of them."]


@pytest.mark.parametrize("query", ["theme=brokerage", "theme=brokerage&page=2", "page=2&q=x"])
def test_a_filtered_list_names_the_whole_list(query):
    document, _text = head(f"/practices/?{query}", Meta("Practices", "All of them.", page=2))

    assert links(document, "canonical") == [(None, "http://testserver/practices/")]


def test_a_page_that_is_not_for_search_engines_says_so():
    document, _text = head("/search/?q=x", Meta("Search", "Results.", noindex=True))

    assert named(document, "robots") == ["noindex, follow"]
    assert links(document, "canonical") == links(document, "alternate") == []
    assert named(document, "og:url") == ["http://testserver/search/"]


def test_every_page_has_a_picture_and_a_card():
    plain_page, _text = head("/", Meta("Home", "Text."))
    practice, _text = head("/", Meta("X", "Text.", image="/practices/x/card.png", kind="article"))

    assert named(plain_page, "og:image") == ["http://testserver/static/img/card.png"]
    assert named(practice, "og:image") == ["http://testserver/practices/x/card.png"]
    assert named(practice, "og:image:alt") == ["X"]
    assert named(practice, "og:type") == ["article"]
    assert named(practice, "twitter:card") == ["summary_large_image"]


def test_a_page_that_says_nothing_still_has_a_head():
    document, _text = head("/nowhere/", None)

    assert named(document, "og:site_name") == named(document, "og:title") == ["Crossinno"]
    assert len(named(document, "description")[0]) > 20
    assert links(document, "canonical") == []


def test_a_page_without_a_request_still_has_a_head():
    text = engines["django"].from_string('{% include "components/_meta.html" %}').render({})

    assert 'content="Crossinno"' in text


def test_a_long_description_is_cut_between_words():
    document, _text = head("/", Meta("Home", "One two\n\nthree. " * 40))

    (description,) = named(document, "description")
    assert len(description) <= 200
    assert (description[:18], description[-1]) == ("One two three. One", "…")


def test_hostile_content_stays_inside_its_tag():
    data = {"@type": "Article", "headline": HOSTILE}

    document, text = head("/", Meta(HOSTILE, HOSTILE, data=data))

    (script,) = document.findall("script")
    assert json.loads(script.text) == {"@context": "https://schema.org", "@graph": [data]}
    assert named(document, "og:title") == ['</script><script>alert("1")</script> & \'quoted\' "']
    assert text.count("<script") == text.count("</script") == 1
    assert html.unescape(named(document, "description")[0]) == named(document, "description")[0]


def test_plain_text_has_one_line_and_no_control_characters():
    assert plain(" a\r\n\tb\x00\x07\x85c\u2028d \x7f\ufffe\ud800e") == "a b c d e"


def test_languages_of_a_row_stand_in_the_order_of_the_fallback():
    practice = PracticeFactory()
    practice.create_translation("lt", title="Praktika", summary="Santrauka.")
    practice.create_translation("de", title="Praxis", summary="Kurz.")

    assert written_in(practice) == ["en", "de", "lt"]


@pytest.mark.parametrize(("language", "shown"), [("en", "lt"), ("lt", "lt"), ("de", "de")])
def test_texts_are_shown_in_the_language_of_the_page_or_the_first_there_is(language, shown):
    city = CityFactory()
    city.translations.all().delete()
    city.create_translation("lt", name="Vilnius")
    if shown == "de":
        city.create_translation("de", name="Wilna")

    with translation.override(language):
        assert shown_in(city) == shown
