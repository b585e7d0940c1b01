import datetime
import json

import pytest
from django.test import RequestFactory
from django.utils import translation

from crossinno.meta import script_of
from practices.catalogue import catalogue
from practices.linked_data import practice_data, theme_data
from practices.models import Practice
from tests.factories import CityFactory, PracticeFactory, PracticeSourceFactory, ThemeFactory

REQUEST = RequestFactory().get("/")


def stored(**facts):
    practice = PracticeFactory(**facts)
    return catalogue().cards([practice.pk])[0]


def test_a_practice_is_an_article_about_its_theme_in_its_city():
    practice = stored(
        slug="garage",
        title="Garage48",
        summary="A weekend of work.",
        city=CityFactory(slug="tallinn", name="Tallinn", country="EE", lat=59.4, lon=24.7),
        theme=ThemeFactory(slug="brokerage", name="Brokerage"),
        start_year=2010,
        end_year=2014,
        published_at=datetime.datetime(2024, 5, 6, tzinfo=datetime.UTC),
    )
    PracticeSourceFactory(practice=practice, title="Report", url="https://example.org/report")
    PracticeSourceFactory(practice=practice, title="A book", url="")

    article, breadcrumbs = practice_data(REQUEST, practice, ["start-ups"], practice.sources.all())

    site = {
        "@type": "WebSite",
        "@id": "http://testserver/#website",
        "name": "Crossinno",
        "url": "http://testserver/",
    }
    assert article == {
        "@type": "Article",
        "@id": "http://testserver/practices/garage/#practice",
        "url": "http://testserver/practices/garage/",
        "headline": "Garage48",
        "description": "A weekend of work.",
        "inLanguage": "en",
        "datePublished": "2024-05-06T00:00:00+00:00",
        "dateModified": practice.updated_at.isoformat(),
        "image": "http://testserver/practices/garage/card.png",
        "about": {"@type": "DefinedTerm", "name": "Brokerage", "url": "http://testserver/themes/brokerage/"},
        "spatialCoverage": {
            "@type": "Place",
            "name": "Tallinn",
            "address": {"@type": "PostalAddress", "addressLocality": "Tallinn", "addressCountry": "EE"},
            "geo": {"@type": "GeoCoordinates", "latitude": 59.4, "longitude": 24.7},
        },
        "isAccessibleForFree": True,
        "isPartOf": site,
        "publisher": {
            "@type": "Organization",
            "@id": "http://testserver/#organization",
            "name": "Crossinno",
            "url": "http://testserver/",
            "logo": "http://testserver/static/img/icon-512.png",
        },
        "temporalCoverage": "2010/2014",
        "keywords": ["start-ups"],
        "citation": [
            {"@type": "CreativeWork", "name": "Report", "url": "https://example.org/report"},
            {"@type": "CreativeWork", "name": "A book"},
        ],
    }
    assert [(step["name"], step["item"]) for step in breadcrumbs["itemListElement"]] == [
        ("Home", "http://testserver/"),
        ("Practices", "http://testserver/practices/"),
        ("Garage48", "http://testserver/practices/garage/"),
    ]


@pytest.mark.parametrize("facts", [{}, {"start_year": 2010}, {"end_year": 2014}])
def test_what_is_not_known_is_not_claimed(facts):
    article, _breadcrumbs = practice_data(REQUEST, stored(**facts))

    assert {"temporalCoverage", "keywords", "citation", "contentLocation"} & set(article) == set()


def test_a_practice_that_runs_is_known_to_go_on():
    practice = stored(start_year=2010, outcome=Practice.Outcome.RUNNING)

    assert practice_data(REQUEST, practice)[0]["temporalCoverage"] == "2010/.."


def test_a_practice_with_a_position_has_a_place_of_its_own():
    article, _breadcrumbs = practice_data(REQUEST, stored(lat=1.5, lon=2.5, address="Main Street 1"))

    assert article["contentLocation"] == {
        "@type": "Place",
        "geo": {"@type": "GeoCoordinates", "latitude": 1.5, "longitude": 2.5},
        "address": "Main Street 1",
    }


def test_a_practice_that_is_not_translated_keeps_its_address_and_language():
    practice = stored(slug="garage")

    with translation.override("de"):
        article, _breadcrumbs = practice_data(REQUEST, practice)

    assert (article["url"], article["inLanguage"]) == ("http://testserver/practices/garage/", "en")


def test_hostile_content_cannot_leave_the_script():
    hostile = "</script><script>alert('1')</script>"
    practice = stored(title=hostile, summary=hostile)
    PracticeSourceFactory(practice=practice, title=hostile, url=f"https://example.org/?{hostile}")

    text = script_of(practice_data(REQUEST, practice, [hostile], practice.sources.all()))

    assert set("<>&") & set(text) == set()
    assert json.loads(text)["@graph"][0]["headline"] == hostile


def test_a_theme_is_a_term_of_the_set_of_themes():
    theme = ThemeFactory(slug="brokerage", name="Brokerage", one_line="Bringing people together.")

    term, breadcrumbs = theme_data(REQUEST, theme)

    assert term == {
        "@type": "DefinedTerm",
        "name": "Brokerage",
        "url": "http://testserver/themes/brokerage/",
        "description": "Bringing people together.",
        "termCode": "brokerage",
        "inDefinedTermSet": "http://testserver/themes/",
    }
    assert len(breadcrumbs["itemListElement"]) == 3
