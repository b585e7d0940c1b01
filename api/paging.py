"""Going through a long list piece by piece.

A cursor names a row and its place. While the list stands still, no row is shown twice or left out, whatever the sizes
of the pieces; after a change of the content the reader goes on behind the same row, or at the same place if that row is
gone.
"""

import base64
import binascii
import json
from dataclasses import dataclass

from rest_framework.exceptions import ValidationError

AFTER, BEFORE = "after", "before"
FARTHEST = 2**53


@dataclass(frozen=True)
class Cursor:
    """To go on after the row `key` at this place, or to go back to what stands before it."""

    way: str
    place: int
    key: int | str

    def __str__(self):
        text = json.dumps([self.way, self.place, self.key], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text):
        """The cursor that was written so."""
        try:
            way, place, key = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        except (binascii.Error, ValueError, TypeError, RecursionError):
            way, place, key = None, None, None
        if way not in (AFTER, BEFORE) or type(place) is not int or type(key) not in (int, str):
            raise ValidationError({"cursor": ["This is not a cursor of ours; take it from `next` or `previous`."]})
        return cls(way, min(max(place, 0), FARTHEST), key)

    def bound(self, keys):
        """Between which rows the cursor points now, as the number of rows before that gap."""
        if self.place < len(keys) and keys[self.place] == self.key:
            found = self.place
        else:
            keys = keys[:]  # all at once: a listing looks for each of its rows anew
            if self.key not in keys:
                return min(self.place, len(keys))
            found = keys.index(self.key)
        return found + (self.way == AFTER)


@dataclass(frozen=True)
class Piece:
    """Some rows of a list, and the cursors to those before and after them."""

    keys: list
    previous: Cursor | None
    next: Cursor | None


def piece(keys, size, cursor=None):
    """The rows of a list to which the cursor leads, or the first ones."""
    bound = cursor.bound(keys) if cursor else 0
    begin, end = (max(0, bound - size), bound) if cursor and cursor.way == BEFORE else (bound, bound + size)
    some = keys[begin:end]
    end = begin + len(some)
    previous = Cursor(BEFORE, begin, keys[begin]) if begin and some else None
    if begin and not some:
        previous = Cursor(BEFORE, begin, "")
    after = Cursor(AFTER, end - 1, keys[end - 1]) if some and end < len(keys) else None
    return Piece(some, previous, after)
