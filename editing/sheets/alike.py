"""Titles that look like the same title."""

import re
import unicodedata
from collections import defaultdict
from math import ceil

ENOUGH = 0.6


def pieces(title):
    """The groups of three letters in the words of a title, without regard to accents and capitals."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain) or title.casefold().split()
    return {f"  {word} "[start : start + 3] for word in words for start in range(len(word) + 1)}


class Alike:
    """Titles of one city, by their pieces."""

    def __init__(self):
        self.titles = []
        self.by_piece = defaultdict(list)

    def add(self, title):
        """Takes a title up."""
        own = pieces(title)
        for piece in own:
            self.by_piece[piece].append(len(self.titles))
        self.titles.append((title, own))

    def like(self, title):
        """The title that is most like this one, if there is one that shares most of its pieces.

        Whatever shares so many of them has one of the rarest, so that only those are looked up.
        """
        own = pieces(title)
        rarest = sorted(own, key=lambda piece: len(self.by_piece.get(piece, ())))[
            : len(own) - ceil(ENOUGH * len(own)) + 1
        ]
        places = {place for piece in rarest for place in self.by_piece.get(piece, ())}
        scores = [(len(own & other) / len(own | other), known) for known, other in map(self.titles.__getitem__, places)]
        score, known = max(scores, default=(0, None))
        return known if score >= ENOUGH else None
