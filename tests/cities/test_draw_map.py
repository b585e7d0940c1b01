import json

import pytest
from django.core.management import call_command

from cities.atlas import HEIGHT, WIDTH, project
from cities.management.commands.draw_map import MARGIN, area, clip, path, shared_arcs, simplify, within


def test_simplify_leaves_out_the_smallest_bend_and_keeps_the_ends():
    line = [(0, 0), (10, 0.1), (20, 0), (30, 20), (40, 0)]

    assert simplify(line, smallest=2) == [(0, 0), (20, 0), (30, 20), (40, 0)]


def test_clip_cuts_an_outline_at_the_margin_of_the_frame():
    around = [(-500, -500), (WIDTH + 500, -500), (WIDTH + 500, HEIGHT + 500), (-500, HEIGHT + 500)]

    assert area(clip(around)) == (WIDTH + 2 * MARGIN) * (HEIGHT + 2 * MARGIN)


def test_clip_leaves_nothing_of_an_outline_far_away():
    assert clip([(-500, -500), (-400, -500), (-400, -400)]) == []


def test_within_breaks_a_line_where_it_leaves_the_frame():
    line = [(10, 10), (-500, 10), (-600, 10), (-500, 20), (10, 20)]

    assert within(line) == [[(10, 10), (-500, 10)], [(-500, 20), (10, 20)]]


def test_path_is_written_in_whole_steps_and_closed_when_asked():
    assert path([(0.4, 0), (3, -4.2), (3.1, -4.3), (5, 0)], close=True) == "M0 0l3-4 2 4z"


def test_borders_are_the_arcs_that_two_countries_share():
    west = {"type": "Polygon", "arcs": [[0, 1]]}
    east = {"type": "MultiPolygon", "arcs": [[[~1, 2]]]}

    assert shared_arcs({"type": "GeometryCollection", "geometries": [west, east]}) == [1]


@pytest.fixture
def topology(tmp_path):
    """One country, 2° by 2°, with its south-western corner at 48° N 10° E."""
    country = {"type": "Polygon", "arcs": [[0]]}
    objects = {name: {"type": "GeometryCollection", "geometries": [country]} for name in ("land", "countries")}
    square = [[10, 48], [2, 0], [0, 2], [-2, 0], [0, -2]]
    file = tmp_path / "countries.json"
    steps = {"scale": [1, 1], "translate": [0, 0]}
    file.write_text(json.dumps({"transform": steps, "objects": objects, "arcs": [square]}))
    return file


def test_draw_map_writes_land_and_grid(topology, tmp_path, capsys):
    output = tmp_path / "map.svg"

    call_command("draw_map", topology, output=output)

    x, y = (round(length) for length in project(48, 12))
    assert f'<path id="land" d="M{x} {y}l' in output.read_text()
    assert '<path id="graticule"' in output.read_text()
