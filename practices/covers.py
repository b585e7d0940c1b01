"""Covers: a pattern drawn from the theme and the slug of a practice, always the same for the same practice.

Each theme colour has its own family of tiles: quarter discs for ochre, waves for magenta, links for teal, blocks for
cobalt, leaves for moss, rays for plum. The slug decides which tile stands where and which of three tones it has.
"""

import hashlib
from functools import lru_cache

from django.utils.safestring import SafeString

SIZE = 40
EMPTY = 48  # of 256 squares as many stay empty

# Every tile is a path of relative steps from the corner of its square.
TILES = {
    "ochre": ["h40a40 40 0 0 1-40 40z", "m40 40h-40a40 40 0 0 1 40-40z", "m20 4a16 16 0 1 1 0 32a16 16 0 1 1 0-32z"],
    "magenta": [
        "m0 20c10-20 10-20 20 0s10 20 20 0v20h-40z",
        "m0 20c10 20 10 20 20 0s10-20 20 0v-20h-40z",
        "h40c0 22-18 40-40 40z",
    ],
    "teal": [
        "m0 17h9a12 12 0 0 1 22 0h9v6h-9a12 12 0 0 1-22 0h-9z",
        "m17 0v9a12 12 0 0 0 0 22v9h6v-9a12 12 0 0 0 0-22v-9z",
        "m17 0h6a23 23 0 0 1-23 23v-6a17 17 0 0 0 17-17z",
    ],
    "cobalt": ["m20 0l20 10v20l-20 10l-20-10v-20z", "h20v40h-20z", "m0 40v-20l20-20h20v20l-20 20z"],
    "moss": ["c0 22 18 40 40 40c0-22-18-40-40-40z", "m40 0c0 22-18 40-40 40c0-22 18-40 40-40z", "m14 0h12v40h-12z"],
    "plum": ["h40l-20 20z", "l40 40h-40z", "m20 0l20 20l-20 20l-20-20z"],
}


@lru_cache(maxsize=16)
def _squares(colour, columns, rows):
    """For every square of a cover, row by row, the path of each tile that may stand there."""
    corners = (f"M{column * SIZE} {row * SIZE}" for row in range(rows) for column in range(columns))
    return [[corner + tile for tile in TILES[colour]] for corner in corners]


def cover(colour, slug, columns=8, rows=4):
    """The SVG of the cover, so many tiles wide and high.

    Its colours come from the style sheet (`.cover`, `.t1` to `.t3`), so that it follows light and dark.
    """
    tones, octets = ([], [], []), hashlib.shake_128(slug.encode()).digest(columns * rows)
    for octet, tiles in zip(octets, _squares(colour, columns, rows), strict=True):
        if octet >= EMPTY:
            tones[octet // 3 % 3].append(tiles[octet % 3])
    paths = (f'<path class="t{tone}" d="{"".join(d)}"/>' for tone, d in enumerate(tones, 1) if d)
    return SafeString(  # nosec B703 - numbers, and the name of a colour
        f'<svg class="cover theme-{colour}" viewBox="0 0 {columns * SIZE} {rows * SIZE}"'
        f' preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">{"".join(paths)}</svg>'
    )
