"""How share cards are drawn: raster cousins of the covers, 1200 by 630 pixels.

The ground has the colour of the theme, the pattern on the right comes from the slug, the words stand on the left.
"""

import hashlib
import io
from functools import lru_cache
from math import cos, pi, sin

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

from cities.meta import SITE_NAME

WIDTH, HEIGHT = 1200, 630
MARGIN = 68
TILE = 210
PATTERN_LEFT = WIDTH - 2 * TILE
TEXT_WIDTH = PATTERN_LEFT - MARGIN - 44
TITLE_TOP, TITLE_BOTTOM = 136, 494
TITLE_SIZES = range(92, 39, -4)
LINE = 1.12
FINE = 2  # the pattern is drawn this much larger and then made small, for smooth edges
COLOURS = 96  # in the palette of the file

# The colours of static/css/tokens.css: ground, and the tones of the pattern. Paper on the ground has at least 6 to 1.
PAPER = "#fbfcfb"
TONES = {
    "ochre": ("#7d5200", ("#e3a32a", "#f5d28a", "#a06c07")),
    "magenta": ("#8f1047", ("#cf3474", "#f3a6c4", "#ab1c58")),
    "teal": ("#0b5b57", ("#17928b", "#93d9d2", "#10746e")),
    "cobalt": ("#1c3a88", ("#3f6bd9", "#adc3fb", "#2b50b2")),
    "moss": ("#48631d", ("#7c9c38", "#c9de97", "#5b7a27")),
    "plum": ("#5a2474", ("#9153b4", "#d9b5ea", "#723a92")),
}
SITE_TONES = ("#16202a", ("#e3a32a", "#cf3474", "#17928b", "#3f6bd9"))
SITE_TILES = (("ochre", 0), ("magenta", 2), ("teal", 1), ("cobalt", 0), ("ochre", 2), ("moss", 0))
SITE_TURNS = (0, 1, 1, 0, 0, 1)


def practice_picture(slug, colour, kicker, title):
    """The share card of a practice as a PNG file: city and theme above the title."""
    ground, tones = TONES[colour]
    octets = hashlib.shake_128(slug.encode()).digest(12)
    tiles = TILES[colour]
    places = [(tiles[octets[i] % 3], octets[i] // 8 % 4, tones[octets[i + 6] % 3]) for i in range(6)]
    return picture(ground, places, kicker, title)


def site_picture(kicker, title):
    """The share card of the site as a PNG file: all four themes of the mark."""
    ground, tones = SITE_TONES
    tiles = [TILES[colour][number] for colour, number in SITE_TILES]
    places = [(tile, turns, tones[i % 4]) for i, (tile, turns) in enumerate(zip(tiles, SITE_TURNS, strict=True))]
    return picture(ground, places, kicker, title)


def picture(ground, places, kicker, title):
    """Draws ground, pattern, words and mark."""
    image = Image.new("RGB", (WIDTH, HEIGHT), ground)
    image.paste(pattern(ground, places), (PATTERN_LEFT, 0))
    draw = ImageDraw.Draw(image)
    write(draw, (MARGIN, 60), shorten(kicker, Face("text", 600, 30), TEXT_WIDTH), Face("text", 600, 30))
    lines, face = fit(title)
    for number, line in enumerate(lines):
        write(draw, (MARGIN, TITLE_TOP + round(number * face.size * LINE)), line, face)
    draw_mark(image, draw)
    output = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
    return output.getvalue()


def pattern(ground, places):
    """Six tiles: (shapes, quarter turns, tone) each."""
    size = TILE * FINE
    image = Image.new("RGB", (2 * size, 3 * size), ground)
    draw = ImageDraw.Draw(image)
    for number, (shapes, turns, tone) in enumerate(places):
        left, top = number % 2 * size, number // 2 * size
        for shape in shapes:
            draw.polygon([(left + x * size, top + y * size) for x, y in (turned(p, turns) for p in shape)], fill=tone)
    return image.resize((2 * TILE, 3 * TILE), Image.Resampling.LANCZOS)


def turned(point, turns):
    """The point of a unit square after quarter turns of the square."""
    x, y = point
    for _turn in range(turns):
        x, y = 1 - y, x
    return x, y


def arc(x, y, radius, start, end):
    """Points along part of a circle; angles in half turns."""
    steps = 24
    angles = [pi * (start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles]


def ring(x, y, outer, inner, start, end):
    """Part of a ring."""
    return [*arc(x, y, outer, start, end), *arc(x, y, inner, end, start)]


def box(left, top, right, bottom):
    """A rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def wave(y):
    """A line that swings up and down once across the square."""
    return [*arc(0.25, y, 0.25, 1, 2), *arc(0.75, y, 0.25, 1, 0)]


def leaf(left, top, size):
    """A leaf from the upper left to the lower right corner of a square."""
    return [*arc(left + size, top, size, 0.5, 1), *arc(left, top + size, size, 1.5, 2)]


# Per theme colour the shapes of its tiles, each a list of polygons in a unit square.
TILES = {
    "ochre": [
        [[(0, 0), *arc(0, 0, 1, 0, 0.5)]],
        [arc(0.5, 0.5, 0.4, 0, 2)],
        [arc(0.5, 0, 0.5, 0, 1), arc(0.5, 0.5, 0.5, 0, 1)],
    ],
    "magenta": [
        [[(0, 1), *wave(0.5), (1, 1)]],
        [[*wave(y), *reversed(wave(y + 0.22))] for y in (0.27, 0.73)],
        [ring(0, 0, 1, 0.6, 0, 0.5), [(0, 0), *arc(0, 0, 0.3, 0, 0.5)]],
    ],
    "teal": [
        [ring(0.5, 0.5, 0.38, 0.2, 0, 2), box(0.86, 0.42, 1, 0.58), box(0, 0.42, 0.14, 0.58)],
        [ring(0, 0, 0.62, 0.38, 0, 0.5), ring(1, 1, 0.62, 0.38, 1, 1.5)],
        [ring(0.5, 1, 0.5, 0.24, 1, 2), box(0.38, 0, 0.62, 0.52)],
    ],
    "cobalt": [
        [[(0.5, 0.04), (0.92, 0.27), (0.92, 0.73), (0.5, 0.96), (0.08, 0.73), (0.08, 0.27)]],
        [[(0, 0), (0.5, 0), (0.5, 0.5), (1, 0.5), (1, 1), (0, 1)]],
        [[(0, 0.5), (0.5, 0), (1, 0), (1, 0.5), (0.5, 1), (0, 1)]],
    ],
    "moss": [
        [leaf(0, 0, 1)],
        [leaf(0, 0, 0.5), leaf(0.5, 0.5, 0.5)],
        [leaf(0, 0.5, 0.5), leaf(0.5, 0, 0.5), leaf(0, 0, 0.5), leaf(0.5, 0.5, 0.5)],
    ],
    "plum": [
        [[(0, 0), (1, 0), (0.5, 0.5)], [(0, 1), (1, 1), (0.5, 0.5)]],
        [[(0.5, 0), (0.62, 0.38), (1, 0.5), (0.62, 0.62), (0.5, 1), (0.38, 0.62), (0, 0.5), (0.38, 0.38)]],
        [[(0, 0), (1, 1), (0, 1)]],
    ],
}


class Face:
    """One of the two faces of the site at a weight and size; Cyrillic letters come from a file of their own."""

    def __init__(self, name, weight, size):
        self.size = size
        self.latin, self.cyrillic = font(f"{name}-latin", weight, size), font(f"{name}-cyrillic", weight, size)

    def runs(self, text):
        """The text in pieces that one font file can draw: (font, piece)."""
        start = 0
        for end in range(1, len(text) + 1):
            if end == len(text) or is_cyrillic(text[end]) != is_cyrillic(text[start]):
                yield (self.cyrillic if is_cyrillic(text[start]) else self.latin), text[start:end]
                start = end

    def width(self, text):
        """How wide the text is in pixels."""
        return sum(piece_font.getlength(piece) for piece_font, piece in self.runs(text))


def is_cyrillic(letter):
    """Whether the letter stands in the Cyrillic font file."""
    return "\u0400" <= letter <= "\u04ff"


@lru_cache(maxsize=64)
def font(name, weight, size):
    """A font file of the site at a weight and size."""
    loaded = ImageFont.truetype(finders.find(f"fonts/atlas-{name}.woff2"), size)
    loaded.set_variation_by_axes([weight])
    return loaded


def write(draw, position, text, face):
    """Writes one line."""
    x, y = position
    for piece_font, piece in face.runs(text):
        draw.text((x, y + face.size), piece, font=piece_font, fill=PAPER, anchor="ls")
        x += piece_font.getlength(piece)


def fit(title):
    """The lines of the title and the largest face in which they have room; what never has is cut with an ellipsis."""
    for size in TITLE_SIZES:
        face = Face("display", 700, size)
        room = int((TITLE_BOTTOM - TITLE_TOP) // (size * LINE))
        lines = wrap(title.split(), face)
        if len(lines) <= room and all(face.width(line) <= TEXT_WIDTH for line in lines):
            return lines, face
    lines = wrap([piece for word in title.split() for piece in pieces(word, face)], face)
    if len(lines) <= room:
        return lines, face
    last = " ".join(lines[room - 1 :])
    return [*lines[: room - 1], shorten(last, face, TEXT_WIDTH)], face


def pieces(word, face):
    """A word that is wider than a line in pieces that are not, each but the last with a hyphen."""
    while face.width(word) > TEXT_WIDTH:
        end = next(end for end in range(len(word) - 1, 0, -1) if end == 1 or face.width(f"{word[:end]}-") <= TEXT_WIDTH)
        yield f"{word[:end]}-"
        word = word[end:]
    yield word


def wrap(words, face):
    """The words on lines that are no wider than the place for them, unless a single word is."""
    lines = []
    for word in words:
        if lines and face.width(f"{lines[-1]} {word}") <= TEXT_WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def shorten(line, face, width):
    """The line, cut with an ellipsis if it is too wide."""
    if face.width(line) <= width:
        return line
    while line and face.width(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def draw_mark(image, draw):
    """The mark of the site on a disc of paper, and its name."""
    mark = Image.open(finders.find("img/icon-192.png")).convert("RGBA").resize((52, 52), Image.Resampling.LANCZOS)
    disc = Image.new("L", (68 * 4, 68 * 4), 0)
    ImageDraw.Draw(disc).ellipse((0, 0, 68 * 4 - 1, 68 * 4 - 1), fill=255)
    image.paste(PAPER, (MARGIN - 4, 520), disc.resize((68, 68), Image.Resampling.LANCZOS))
    image.paste(mark, (MARGIN + 4, 528), mark)
    write(draw, (MARGIN + 82, 531), SITE_NAME, Face("display", 600, 36))
