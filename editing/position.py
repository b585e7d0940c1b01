"""Where a case lies: how far from its cities, and the part of our map on which somebody chooses its place."""

from dataclasses import dataclass
from math import asin, cos, isfinite, radians, sin, sqrt

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cities.atlas import CENTRE_LAT, CENTRE_LON, HEIGHT, RADIUS, WIDTH, place_at, project
from cities.models import City

EARTH = 6371  # kilometres, the mean radius
UNIT = EARTH / RADIUS  # kilometres
FAR = 300  # kilometres from the nearest city of the case; beyond that we ask whether it is right
ZOOMS = [1, 4, 16, 64]  # how many times larger than all of Europe
NAMED_FROM, CLOSE = 1, 2  # the levels from which all cities have names, and at which a place is shown at first
RINGS = {2: [25, 50], 3: [5, 10]}  # kilometres around the main city, by level
DECIMALS = 4  # of a degree; some ten metres


def kilometres(one, other):
    """The distance of two places on the sphere, each a latitude and a longitude in degrees; in kilometres.

    The haversine formula: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984), page 159.
    """
    (phi_1, lam_1), (phi_2, lam_2) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((phi_2 - phi_1) / 2) ** 2 + cos(phi_1) * cos(phi_2) * sin((lam_2 - lam_1) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def place_of(lat, lon):
    """The place that two entries of a form name, or None if they name none on the globe."""
    try:
        lat, lon = float(lat), float(lon)
    except (TypeError, ValueError):
        return None
    return (lat, lon) if isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180 else None


@dataclass(frozen=True)
class Frame:
    """A part of the map, shown as large as the whole: its upper left corner in units of the map, and its level."""

    left: float
    top: float
    level: int

    @classmethod
    def around(cls, place, level):
        """The frame of this level with the place in its middle, as far as the map reaches."""
        zoom = ZOOMS[level]
        x, y = (place and drawn(place)) or (WIDTH / 2, HEIGHT / 2)
        width, height = WIDTH / zoom, HEIGHT / zoom
        return cls(min(max(x - width / 2, 0), WIDTH - width), min(max(y - height / 2, 0), HEIGHT - height), level)

    @property
    def zoom(self):
        """How many times larger than the whole map it is."""
        return ZOOMS[self.level]

    @property
    def view_box(self):
        """The frame as SVG wants it."""
        return f"{self.left:.3f} {self.top:.3f} {WIDTH / self.zoom:.3f} {HEIGHT / self.zoom:.3f}"

    def point(self, place):
        """Where a place lies on what is shown; None if that is outside."""
        x, y = drawn(place) or (-1, -1)
        x, y = (x - self.left) * self.zoom, (y - self.top) * self.zoom
        return (x, y) if 0 <= x <= WIDTH and 0 <= y <= HEIGHT else None

    def place(self, x, y):
        """The place that is shown at this point."""
        lat, lon = place_at(self.left + x / self.zoom, self.top + y / self.zoom)
        return round(lat, DECIMALS), round(lon, DECIMALS)


@dataclass(frozen=True)
class Sight:
    """What somebody sees of the map while choosing: a place, if there is one yet, the cities of the case, a level."""

    lat: str
    lon: str
    cities: tuple = ()
    asked_level: str = ""

    @property
    def position(self):
        """The place that was chosen, if there is one."""
        return place_of(self.lat, self.lon)

    @property
    def home(self):
        """The main city of the case, if it is known."""
        return self.cities[0] if self.cities else None

    @property
    def level(self):
        """How close we look."""
        if self.asked_level in {"0", "1", "2", "3"}:
            return int(self.asked_level)
        return CLOSE if self.position or self.home else 0

    @property
    def frame(self):
        """The part of the map that is shown."""
        return Frame.around(self.position or (self.home and (self.home.lat, self.home.lon)), self.level)

    @property
    def mark(self):
        """Where the position is shown."""
        return self.position and printed(self.frame.point(self.position))

    @property
    def dots(self):
        """The partner cities that are shown: the point, the name if there is room, whether the case is of the city."""
        own = {city.pk for city in self.cities}
        for city in City.objects.with_names().by_name():
            if point := self.frame.point((city.lat, city.lon)):
                is_own = city.pk in own
                name = str(city) if is_own or self.level >= NAMED_FROM else ""
                yield {"at": printed(point), "name": name, "own": is_own, "leftwards": point[0] > 0.7 * WIDTH}

    @property
    def rings(self):
        """Circles around the main city: the point, the radius on what is shown, the kilometres."""
        around = self.home and self.frame.point((self.home.lat, self.home.lon))
        if not around:
            return []
        lengths = [(number, number / UNIT * self.frame.zoom) for number in RINGS.get(self.level, [])]
        return [
            {"at": printed(around), "radius": f"{length:.1f}", "label": f"{around[1] - length - 8:.1f}", "km": number}
            for number, length in lengths
        ]

    @property
    def nearest(self):
        """(kilometres, city) for the nearest city of the case, if both are known."""
        position = self.position
        known = [(kilometres(position, (city.lat, city.lon)), city) for city in self.cities] if position else []
        return min(known, key=lambda pair: pair[0], default=None)

    @property
    def is_far(self):
        """Whether the position lies so far from all cities of the case that it may be a mistake."""
        return bool(self.nearest) and self.nearest[0] > FAR

    @property
    def said(self):
        """The position in words."""
        if not self.position:
            return _("No position yet: readers find the case at its city.")
        numbers = ", ".join(f"{number:.{DECIMALS}f}" for number in self.position)
        outside = "" if drawn(self.position) else _("This is outside our map.")
        if not self.nearest:
            return " ".join(filter(None, [numbers, outside]))
        distance, city = self.nearest
        values = {"numbers": numbers, "km": number_format(round(distance), force_grouping=True), "city": city}
        near = _("%(numbers)s, %(km)s km from %(city)s.") % values
        asked = _("That is far away. Is it right?") if self.is_far else ""
        return " ".join(filter(None, [near, outside, asked]))

    def clicked(self, x, y, width):
        """The place at which somebody clicked on the map, so many pixels from its corner, when it is so wide."""
        share = WIDTH / width
        return self.frame.place(x * share, y * share)

    def stepped(self, east, north):
        """The place so many small steps away, one being 1/200 of what is shown."""
        step = WIDTH / 200
        x, y = self.frame.point(self.position or self.frame.place(WIDTH / 2, HEIGHT / 2)) or (WIDTH / 2, HEIGHT / 2)
        return self.frame.place(min(max(x + east * step, 0), WIDTH), min(max(y - north * step, 0), HEIGHT))


def printed(point):
    """A point as it stands in a drawing, the same in every language."""
    return point and {"x": f"{point[0]:.1f}", "y": f"{point[1]:.1f}"}


def drawn(place):
    """Where a place lies on the drawing; None if that is outside."""
    if kilometres(place, (CENTRE_LAT, CENTRE_LON)) > WIDTH * UNIT * 2:
        return None
    x, y = project(*place)
    return (x, y) if 0 <= x <= WIDTH and 0 <= y <= HEIGHT else None
