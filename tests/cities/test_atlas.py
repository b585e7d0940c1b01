from math import cos, hypot, isclose, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.atlas import CENTRE_LAT, CENTRE_LON, CENTRE_X, CENTRE_Y, HEIGHT, RADIUS, WIDTH, place_at, project

LATITUDES = st.floats(30, 75)
LONGITUDES = st.floats(-30, 50)
ELEVEN_CITIES = {
    "Amsterdam": (52.3676, 4.9041),
    "Berlin": (52.52, 13.405),
    "Birmingham": (52.4862, -1.8904),
    "Linz": (48.3069, 14.2858),
    "Lisbon": (38.7223, -9.1393),
    "Plzeň": (49.7384, 13.3736),
    "Rome": (41.9028, 12.4964),
    "Stockholm": (59.3293, 18.0686),
    "Tallinn": (59.437, 24.7536),
    "Vilnius": (54.6872, 25.2797),
    "Warsaw": (52.2297, 21.0122),
}


def on_the_sphere(lat, lon):
    """The point as a vector of length 1."""
    phi, lam = radians(lat), radians(lon)
    return cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)


def test_the_centre_of_the_projection_is_where_it_is_said_to_be():
    assert project(CENTRE_LAT, CENTRE_LON) == pytest.approx((CENTRE_X, CENTRE_Y))


@pytest.mark.parametrize(
    ("city", "x", "y"),
    [("Lisbon", 91.8234, 788.7613), ("Tallinn", 855.0020, 119.0936), ("Rome", 663.7943, 743.9053)],
)
def test_places_lie_where_the_proj_library_puts_them(city, x, y):
    # PROJ 9, +proj=laea +lat_0=52 +lon_0=10 +R=1960, then moved by (600, 400) with y turned downwards
    assert project(*ELEVEN_CITIES[city]) == pytest.approx((x, y), abs=0.0001)


@pytest.mark.parametrize("city", ELEVEN_CITIES)
def test_every_city_lies_inside_the_frame_with_room_around_it(city):
    x, y = project(*ELEVEN_CITIES[city])

    assert 80 <= x <= WIDTH - 80
    assert 80 <= y <= HEIGHT - 80


@given(LATITUDES, LONGITUDES)
def test_distance_from_the_centre_is_the_straight_line_through_the_earth(lat, lon):
    # What defines the projection (Snyder 1987, chapter 24): radii on the map are chords of the sphere
    centre, place = on_the_sphere(CENTRE_LAT, CENTRE_LON), on_the_sphere(lat, lon)
    chord = RADIUS * hypot(*(a - b for a, b in zip(centre, place, strict=True)))
    x, y = project(lat, lon)

    assert isclose(hypot(x - CENTRE_X, y - CENTRE_Y), chord, abs_tol=1e-6)


@given(LATITUDES, LONGITUDES)
def test_areas_keep_their_proportions(lat, lon):
    step = 0.01  # degrees
    corners = [project(lat, lon), project(lat, lon + step), project(lat + step, lon + step), project(lat + step, lon)]
    drawn = sum(a[1] * b[0] - a[0] * b[1] for a, b in zip(corners, corners[1:] + corners[:1], strict=True)) / 2
    on_earth = RADIUS**2 * radians(step) * (sin(radians(lat + step)) - sin(radians(lat)))

    assert isclose(drawn, on_earth, rel_tol=1e-3)


def test_north_is_up_and_east_is_right():
    x, y = project(50, CENTRE_LON)
    x_north, y_north = project(51, CENTRE_LON)
    x_east, _ = project(50, CENTRE_LON + 1)

    assert (x_north, y_north < y, x_east > x) == (x, True, True)


@given(LATITUDES, LONGITUDES)
def test_a_point_of_the_drawing_leads_back_to_its_place(lat, lon):
    assert place_at(*project(lat, lon)) == pytest.approx((lat, lon), abs=1e-6)


def test_the_centre_of_the_drawing_leads_back_to_the_centre():
    assert place_at(CENTRE_X, CENTRE_Y) == (CENTRE_LAT, CENTRE_LON)
