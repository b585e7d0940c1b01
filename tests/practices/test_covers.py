from xml.etree.ElementTree import fromstring as tree

import pytest

from practices.covers import TILES, cover
from practices.models import Theme


def test_every_colour_of_a_theme_has_tiles():
    assert sorted(TILES) == sorted(Theme.Colour.values)


@pytest.mark.parametrize("colour", Theme.Colour.values)
def test_a_cover_is_a_drawing_of_three_tones_that_readers_of_the_screen_do_not_hear(colour):
    drawing = tree(cover(colour, "garage"))  # noqa: S314 - our own

    assert (drawing.get("class"), drawing.get("viewBox")) == (f"cover theme-{colour}", "0 0 320 160")
    assert (drawing.get("aria-hidden"), drawing.get("focusable")) == ("true", "false")
    assert [path.get("class") for path in drawing] == ["t1", "t2", "t3"]


def test_a_practice_always_has_the_same_cover_and_another_has_another():
    first = cover("teal", "garage")

    assert cover("teal", "garage") == first
    assert cover("teal", "garage48") != first
    assert cover("moss", "garage") != first


def test_a_cover_can_be_of_any_size():
    assert 'viewBox="0 0 1280 160"' in cover("teal", "garage", 32, 4)


@pytest.mark.parametrize("slug", ["", "x", "ž" * 300, "<script>"])
def test_no_slug_breaks_a_cover(slug):
    assert "script" not in cover("plum", slug)
    assert cover("plum", slug).startswith('<svg class="cover theme-plum"')
