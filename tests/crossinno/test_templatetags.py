import datetime
import re
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory
from django.utils import translation

from crossinno.templatetags.site import (
    coordinates,
    event_date,
    lang,
    language_links,
    language_name,
    pagination,
    shown_language,
)
from tests.factories import CityFactory


def event(starts=None, ends=None, precision="day"):
    def day(text):
        return text and datetime.date.fromisoformat(text)

    return SimpleNamespace(starts=day(starts), ends=day(ends), date_precision=precision)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ((), "date not known"),
        ((None, None, "year"), "date not known"),
        (("2012-09-06",), "6 September 2012"),
        (("2012-09-06", "2012-09-06"), "6 September 2012"),
        (("2012-09-06", "2012-09-07"), "6–7 September 2012"),
        (("2012-09-30", "2012-10-01"), "30 September 2012 – 1 October 2012"),
        (("2012-09-06", "2013-09-07"), "6 September 2012 – 7 September 2013"),
        (("2012-09-01", None, "month"), "September 2012"),
        (("2012-09-01", "2012-09-30", "month"), "September 2012"),
        (("2012-09-01", "2012-10-31", "month"), "September 2012 – October 2012"),
        (("2012-12-01", "2013-01-31", "month"), "December 2012 – January 2013"),
        (("2012-01-01", None, "year"), "2012"),
        (("2012-01-01", "2012-12-31", "year"), "2012"),
        (("2012-01-01", "2013-12-31", "year"), "2012–2013"),
    ],
)
def test_a_date_is_told_to_the_precision_that_is_known(facts, said):
    assert event_date(event(*facts)) == said


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("precision", ["day", "month", "year"])
def test_no_date_says_more_than_is_known_in_any_language(language, precision):
    with translation.override(language):
        said = event_date(event("2012-09-01", "2012-09-30", precision))

    assert ("30" in said, "2012" in said) == (precision == "day", True)
    assert said.isdigit() == (precision == "year")


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        (52.3731, 4.8922, "52.37° N, 4.89° E"),
        (38.72, -9.14, "38.72° N, 9.14° W"),
        (-33.87, 151.21, "33.87° S, 151.21° E"),
        (-22.9, -43.2, "22.90° S, 43.20° W"),
        (0, 0, "0.00° N, 0.00° E"),
        (90.0, -180.0, "90.00° N, 180.00° W"),
    ],
)
def test_a_position_is_printed_as_in_an_atlas(lat, lon, said):
    assert coordinates(SimpleNamespace(lat=lat, lon=lon)) == said


def test_text_in_another_language_than_the_page_is_marked_and_no_other():
    assert (lang("de"), lang("en"), lang(""), lang(None)) == (' lang="de"', "", "", "")
    assert lang('"><script>') == ' lang="&quot;&gt;&lt;script&gt;"'


def test_a_language_is_called_by_its_name():
    assert language_name("lt") == "Lithuanian"


@pytest.mark.parametrize(("page", "shown"), [("en", "de"), ("de", "de"), ("lt", "lt")])
def test_the_language_shown_is_that_of_the_page_or_the_first_there_is(page, shown):
    city = CityFactory()
    city.create_translation("lt", name="Vilnius")
    city.create_translation("de", name="Wilna")
    city.translations.filter(language_code="en").delete()

    with translation.override(page):
        assert shown_language(city) == shown


def test_the_language_links_stay_on_the_page():
    request = RequestFactory().get("/practices/?q=a+%26+b&theme=x&page=2")

    assert language_links({"request": request}) == [
        ("en", "English", "/practices/?q=a+%26+b&theme=x&page=2", True),
        ("de", "Deutsch", "/de/practices/?q=a+%26+b&theme=x&page=2", False),
    ]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "?page=2"),
        ("page=7", "?page=2"),
        ("q=a+%26+b&page=1&theme=x&theme=y", "?q=a+%26+b&amp;page=2&amp;theme=x&amp;theme=y"),
        ("q=%EE%80%80", "?q=%EE%80%80&amp;page=2"),
        ("page=%EE%80%80&page=3", "?page=2"),
    ],
)
def test_the_next_page_is_the_same_list(query, address):
    page = Paginator(range(30), 12).get_page(1)

    links = pagination({"request": RequestFactory().get(f"/practices/?{query}")}, page)

    assert f'rel="next" href="{address}"' in links


def test_pages_that_are_left_out_are_shown_as_gaps():
    page = Paginator(range(400), 12).get_page(10)

    links = pagination({"request": RequestFactory().get("/practices/")}, page)

    shown = re.sub(r"<[^>]*>|Page ", " ", links).split()
    assert shown == ["Previous", "1", "…", "8", "9", "10", "11", "12", "…", "34", "Next"]
    assert links.count("aria-current") == 1
    assert pagination({"request": None}, Paginator(range(3), 12).get_page(1)) == ""
