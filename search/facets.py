"""Counting facets: one bit for each thing, one integer of bits for each value of a facet.

A count is the number of bits that the hits and the value have in common. Several values of one facet widen the hits,
several facets narrow them, and the count beside a value is what one would get by choosing it.
"""


class Facets:
    """The facet values of things in a fixed order.

    `rows` are pairs of a thing's key and its values, `{facet: values}`, in the order of the list.
    """

    def __init__(self, rows):
        self.keys = []
        places = {}
        for place, (key, values_by_facet) in enumerate(rows):
            self.keys.append(key)
            for facet, values in values_by_facet.items():
                for value in values:
                    places.setdefault(facet, {}).setdefault(value, []).append(place)
        self.places = {key: place for place, key in enumerate(self.keys)}
        self.everything = (1 << len(self.keys)) - 1
        self.bits = {
            facet: {value: self._bits_at(found) for value, found in values.items()} for facet, values in places.items()
        }

    def _bits_at(self, places):
        """One integer with these bits set."""
        octets = bytearray(len(self.keys) // 8 + 1)
        for place in places:
            octets[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(octets, "little")

    def bits_of(self, keys):
        """The bits of those of the keys that are known here."""
        return self._bits_at(self.places[key] for key in keys if key in self.places)

    def hits(self, chosen, among=None, apart_from=None):
        """The bits of what has, for every facet in `chosen` but `apart_from`, at least one of the chosen values."""
        bits = self.everything if among is None else among
        for facet, values in chosen.items():
            if values and facet != apart_from:
                widened = 0
                for value in values:
                    widened |= self.bits.get(facet, {}).get(value, 0)
                bits &= widened
        return bits

    def counts(self, chosen, among=None):
        """For every facet and value the number of hits one would get by choosing that value alone in its facet."""
        return {
            facet: {value: (hits & bits).bit_count() for value, bits in values.items()}
            for facet, values in self.bits.items()
            for hits in [self.hits(chosen, among, apart_from=facet)]
        }

    def listed(self, bits):
        """The keys of these bits, in the order of the rows."""
        octets = bits.to_bytes(len(self.keys) // 8 + 1, "little")
        return [
            self.keys[(index << 3) + bit]
            for index, octet in enumerate(octets)
            if octet
            for bit in range(8)
            if octet >> bit & 1
        ]

    def values_of(self, key):
        """The facet values of one thing."""
        place = self.places[key]
        return {
            facet: [value for value, bits in values.items() if bits >> place & 1] for facet, values in self.bits.items()
        }
