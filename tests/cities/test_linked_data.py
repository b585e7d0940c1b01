from django.test import RequestFactory
from django.utils import translation

from cities.linked_data import city_data, collection_data, home_data
from tests.factories import CityFactory

REQUEST = RequestFactory().get("/cities/")


def test_a_city_has_names_a_position_and_a_country():
    city = CityFactory(
        slug="warsaw",
        name="Warsaw",
        local_name="Warszawa",
        other_names=["Warschau", "Warszawa"],
        country="PL",
        lat=52.2,
        lon=21.0,
        website="https://example.org/",
        profile="First.\n\nSecond.",
    )

    data, breadcrumbs = city_data(REQUEST, city)

    assert data == {
        "@type": "City",
        "@id": "http://testserver/cities/warsaw/#city",
        "name": "Warsaw",
        "url": "http://testserver/cities/warsaw/",
        "geo": {"@type": "GeoCoordinates", "latitude": 52.2, "longitude": 21.0},
        "containedInPlace": {"@type": "Country", "name": "Poland", "identifier": "PL"},
        "alternateName": ["Warszawa", "Warschau"],
        "sameAs": "https://example.org/",
        "description": "First.",
    }
    assert [step["name"] for step in breadcrumbs["itemListElement"]] == ["Home", "Cities", "Warsaw"]


def test_a_city_of_which_little_is_known_claims_little():
    data, _breadcrumbs = city_data(REQUEST, CityFactory(name="Linz", local_name="Linz"))

    assert {"alternateName", "sameAs", "description"} & set(data) == set()


def test_the_home_page_tells_how_to_search():
    site, organization = home_data(REQUEST)

    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/practices/?q={search_term_string}"
    assert site["publisher"]["@id"] == organization["@id"]


def test_the_search_stays_in_the_language_of_the_page_and_the_site_is_one():
    with translation.override("de"):
        site, _organization = home_data(REQUEST)

    assert site["url"] == "http://testserver/"
    assert site["potentialAction"]["target"]["urlTemplate"].startswith("http://testserver/de/practices/")


def test_a_list_counts_on_over_its_pages():
    cities = [CityFactory(slug="linz", name="Linz"), CityFactory(slug="rome", name="Rome")]

    page = collection_data(REQUEST, "Cities", "All of them.", cities, first=13)

    assert page["url"] == "http://testserver/cities/"
    assert page["mainEntity"]["itemListElement"] == [
        {"@type": "ListItem", "position": 13, "name": "Linz", "url": "http://testserver/cities/linz/"},
        {"@type": "ListItem", "position": 14, "name": "Rome", "url": "http://testserver/cities/rome/"},
    ]


def test_an_empty_list_claims_no_entries():
    assert "mainEntity" not in collection_data(REQUEST, "Cities", "None yet.", [])
