"""Adding numbers of a hundred thousand things at once.

A long integer holds one number for each thing side by side, sixteen bits each, so that one addition adds all of them.
Things at even places stand in one integer, those at odd places in another. Flags are integers too, of one octet for
each thing, which is 1 or 0. The number of things is a multiple of 512.
"""

from array import array
from functools import lru_cache
from itertools import compress, islice

MANY = 5  # from one flag in so many on it is quicker to look at all places than to look for each flag
MOST = 0x7FFF  # the greatest sum there may be; the bit above it tells what is at least a bound


@lru_cache(maxsize=16)
def _masks(size):
    """For every number 1, its lower octet, and its highest bit."""
    ones = int.from_bytes(b"\1\0" * (size // 2), "little")
    return ones, ones * 255, ones << 15


def flags_at(places, size):
    """The flags of the things at these places."""
    flags = bytearray(size)
    for place in places:
        flags[place] = 1
    return int.from_bytes(flags, "little")


def places_of(flags, size, most=None):
    """The places of the flags in their order, so many at most."""
    return places_in(flags.to_bytes(size, "little"), flags.bit_count(), most)


def places_in(octets, number, most=None):
    """The places at which octets are 1 instead of 0, which so many are; as many at most."""
    if number * MANY > len(octets):
        return list(islice(compress(range(len(octets)), octets), most))
    places, place = [], -1
    for gap in octets.split(b"\1", -1 if most is None else most)[:-1]:
        place += len(gap) + 1
        places.append(place)
    return places


class Lanes:
    """A number for each of `size` things."""

    def __init__(self, size, even=0, odd=0):
        self.size, self.even, self.odd = size, even, odd
        self.ones, self.octets, self.tops = _masks(size)

    def add(self, octets):
        """Adds to each thing its octet of a long integer."""
        self.even += octets & self.octets
        self.odd += octets >> 8 & self.octets

    def at_least(self, bound):
        """The flags of the things whose number is at least this."""
        even, odd = self._above(bound)
        return even >> 15 | odd >> 7

    def number_at_least(self, bound):
        """How many things have at least this number."""
        even, odd = self._above(bound)
        return even.bit_count() + odd.bit_count()

    def _above(self, bound):
        """The highest bits of the numbers that are at least this."""
        missing = self.ones * (MOST + 1 - bound)
        return self.even + missing & self.tops, self.odd + missing & self.tops

    def only(self, flags):
        """The numbers of the flagged things, and 0 for all others."""
        even, odd = flags & self.ones, flags >> 8 & self.ones
        return Lanes(self.size, self.even & ((even << 16) - even), self.odd & ((odd << 16) - odd))

    def bound_of_best(self, number):
        """A bound that at least so many things reach, and not many more if it can be; 1 if fewer have any."""
        low, high, bound, step = 1, MOST, self._guess(number), 4
        while high - low > 1:
            reached = self.number_at_least(bound)
            if number <= reached <= 3 * number:
                return bound
            low, high = (bound, high) if reached >= number else (low, bound)
            near = bound + step if reached >= number else bound - step
            bound, step = near if low < near < high else (low + high) // 2, 2 * step
        return low

    def _guess(self, number):
        """The bound of the best as a sample has it."""
        some = array("H", self.even.to_bytes(self.size, "little"))[:: max(1, self.size // 2048)]
        place = min(len(some) - 1, 2 * number * len(some) // self.size)
        return min(max(sorted(some, reverse=True)[place], 2), MOST - 1)
