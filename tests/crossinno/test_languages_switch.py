import re

import pytest

from practices.models import Practice
from tests.factories import CityFactory, EventFactory, PracticeFactory, ThemeFactory

ADDRESSES = [
    "/",
    "/practices/",
    "/practices/?q=a+%26+b&theme=brokerage&page=1",
    "/practices/garage/",
    "/themes/brokerage/",
    "/cities/tallinn/",
    "/events/visit/",
    "/search/?q=%22two+words%22+-three",
    "/contact/?about=/cities/",
    "/nowhere/?x=1",
]


@pytest.fixture(autouse=True)
def _content():
    PracticeFactory(slug="garage", city=CityFactory(slug="tallinn"), theme=ThemeFactory(slug="brokerage"))
    EventFactory(slug="visit")


def links(response):
    """The addresses of the language switch, by language."""
    page = response.content.decode()
    nav = page[page.index('class="site-languages"') :].split("</nav>")[0]
    return {code: address.replace("&amp;", "&") for address, code in re.findall(r'href="([^"]*)" lang="(\w+)"', nav)}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_language_switch_keeps_page_and_query_and_leads_back(client, address):
    there = links(client.get(address))
    back = links(client.get(there["de"]))

    if address == "/nowhere/?x=1":
        return
    assert there == back == {"en": address, "de": f"/de{address}"}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_says_in_which_language_it_speaks(client, address):
    for prefix, language in [("", "en"), ("/de", "de")]:
        response = client.get(prefix + address)

        assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("address", ["/pl/", "/pl/practices/", "/pl/practices/garage/", "/cs/cities/tallinn/", "/fr/"])
def test_a_language_without_an_interface_has_no_pages(client, address):
    assert client.get(address).status_code == 404


def test_lists_on_a_german_page_mark_what_is_in_english_and_say_so(client):
    page = client.get("/de/practices/").content.decode()

    assert '<a href="/de/practices/garage/" lang="en">' in page
    assert page.count('<span class="tongue">') == Practice.objects.count()
    assert '<span class="tongue">' not in client.get("/practices/").content.decode()
