"""Cities on the map of Europe: where each dot stands and on which side of it the name has room."""

from dataclasses import dataclass

from cities.atlas import HEIGHT, WIDTH, project

LETTER = 17.5  # width of a letter of a name as large as phones show it, in units of the map
LINE = 36  # height of such a name
GAP = 18  # from the centre of the dot to the name


@dataclass(frozen=True)
class Marker:
    """A dot on the map with its name; `x`, `y` and the place of the name are in units of the map, `href` its link."""

    city: object
    count: int
    x: int
    y: int
    label_x: int
    label_y: int
    anchor: str
    href: str

    @property
    def radius(self):
        """Grows with the number of practices, its area in proportion."""
        return round(7 + 3.2 * self.count**0.5, 1)


def markers(cities_with_counts, query=None):
    """A marker for each pair of a city and its number of practices; names cover nothing if that can be.

    Markers lead to the pages of the cities, or to the query string that `query` makes of a city.
    """
    points = [(city, count, *map(round, project(city.lat, city.lon))) for city, count in cities_with_counts]
    taken = [(x - GAP, y - GAP, x + GAP, y + GAP) for _city, _count, x, y in points]
    placed = []
    for index, (city, count, x, y) in enumerate(points):
        width = LETTER * len(city.name)
        places = [
            (x + GAP, y + 8, "start"),
            (x - GAP, y + 8, "end"),
            (x, y - GAP - 4, "middle"),
            (x, y + GAP + 22, "middle"),
        ]
        others = taken[:index] + taken[index + 1 :]
        free = (place for place in places if _fits(_box(*place, width), others))
        label_x, label_y, anchor = next(free, places[0])
        taken.append(_box(label_x, label_y, anchor, width))
        href = f"?{query(city)}" if query else city.get_absolute_url()
        placed.append(Marker(city, count, x, y, label_x, label_y, anchor, href))
    return placed


def _box(x, y, anchor, width):
    left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
    return left, y - LINE + 6, left + width, y + 6


def _fits(box, taken):
    left, top, right, bottom = box
    inside = left >= 0 and right <= WIDTH and top >= 0 and bottom <= HEIGHT
    return inside and not any(left < r and right > x and top < b and bottom > y for x, y, r, b in taken)
