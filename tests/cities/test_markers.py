import json
from dataclasses import dataclass

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as searching
from hypothesis import strategies as st

from cities.atlas import HEIGHT, WIDTH
from cities.markers import GAP, LETTER, LINE, markers


@dataclass(frozen=True)
class Place:
    """A city as the map knows it."""

    name: str
    lat: float
    lon: float

    def get_absolute_url(self):
        return f"/cities/{self.name}/"


def box(marker):
    """Where the name of a marker stands: left, top, right, bottom."""
    width = LETTER * len(marker.city.name)
    left = {"start": 0, "middle": -width / 2, "end": -width}[marker.anchor] + marker.label_x
    return left, marker.label_y - LINE + 6, left + width, marker.label_y + 6


def overlap(one, other):
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def test_the_names_of_the_partner_cities_cover_neither_each_other_nor_a_dot_and_stay_on_the_map():
    records = json.loads((settings.BASE_DIR / "fixtures" / "cities.json").read_text(encoding="utf-8"))
    places = [Place(record["name"], record["lat"], record["lon"]) for record in records]

    drawn = markers((place, 6) for place in places)

    boxes = [box(marker) for marker in drawn]
    dots = [(marker.x - 7, marker.y - 7, marker.x + 7, marker.y + 7) for marker in drawn]
    assert [marker.city for marker in drawn] == places
    for index, name in enumerate(boxes):
        assert name[0] >= 0
        assert name[2] <= WIDTH
        assert not any(overlap(name, other) for other in boxes[index + 1 :])
        assert not any(overlap(name, dot) for dot in dots)


def test_a_marker_leads_to_its_city_or_to_what_is_asked_of_it():
    place = Place("Wien", 48.2, 16.4)

    (page,), (list_of_practices,) = markers([(place, 1)]), markers([(place, 1)], lambda city: f"city={city.name}")

    assert (page.href, list_of_practices.href) == ("/cities/Wien/", "?city=Wien")


def test_a_dot_grows_with_its_area():
    none, one, four = markers((Place("A", 50, 10), count) for count in (0, 1, 4))

    assert four.radius - none.radius == pytest.approx(2 * (one.radius - none.radius))


def test_a_name_stands_to_the_right_where_there_is_room_and_else_elsewhere():
    (alone,) = markers([(Place("Wien", 48.2, 16.4), 1)])
    first, second = markers([(Place("Wien", 48.2, 16.4), 1), (Place("Bratislava", 48.2, 18.4), 1)])

    assert (alone.anchor, alone.label_x) == ("start", alone.x + GAP)
    assert first.anchor != "start"
    assert not overlap(box(first), box(second))


@searching(max_examples=40)
@given(st.lists(st.builds(Place, st.text(min_size=1, max_size=20), st.floats(36, 68), st.floats(-10, 30)), max_size=12))
def test_any_cities_get_their_markers(places):
    drawn = markers((place, 1) for place in places)

    assert [marker.city for marker in drawn] == places
    assert all(marker.anchor in {"start", "middle", "end"} for marker in drawn)
    assert markers((place, 1) for place in places) == drawn


def test_cities_far_from_europe_do_not_break_the_map():
    drawn = markers([(Place("Quito", -0.2, -78.5), 1), (Place("Pole", 90, 0), 1), (Place("Suva", -18.1, 180), 1)])

    assert (len(drawn), HEIGHT > 0) == (3, True)
