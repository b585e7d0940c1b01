"""Where hits are: their cities and exact places, on the map and in its table."""

from dataclasses import dataclass
from itertools import islice

from cities.atlas import HEIGHT, WIDTH, project
from cities.markers import markers

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
    known = found.catalogue
    counts = known.facets.top("city", found.fitting, CITIES)
    terms = {term.slug: term for term in known.cities.values()}
    cities = markers(
        ((terms[slug], count) for slug, count in counts if count),
        lambda term: found.addresses.to(city=[term.slug], view=None),
    )
    placed = known.facets.bits_of(known.positions)
    keys = list(islice(known.facets.listed(found.fitting & placed), SPOTS))
    spots = [spot for practice in known.listed(keys) if (spot := _spot(practice))]
    return cities, spots


def _spot(practice):
    x, y = project(practice.lat, practice.lon)
    city_x, city_y = project(practice.city_term.lat, practice.city_term.lon)
    apart = (x - city_x) ** 2 + (y - city_y) ** 2 > NEAR**2 and 0 < x < WIDTH and 0 < y < HEIGHT
    return Spot(practice, round(x), round(y), apart)
