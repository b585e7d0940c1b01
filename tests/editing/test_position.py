"""Where a case lies: chosen on our map, by numbers, or taken from its city."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cities.atlas import WIDTH, project
from editing.models import Typed
from editing.position import ZOOMS, Frame, Sight, kilometres
from practices.models import Practice
from tests.desk import change_page, filled, queries, save
from tests.editing.people import coordinator_of, reviewer_of
from tests.factories import CityFactory, PracticeFactory

ADD = "/admin/practices/practice/add/"
POSITION = "/admin/practices/practice/position/"
VILNIUS, LISBON = (54.6872, 25.2797), (38.7223, -9.1393)


@pytest.fixture
def draft():
    city = CityFactory(slug="vilnius", name="Vilnius", lat=VILNIUS[0], lon=VILNIUS[1])
    return PracticeFactory(state="draft", city=city, address="Maironio g. 11")


@pytest.fixture
def desk(client, draft):
    """The client of somebody who writes the draft."""
    client.force_login(coordinator_of(draft.city))
    return client


def shown(client, draft, **asked):
    """What the script is told."""
    return client.get(POSITION, {"map_level": "", "city": draft.city_id, "lat": "", "lon": "", **asked}).json()


# Distances and frames


def test_distances_are_those_of_the_globe():
    quarter = 6371 * 3.141592653589793 / 2

    assert kilometres((0, 0), (0, 90)) == pytest.approx(quarter)
    assert kilometres((90, 0), (0, 47)) == pytest.approx(quarter)
    assert kilometres((10, 20), (-10, -160)) == pytest.approx(2 * quarter)
    assert kilometres(VILNIUS, LISBON) == pytest.approx(3120, abs=15)
    assert kilometres(VILNIUS, VILNIUS) == 0


@given(st.floats(36, 66), st.floats(-9, 28), st.integers(0, 3), st.floats(0, WIDTH), st.floats(0, 920))
def test_every_point_of_a_frame_leads_to_its_place_and_back(lat, lon, level, x, y):
    frame = Frame.around((lat, lon), level)

    again = frame.point(frame.place(x, y))

    coarse = 0.02 * ZOOMS[level] / 4  # what rounding to ten metres may move
    assert again is None or again == pytest.approx((x, y), abs=coarse + 0.1)
    assert (0 <= frame.left <= WIDTH, 0 <= frame.top <= 920) == (True, True)


@pytest.mark.parametrize("level", range(len(ZOOMS)))
def test_a_frame_has_its_place_in_the_middle_as_far_as_the_map_reaches(level):
    berlin = (52.52, 13.405)

    middle, edge = (Frame.around(place, level).point(place) for place in (berlin, (71.0, 45.0)))

    assert middle == pytest.approx((500, 460) if level else project(*berlin))
    assert edge is None


@pytest.mark.parametrize("place", [(-52, -170), (-52.0, -169.9999), (90, 0), (-90, 0), (-21.1, 55.5), (10, 180)])
def test_a_place_that_our_map_does_not_reach_is_said_to_be_outside(place):
    seen = Sight(str(place[0]), str(place[1]))

    assert (seen.mark, seen.frame.zoom) == (None, 16)
    assert "outside our map" in seen.said


# The form


def test_form_shows_the_position_its_distance_and_the_address_beside_the_map(desk, draft):
    Practice.objects.filter(pk=draft.pk).update(lat=54.7, lon=25.3)

    page = desk.get(change_page(draft)).content.decode()

    assert "54.7000, 25.3000, 2 km from Vilnius." in page
    assert 'class="position-mark"' in page
    assert page.index("Maironio g. 11") < page.index('class="position-map"') < page.index('name="theme"')


def test_case_without_position_shows_its_city_and_no_mark(desk, draft):
    page = desk.get(change_page(draft)).content.decode()

    assert "No position yet: readers find the case at its city." in page
    assert "position-mark" not in page
    assert '<text x="52" y="12">Vilnius</text>' in page


def test_new_case_has_a_map_of_all_of_europe(client):
    client.force_login(coordinator_of(CityFactory(), CityFactory()))

    assert 'viewBox="0.000 0.000 1000.000 920.000"' in client.get(ADD).content.decode()


def test_who_may_not_change_the_case_sees_the_mark_and_no_buttons(client, draft):
    Practice.objects.filter(pk=draft.pk).update(lat=54.7, lon=25.3, state="in-review")
    client.force_login(reviewer_of(draft.theme))

    page = client.get(change_page(draft)).content.decode()

    assert "position-mark" in page
    assert "position-touch" not in page


def test_map_takes_the_same_queries_for_few_cities_and_for_many(desk, draft):
    few = queries(desk, change_page(draft))
    for _number in range(5):
        CityFactory()

    assert queries(desk, change_page(draft)) == few


def test_position_far_from_all_cities_of_the_case_is_warned_of_and_saved(desk, draft):
    form = filled(desk.get(change_page(draft)), lat="38.7223", lon="-9.1393")

    page = desk.post(change_page(draft), form, follow=True).content.decode()

    far = f"{round(kilometres(VILNIUS, LISBON)):,}"
    assert f"Position: 38.7223, -9.1393, {far} km from Vilnius. That is far away. Is it right?" in page
    assert Practice.objects.get(pk=draft.pk).lat == 38.7223


def test_position_in_a_further_city_is_not_far(desk, draft):
    lisbon = CityFactory(slug="lisbon", name="Lisbon", lat=LISBON[0], lon=LISBON[1])

    seen = shown(desk, draft, lat="38.8", lon="-9.1", further_cities=lisbon.pk)

    assert (seen["far"], seen["said"]) == (False, "38.8000, -9.1000, 9 km from Lisbon.")


def test_looking_closer_is_no_change_of_the_case(desk, draft):
    save(desk, change_page(draft), map_level="3")

    assert Practice.objects.get(pk=draft.pk).lat is None
    assert "map" not in str(draft.case.versions.newest().first().content)


# Choosing, for the script


def test_position_of_the_city_is_taken(desk, draft):
    seen = shown(desk, draft, _position="city")

    assert (seen["lat"], seen["lon"], seen["far"]) == ("54.6872", "25.2797", False)
    assert "position-mark" in seen["map"]


def test_click_sets_the_place_that_was_shown_there_however_wide_the_map(desk, draft):
    frame = Frame.around(VILNIUS, 2)
    expected = frame.place(250, 460)

    small = shown(desk, draft, **{"_map.x": 68, "_map.y": 125})
    wide = shown(desk, draft, **{"_map.x": 128, "_map.y": 236, "_width": 512})

    for seen in (small, wide):
        assert kilometres((float(seen["lat"]), float(seen["lon"])), expected) < 0.7
        assert float(seen["lon"]) < 24.7


def test_steps_move_the_mark_to_the_side_they_name(desk, draft):
    at = {"lat": "54.6872", "lon": "25.2797", "map_level": "3"}

    east, north = (shown(desk, draft, **at, **step) for step in ({"_east": 10}, {"_north": 1}))

    assert float(east["lon"]) > 25.3
    assert 0.1 < kilometres(VILNIUS, (float(north["lat"]), float(north["lon"]))) < 0.5
    assert float(north["lat"]) > 54.6872


def test_levels_end_where_the_map_ends(desk, draft):
    levels = [
        shown(desk, draft, map_level=level, _position=act)["level"]
        for level, act in [("0", "farther"), ("0", "closer"), ("3", "closer"), ("3", "farther"), ("x", "closer")]
    ]

    assert levels == [0, 1, 3, 2, 3]


def test_looking_closer_keeps_what_is_typed_even_if_it_is_no_number(desk, draft):
    seen = shown(desk, draft, lat="5", lon="east", _position="closer")

    assert (seen["lat"], seen["lon"]) == ("5", "east")


@pytest.mark.parametrize("values", [{"_map.x": "a"}, {"_width": "1e9", "_map.x": "1"}, {"_east": "--"}])
def test_forged_clicks_are_refused(desk, draft, values):
    assert desk.get(POSITION, {"map_level": "", "city": draft.city_id, **values}).status_code == 400


@pytest.mark.parametrize("city", ["", "x", "99999999999999", "²", "-1"])
def test_forged_cities_are_none(desk, draft, city):
    assert shown(desk, draft, city=city, _position="city")["lat"] == ""


def test_keyboard_that_presses_the_map_sets_nothing(desk, draft):
    assert shown(desk, draft, **{"_map.x": 0, "_map.y": 0})["lat"] == ""


@pytest.mark.parametrize("person", [lambda draft: reviewer_of(draft.theme), lambda draft: coordinator_of()])
def test_who_writes_nothing_is_not_served(client, draft, person):
    client.force_login(person(draft))

    assert client.get(POSITION, {"map_level": ""}).status_code == 403


def test_address_alone_leads_to_the_cases(desk):
    assert desk.get(POSITION).headers["Location"] == "/admin/practices/practice/"


# Choosing without a script


def test_without_a_script_a_click_comes_back_with_all_that_was_typed(desk, draft):
    form = filled(desk.get(change_page(draft)), summary="Not saved yet.", **{"sources-0-title": "Report"})

    response = desk.post(POSITION, {**form, "_map.x": "136", "_map.y": "125"}, follow=True)

    again = filled(response)
    assert (
        response.redirect_chain[0][0] == f"{change_page(draft)}?language=en&typed={Typed.objects.get().form}#position"
    )
    assert {name: again[name] for name in ("summary", "sources-0-title", "map_level")} == {
        "summary": "Not saved yet.",
        "sources-0-title": "Report",
        "map_level": "2",
    }
    assert kilometres(VILNIUS, (float(again["lat"]), float(again["lon"]))) < 1
    assert Practice.objects.get(pk=draft.pk).lat is None

    desk.post(change_page(draft), again)

    assert Practice.objects.get(pk=draft.pk).lat == float(again["lat"])


def test_without_a_script_a_new_case_takes_the_position_of_its_city(desk, draft):
    form = filled(desk.get(ADD), title="New")

    response = desk.post(POSITION, {**form, "_position": "city"}, follow=True)

    again = filled(response)
    assert (again["title"], again["lat"], again["lon"]) == ("New", "54.6872", "25.2797")


def test_form_of_somebody_else_is_not_moved(desk, draft):
    other = Client()
    other.force_login(coordinator_of(draft.city))
    form = filled(other.get(change_page(draft)), summary="Theirs.")

    refused = desk.post(POSITION, {**form, "_position": "city"})
    forged = desk.post(POSITION, {**form, "typing": "made-up", "_position": "city"})

    assert (refused.status_code, forged.status_code) == (403, 403)
    assert "lat" not in Typed.objects.get().fields or Typed.objects.get().fields["lat"] == [""]


def test_text_is_kept_when_the_session_has_ended(desk, draft):
    form = filled(desk.get(change_page(draft)), summary="Not saved yet.")
    desk.logout()

    assert desk.post(POSITION, {**form, "_position": "closer"}).status_code == 302
    assert Typed.objects.get().fields["summary"] == ["Not saved yet."]


def test_form_that_is_far_too_long_is_refused(desk, draft, settings):
    form = filled(desk.get(change_page(draft)), summary="x" * 2_000_001)

    assert desk.post(POSITION, {**form, "_position": "city"}).status_code == 413
