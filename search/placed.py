"""What a search found, as bits and places of facets, so that it can be narrowed, counted and listed with them."""

from itertools import islice

from search.facets import bits_at
from search.lanes import places_of

MANY = 100  # from one hit in so many things on their places are looked up all at once, not one by one
GOOD = bytes([48, 48, 49] + [48] * 253)
ANY = bytes([48] + [49] * 255)
FEW, PART = 600, 4  # if no more is left of what was found, and no more than a fourth of it, only that is put in order


class Placed:
    """What a search found of a kind: bits of the good matches, and bits of all."""

    def __init__(self, findings, facets, kind="practice"):
        self.findings, self.facets = findings, facets
        self.kind = findings.matches.kinds.get(kind)
        self.good, self.among = self._bits()

    def order_of(self, bits):
        """The places of these bits, or of all that was found, the best first."""
        if self.kind is None:
            return []
        number = bits.bit_count()
        if number > FEW or number * PART > self.among.bit_count():
            return Order(self.findings, self.facets.places, self.kind.name)
        keys = [self.facets.keys[place] for place in self.facets.places_of(bits)]
        return [self.facets.places[hit.key] for hit in self.kind.ranked(keys)]

    def _bits(self):
        if self.kind is None:
            return 0, 0
        if (self.kind.good_number + self.kind.weak_number) * MANY > self.facets.size:
            digits = self.facets.table.octets(self.kind)[::-1]
            good = int(digits.translate(GOOD) or b"0", 2)
            return good, int(digits.translate(ANY), 2) if self.kind.weak else good
        good = bits_at(self._places(self.kind.good), self.facets.size)
        return good, good | bits_at(self._places(self.kind.weak), self.facets.size)

    def _places(self, flags):
        known, key = self.facets.places, self.kind.layout.key
        keys = map(key, places_of(flags, self.kind.layout.size))
        return [known[key] for key in keys if key in known]


class Order:
    """The places of what was found, the best first; as far as somebody goes, for it takes time to put many in order."""

    def __init__(self, findings, places, kind):
        self.findings, self.places, self.kind = findings, places, kind

    def __iter__(self):
        places, kind = self.places, self.kind
        return (places[hit.key] for hit in self.findings.all_hits if hit.kind == kind and hit.key in places)

    def __getitem__(self, piece):
        return list(islice(self, piece.start, piece.stop))
