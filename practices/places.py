"""Where hits are: their cities and exact places, on the map and in its table."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cities.atlas import HEIGHT, WIDTH, project
from cities.markers import markers
from cities.moulds import cast, joined

CITIES = 60  # the most frequent ones; more names have no room on the map
SPOTS = 40  # practices with a place of their own
NEAR = 14  # units of the map, some 45 km, within which the dot of the city stands for the practice


@dataclass
class Spot:
    """A practice with a place of its own; on the map only if it is not under the dot of its city."""

    practice: object
    x: int
    y: int
    apart: bool


def places_of(found):
    """The map of what was found: a marker for each city, and the practices of which the exact place is known."""
    return found.once("places", lambda: (_markers(found), _spots(found)))


def _markers(found):
    known = found.catalogue
    counts = known.facets.top("city", found.fitting, CITIES)
    terms = {term.slug: term for term in known.cities.values()}
    return markers(
        ((terms[slug], count) for slug, count in counts if count),
        lambda term: found.addresses.to(city=[term.slug], view=None),
    )


def _spots(found):
    known = found.catalogue
    return [_spot(practice) for practice in known.listed(known.facets.listed(found.fitting & known.positioned)[:SPOTS])]


def _spot(practice):
    x, y = project(practice.lat, practice.lon)
    city_x, city_y = project(practice.city_term.lat, practice.city_term.lon)
    apart = (x - city_x) ** 2 + (y - city_y) ** 2 > NEAR**2 and 0 < x < WIDTH and 0 < y < HEIGHT
    return Spot(practice, round(x), round(y), apart)


def map_markers(cities, spots=(), found=None):
    """The dots of cities on the map, each a link, and those of practices that lie apart from their cities.

    On the map of what was found they show their numbers.
    """

    def dots():
        apart = (spot_dot(spot) for spot in spots or () if spot.apart)
        return joined([*(city_dot(marker, bool(found)) for marker in cities), *apart])

    return found.once("dots", dots) if found else dots()


def city_dot(marker, with_number):
    """The dot of a city, with its name and its number of practices."""
    name, number = marker.city.name, marker.count
    values = {
        "address": marker.href,
        "label": ngettext("%(city)s, %(number)s practice", "%(city)s, %(number)s practices", number)
        % {"city": name, "number": number_format(number)},
        "radius": str(marker.radius),
        "name": name,
        "number": number_format(number),
        **{place: getattr(marker, place) for place in ("x", "y", "label_x", "label_y", "anchor")},
    }
    return cast("components/map_city.html", values, counted=with_number)


def spot_dot(spot):
    """The mark of a practice with a place of its own."""
    practice = spot.practice
    values = {"address": practice.address, "title": practice.title, "x": spot.x, "y": spot.y}
    return cast("components/map_spot.html", values)


def place_rows(cities, found):
    """The same cities as rows of a table."""
    return found.once("cities", lambda: joined(map(place_row, cities)))


def place_row(marker):
    """One of these cities, with its number of practices."""
    values = {
        "address": marker.href,
        "name": marker.city.name,
        "country": marker.city.country.name,
        "number": number_format(marker.count),
    }
    return cast("practices/_place.html", values)


def spot_rows(spots, found):
    """The practices of which the exact place is known, in a list."""
    return found.once("spots", lambda: joined(spot_row(spot.practice) for spot in spots))


def spot_row(practice):
    """One of these practices, with its position."""
    values = {
        "address": practice.address,
        "title": practice.title,
        "place": practice.city_term.name,
        "position": coordinates(practice),
    }
    return cast("practices/_spot.html", values, language=practice.language)


def coordinates(place):
    """A position as an atlas prints it: 52.37° N, 4.90° E."""
    north, east = (_("N") if place.lat >= 0 else _("S")), (_("E") if place.lon >= 0 else _("W"))
    return f"{number_format(abs(place.lat), 2)}° {north}, {number_format(abs(place.lon), 2)}° {east}"
