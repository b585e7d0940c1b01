"""Draws the map of Europe from the public-domain data of Natural Earth."""

import json
from itertools import accumulate, chain, pairwise
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from cities.atlas import HEIGHT, VIEW_BOX, WIDTH, project

MARGIN = 12  # units drawn beyond the frame, so that the cut edge of the land stays out of sight
SMALLEST_BEND = 4  # square units: points that bend a line less than this are left out
SMALLEST_ISLAND = 6  # square units, about 60 km²
GRID_STEP = 10  # degrees between two lines of the grid

SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}">
<!-- Drawn by `manage.py draw_map` from Natural Earth, public domain. Land takes a fill, the other two a stroke. -->
<path id="land" d="{land}"/>
<path id="borders" fill="none" vector-effect="non-scaling-stroke" d="{borders}"/>
<path id="graticule" fill="none" vector-effect="non-scaling-stroke" d="{graticule}"/>
</svg>
"""

Point = tuple[float, float]
Line = list[Point]


def read_arcs(topology: dict) -> list[Line]:
    """Return the arcs of a TopoJSON file, projected; positions are stored as steps from the one before."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        lons = (left + scale_x * lon for lon in accumulate(step[0] for step in arc))
        lats = (bottom + scale_y * lat for lat in accumulate(step[1] for step in arc))
        arcs.append([project(lat, lon) for lat, lon in zip(lats, lons, strict=True)])
    return arcs


def rings_of(geometry: dict) -> list[list[int]]:
    """Return the outlines of a TopoJSON geometry as lists of arc numbers."""
    if geometry["type"] == "GeometryCollection":
        return [ring for part in geometry["geometries"] for ring in rings_of(part)]
    if geometry["type"] == "MultiPolygon":
        return list(chain.from_iterable(geometry["arcs"]))
    return geometry["arcs"] if geometry["type"] == "Polygon" else []


def shared_arcs(countries: dict) -> list[int]:
    """Return the numbers of the arcs that two countries share: the borders on land."""
    seen, shared = set(), []
    for geometry in countries["geometries"]:
        own = {number if number >= 0 else ~number for ring in rings_of(geometry) for number in ring}
        shared += sorted(own & seen)
        seen |= own
    return shared


def join(ring: list[int], arcs: list[Line]) -> Line:
    """Return the outline made of these arcs; the complement ~n stands for arc n walked backwards."""
    return [point for n in ring for point in (arcs[n] if n >= 0 else arcs[~n][::-1])[1:]]


def triangle(a: Point, b: Point, c: Point) -> float:
    """Return the area of a triangle."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplify(line: Line, smallest: float = SMALLEST_BEND) -> Line:
    """Return the line without the points that bend it least; its ends stay.

    M. Visvalingam and J. D. Whyatt, "Line generalisation by repeated elimination of points", The Cartographic Journal
    30 (1993): take out the point whose triangle with its neighbours is smallest, measure the neighbours again, repeat.
    """
    line = list(line)
    areas = [triangle(*line[i - 1 : i + 2]) for i in range(1, len(line) - 1)]  # areas[i] belongs to line[i + 1]
    while areas and (least := min(areas)) < smallest:
        i = areas.index(least)
        del line[i + 1], areas[i]
        for j in (i - 1, i):
            if 0 <= j < len(areas):
                areas[j] = max(least, triangle(*line[j : j + 3]))
    return line


def clip(ring: Line) -> Line:
    """Return the part of an outline inside the frame and its margin.

    I. E. Sutherland and G. W. Hodgman, "Reentrant polygon clipping", Communications of the ACM 17 (1974): cut along
    one edge of the frame after the other.
    """
    edges = [(0, -MARGIN, 1), (0, WIDTH + MARGIN, -1), (1, -MARGIN, 1), (1, HEIGHT + MARGIN, -1)]
    for axis, edge, sign in edges:
        kept = []
        for a, b in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            a_in, b_in = sign * (a[axis] - edge) >= 0, sign * (b[axis] - edge) >= 0
            if a_in != b_in:
                t = (edge - a[axis]) / (b[axis] - a[axis])
                kept.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
            if b_in:
                kept.append(b)
        ring = kept
    return ring


def within(line: Line) -> list[Line]:
    """Return the pieces of a line whose steps touch the frame and its margin."""

    def inside(point):
        return -MARGIN <= point[0] <= WIDTH + MARGIN and -MARGIN <= point[1] <= HEIGHT + MARGIN

    pieces = [[]]
    for a, b in pairwise(line):
        if inside(a) or inside(b):
            pieces[-1] += [b] if pieces[-1] else [a, b]
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def area(ring: Line) -> float:
    """Return the area inside an outline."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True))) / 2


def path(line: Line, close: bool = False) -> str:
    """Return the line as SVG path data, in whole units and relative steps."""
    points = [(round(x), round(y)) for x, y in line]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points) if a != b]
    if not steps:
        return ""
    data = "l" + " ".join(f"{x} {y}" for x, y in steps)
    return f"M{points[0][0]} {points[0][1]}{data.replace(' -', '-')}{'z' if close else ''}"


def grid() -> list[Line]:
    """Return the meridians and parallels."""
    meridians = [[project(lat, lon) for lat in range(20, 81, 2)] for lon in range(-60, 81, GRID_STEP)]
    parallels = [[project(lat, lon) for lon in range(-60, 81, 2)] for lat in range(20, 81, GRID_STEP)]
    return [piece for line in meridians + parallels for piece in within(line)]


def draw(topology: dict) -> str:
    """Return the map as SVG."""
    arcs = [simplify(arc) for arc in read_arcs(topology)]
    rings = [join(ring, arcs) for ring in rings_of(topology["objects"]["land"])]
    land = [clip(ring) for ring in rings if within(ring)]
    borders = [piece for n in shared_arcs(topology["objects"]["countries"]) for piece in within(arcs[n])]
    return SVG.format(
        view_box=VIEW_BOX,
        land="".join(path(ring, close=True) for ring in land if area(ring) >= SMALLEST_ISLAND),
        borders="".join(map(path, borders)),
        graticule="".join(map(path, grid())),
    )


class Command(BaseCommand):
    """Draw the map of Europe."""

    help = "Draws static/img/europe.svg from countries-50m.json of the npm package world-atlas (Natural Earth)."

    def add_arguments(self, parser):
        parser.add_argument("topology", type=Path, help="the TopoJSON file, with the objects countries and land")
        parser.add_argument("--output", type=Path, default=settings.BASE_DIR / "static" / "img" / "europe.svg")

    def handle(self, *, topology, output, **options):
        output.write_text(draw(json.loads(topology.read_text())), encoding="utf-8")
        self.stdout.write(f"{output}: {output.stat().st_size} bytes")
