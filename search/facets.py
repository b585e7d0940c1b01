"""Counting facets: one bit for each thing, one integer of bits for each value of a facet.

A count is the number of bits that the hits and the value have in common. Several values of one facet widen the hits,
several facets narrow them, and the count beside a value is what one would get by choosing it. Values that few things
have are kept as lists of places, and become bits when they are asked for.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, compress, islice, repeat
from operator import itemgetter

from search.lanes import places_in
from search.postings import BLOCK, Layout

FREQUENT = 100  # of the values of a facet, that many are always kept as bits
SPARSE = 32  # things per bit of a value, from which on a list of places is smaller than bits
FEW = 2000  # hits of which every value is looked at, instead of all hits for every value


def bits_at(places, size):
    """One integer with these bits set; `size` is greater than each of the places."""
    digits = bytearray(b"0") * (size + 1)
    for place in places:
        digits[size - place] = 49
    return int(digits, 2)


class Facets:
    """The facet values of things in a fixed order, that of their keys.

    `pairs` says, for every facet, which thing has which value: pairs of a key and one value, none of them twice. Keys
    that are not among these are left out.
    """

    def __init__(self, keys, pairs):
        self.keys = list(keys)
        self.size = len(self.keys)
        self.places = {key: place for place, key in enumerate(self.keys)}
        self.own = {facet: Own(self.places, found) for facet, found in pairs.items()}
        self.everything = (1 << self.size) - 1
        self.bits = {facet: Bits(own.places_of_values(), self.size) for facet, own in self.own.items()}

    @cached_property
    def table(self):
        """Where the things stand in the index."""
        return Table(self.keys)

    def bits_of(self, keys):
        """The bits of those of the keys that are known here."""
        return bits_at([self.places[key] for key in keys if key in self.places], self.size)

    def hits(self, chosen, among=None, apart_from=None):
        """The bits of what has, for every facet in `chosen` but `apart_from`, at least one of the chosen values."""
        bits = self.everything if among is None else among
        for facet, values in chosen.items():
            if values and facet != apart_from:
                widened, known = 0, self.bits.get(facet, {})
                for value in values:
                    widened |= known.get(value, 0)
                bits &= widened
        return bits

    def counts(self, facet, hits):
        """The number of hits of every value of a facet, the most frequent first; values without hits are left out."""
        if facet not in self.bits:
            return {}
        totals = self.bits[facet].totals
        if hits == self.everything:
            return totals
        if len(totals) > FREQUENT:
            return ranked(self.own[facet].counted(self.places_of(hits)))
        return self.bits[facet].most_frequent(hits)

    def top(self, facet, hits, number, always=()):
        """The most frequent values among the hits, so many at most but always some: [(value, count), …].

        Of a facet with many values, and with many hits, they are chosen from the values that are frequent among all
        things; the counts are exact.
        """
        bits = self.bits.get(facet, {})
        if len(bits) <= FREQUENT or hits == self.everything or hits.bit_count() <= FEW:
            counts = self.counts(facet, hits)
        else:
            counts = bits.most_frequent(hits)
        kept = {value: (hits & bits.get(value, 0)).bit_count() for value in always}
        others = ((value, count) for value, count in counts.items() if value not in kept)
        return [*kept.items(), *islice(others, max(number - len(kept), 0))]

    def listed(self, bits, order=None):
        """The keys of these bits, in the order of the rows, or in another order of their places."""
        return Listing(self, [bits], order)

    def places_of(self, bits):
        """The places of these bits, in their order."""
        return places_in(self.flags(bits), bits.bit_count())

    def flags(self, bits):
        """One octet for each thing: 1 if its bit is set, else 0."""
        digits = f"{bits:0{self.size}b}"[::-1] if self.size else ""
        return digits.encode().translate(FLAG)

    def values_of(self, key):
        """The facet values of one thing."""
        place = self.places[key]
        values = {facet: own.at(place) for facet, own in self.own.items()}
        return {facet: found for facet, found in values.items() if found}


def ranked(counts):
    """The counts, the highest first, without those of nothing."""
    return dict(sorted(filter(itemgetter(1), counts.items()), key=itemgetter(1), reverse=True))


class Table:
    """Where things stand in the index, in the order of the facets."""

    def __init__(self, keys):
        self.layout = Layout({key // BLOCK for key in keys})
        self.runs = list(runs(map(self.layout.place, keys)))

    def octets(self, kind):
        """The octets of what a search found of a kind, in the order of the facets."""
        octets = self.layout.spread(kind.layout.blocks, kind.octets)
        return b"".join([octets[run] for run in self.runs])


def runs(places):
    """The places as slices, each of as many as follow one another: things are mostly listed as they came."""
    first = last = None
    step = 0
    for place in places:
        if last is not None and place - last in ({1, -1} if first == last else {step}):
            step, last = place - last, place
            continue
        if last is not None:
            yield slice_of(first, last, step)
        first = last = place
    if last is not None:
        yield slice_of(first, last, step)


def slice_of(first, last, step):
    """The slice from the first place to the last, in steps of 1 or -1."""
    if first <= last:
        return slice(first, last + 1)
    return slice(first, last - 1 if last else None, step)


FLAG = bytes.maketrans(b"01", b"\x00\x01")


class Bits(Mapping):
    """The bits of the values of one facet, the most frequent value first, of equals the one that comes first."""

    def __init__(self, places, size):
        by_number = sorted(places.items(), key=lambda item: (-len(item[1]), item[1][0]))
        self.size = size
        self.totals = {value: len(found) for value, found in by_number}
        self.places = dict(by_number)
        for rank, (value, found) in enumerate(by_number):
            if rank < FREQUENT or len(found) * SPARSE > size:
                self.places[value] = bits_at(found, size)

    def most_frequent(self, hits):
        """The number of hits of the values that are always kept as bits, those with most of them first."""
        frequent = islice(self.places.items(), FREQUENT)
        return ranked({value: (hits & bits).bit_count() for value, bits in frequent})

    def __getitem__(self, value):
        found = self.places[value]
        return found if isinstance(found, int) else bits_at(found, self.size)

    def __contains__(self, value):
        return value in self.places

    def __iter__(self):
        return iter(self.places)

    def __len__(self):
        return len(self.places)


class Own:
    """The values that each thing has of one facet, in one array of their numbers."""

    def __init__(self, places, pairs):
        known, owners, numbers = {}, array("I"), array("I")
        for key, value in pairs:
            place = places.get(key)
            if place is not None:
                owners.append(place)
                numbers.append(known.setdefault(value, len(known)))
        in_order = sorted(range(len(owners)), key=owners.__getitem__)
        of_each = Counter(owners)
        self.values = list(known)
        self.numbers = array("I", map(numbers.__getitem__, in_order))
        self.starts = array("I", accumulate(map(of_each.get, range(len(places)), repeat(0)), initial=0))

    def places_of_values(self):
        """Where each value is: {value: places}."""
        places, numbers, begin = [array("I") for _value in self.values], self.numbers, 0
        for place, end in enumerate(islice(self.starts, 1, None)):
            for number in numbers[begin:end]:
                places[number].append(place)
            begin = end
        return dict(zip(self.values, places, strict=True))

    def at(self, place):
        """The values of the thing at this place."""
        return [self.values[number] for number in self._numbers_at(place)]

    def counted(self, places):
        """How many of the things at these places have each value."""
        counts = Counter(chain.from_iterable(map(self._numbers_at, places)))
        return {self.values[number]: count for number, count in counts.items()}

    def _numbers_at(self, place):
        return self.numbers[self.starts[place] : self.starts[place + 1]]


class Listing(Sequence):
    """Keys of things in their order, of which only what is asked for is looked up: late pages cost what the first does.

    `parts` are bits: all of the first part come before those of the second. `order` holds places; None is as the rows.
    """

    def __init__(self, facets, parts, order=None):
        self.facets, self.parts, self.order = facets, parts, order

    def __len__(self):
        return sum(part.bit_count() for part in self.parts)

    def __iter__(self):
        return iter(self[:])

    def __getitem__(self, index):
        if not isinstance(index, slice):
            return self[index : index + 1 or None][0]
        start, stop, step = index.indices(len(self))
        found = []
        for part in self.parts:
            size = part.bit_count()
            if start < size and stop > 0:
                found += self._slice(part, max(start, 0), min(stop, size))
            start, stop = start - size, stop - size
        keys = [self.facets.keys[place] for place in found]
        return keys if step == 1 else keys[::step]

    def _slice(self, bits, start, stop):
        """The places of the bits from the `start`-th to before the `stop`-th."""
        if bits == self.facets.everything:
            return (self.order or range(self.facets.size))[start:stop]
        flags = self.facets.flags(bits)
        if self.order is not None:
            return list(islice(compress(self.order, map(flags.__getitem__, self.order)), start, stop))
        first = nth(flags, start)
        return list(islice(compress(range(first, len(flags)), memoryview(flags)[first:]), stop - start))


def nth(flags, number):
    """The place of the flag before which so many are set, found by halving."""
    low, high = 0, len(flags)
    while high - low > 64:
        middle = (low + high) // 2
        before = flags.count(1, low, middle)
        if before > number:
            high = middle
        else:
            low, number = middle, number - before
    for place in range(low, high):
        if flags[place]:
            if not number:
                return place
            number -= 1
    return high
