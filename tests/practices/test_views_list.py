import re

import pytest
from django.urls import reverse

from practices.models import Practice
from tests.factories import CityFactory, PracticeFactory, ThemeFactory

VIEWS = ["cards", "table", "map"]


def get(client, query=""):
    return client.get(f"{reverse('practices:list')}?{query}")


def links(response):
    return re.findall(r'href="([^"]*)"', response.content.decode())


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_what_was_found_and_leaves_drafts_out(client, view):
    lisbon = CityFactory(slug="lisbon", name="Lisbon")
    shown = PracticeFactory(title="Shown", city=lisbon, lat=41.2, lon=-8.6)
    PracticeFactory(title="Elsewhere", city=CityFactory(slug="linz"))
    PracticeFactory(title="Hidden", city=lisbon, state=Practice.State.DRAFT, lat=38.7, lon=-9.1)

    response = get(client, f"view={view}&city=lisbon")

    assert response.status_code == 200
    assert shown.get_absolute_url() in links(response)
    assert "1 practice" in response.content.decode()
    assert "Hidden" not in response.content.decode()
    assert "Elsewhere" not in response.content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_leads_on_when_nothing_was_found(client, view):
    PracticeFactory(city=CityFactory(slug="linz"), start_year=2001, end_year=2002)

    response = get(client, f"view={view}&city=linz&from=2010")

    assert response.status_code == 200
    assert "Nothing fits all of this" in response.content.decode()
    assert f"?view={view}" in links(response)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_asks_as_much_of_the_database_for_one_as_for_many(queries, view):
    PracticeFactory(city=CityFactory(slug="lisbon"), lat=38.7, lon=-9.1)
    for_one = queries(f"{reverse('practices:list')}?view={view}")
    for _ in range(5):
        PracticeFactory(lat=38.7, lon=-9.1).create_translation("de", title="Praxis", summary="Auf Deutsch.")

    assert queries(f"{reverse('practices:list')}?view={view}") == for_one <= 8


def test_filters_stay_when_the_view_or_the_order_changes_or_results_are_taken_along(client):
    PracticeFactory(city=CityFactory(slug="linz"), start_year=2011)

    response = get(client, "city=linz&from=2010&view=table&sort=title")

    kept = {"city": "linz", "from": "2010", "sort": "title", "view": "table"}
    assert form_with(response, 'name="view" value="map"') == {**kept, "view": None}
    assert form_with(response, 'name="sort" value="verified"') == {**kept, "sort": None}
    assert form_with(response, f'formaction="{reverse("practices:download", args=["csv"])}"') == kept
    assert form_with(response, f'formaction="{reverse("practices:feed")}"') == kept
    assert '<input type="hidden" name="sort" value="title">' in response.content.decode()
    assert '<input type="hidden" name="view" value="table">' in response.content.decode()


def form_with(response, button):
    """What the form with this button carries along unseen; None for what only its button says."""
    forms = re.findall(r"<form.*?</form>", response.content.decode(), re.DOTALL)
    (form,) = [form for form in forms if re.search(rf"<button[^>]*{re.escape(button)}", form)]
    pressed = re.match(r'name="(\w+)"', button)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    return ({pressed[1]: None} if pressed else {}) | hidden


def test_cities_of_the_map_narrow_the_same_search(client):
    lisbon = CityFactory(slug="lisbon", name="Lisbon", lat=38.7, lon=-9.1)
    theme = ThemeFactory(slug="brokerage")
    PracticeFactory(city=lisbon, theme=theme)
    PracticeFactory(city=lisbon, theme=theme)
    PracticeFactory(city=CityFactory(slug="linz"))

    response = get(client, "view=map&theme=brokerage")

    assert [(marker.city.slug, marker.count) for marker in response.context["markers"]] == [("lisbon", 2)]
    assert links(response).count("?theme=brokerage&amp;city=lisbon") == 2


def test_practices_far_from_their_city_have_a_mark_of_their_own(client):
    city = CityFactory(lat=48.3, lon=14.3)
    PracticeFactory(title="In town", city=city, lat=48.31, lon=14.29)
    PracticeFactory(title="In the hills", city=city, lat=47.3, lon=13.3)

    spots = get(client, "view=map").context["spots"]

    assert {spot.practice.title: spot.apart for spot in spots} == {"In town": False, "In the hills": True}


def test_pages_together_show_every_practice_once(client):
    for _ in range(30):
        PracticeFactory()

    for sort in ("newest", "title", "verified"):
        pages = [get(client, f"sort={sort}&page={number}").context["page"] for number in (1, 2, 3)]
        shown = [practice.pk for page in pages for practice in page.practices]
        assert len(shown) == len(set(shown)) == 30


@pytest.mark.parametrize("number", ["0", "-1", "1000000000", "x", ""])
def test_numbers_of_pages_that_do_not_exist_show_one_that_does(client, number):
    PracticeFactory()

    response = get(client, f"page={number}")

    assert response.status_code == 200
    assert len(response.context["page"].practices) == 1


def test_all_choices_of_a_facet_have_a_page(client):
    PracticeFactory(tags=["fab lab", "voucher"], city=CityFactory(slug="linz"))
    PracticeFactory(tags=["film"])

    response = get(client, "all=tag&city=linz")

    assert [(choice.label, choice.count) for choice in response.context["page"]] == [("fab lab", 1), ("voucher", 1)]
    assert f"{reverse('practices:list')}?city=linz&amp;tag=voucher" in links(response)


@pytest.mark.parametrize("query", ["from=2012&to=2010", "sort=x&q=mill", "view=x", "city=x", "q=%00", "from=a&to=b"])
def test_an_address_that_cannot_be_understood_is_answered_with_the_form_and_400(client, query):
    PracticeFactory(title="Mill")

    response = get(client, query)

    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert 'id="q"' in response.content.decode()


def test_the_years_asked_for_stay_in_the_form_and_can_be_taken_away(client):
    PracticeFactory(start_year=2011)

    response = get(client, "from=2010&to=2012")

    assert 'name="from" inputmode="numeric" maxlength="20" value="2010"' in response.content.decode()
    assert "2010–2012" in response.content.decode()
    assert "?" in links(response)


def test_htmx_gets_the_results_alone(client):
    PracticeFactory()

    whole = get(client, "view=table")
    part = client.get(reverse("practices:list"), {"view": "table"}, headers={"HX-Request": "true"})

    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
