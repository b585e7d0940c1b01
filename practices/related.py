"""Which practices to read next."""

from collections import Counter
from heapq import heapify, heappop
from itertools import compress, islice

from search.facets import FLAG
from search.likeness import alike

# How much a shared value says about kinship; rare ones, such as tags, say most. Words count as much as all of these.
WEIGHTS = {"tag": 4, "theme": 2, "growth": 2, "creative": 1}
LOOKED_AT = 300


def related_keys(facets, key, number=3):
    """Practices that say and are what this one says and is, the likest first; one from a city if there are enough."""
    shared, words = shared_values(facets, key), alike("practice", key)
    most, places, cities = max(shared.values(), default=1), facets.places, facets.own["city"]
    ranked = [
        (-(shared[other] / most + words.get(other, 0)), places[other], other)
        for other in shared.keys() | words.keys()
        if other in places and other != key
    ]
    heapify(ranked)  # only the first few are wanted in order
    seen, near, far = set(cities.at(places[key])), [], []
    for _other in range(min(LOOKED_AT, len(ranked))):
        _score, place, other = heappop(ranked)
        its_cities = cities.at(place)
        (near if seen.isdisjoint(its_cities) else far).append(other)
        seen.update(its_cities)
        if len(near) == number:
            break
    return (near + far)[:number]


def shared_values(facets, key):
    """How much other practices share of the values of this one: {key: weight}."""
    shared, own = Counter(), facets.values_of(key)
    for facet, weight in WEIGHTS.items():
        for value in own.get(facet, ()):
            for place in first_places(facets.bits[facet], value, LOOKED_AT):
                shared[facets.keys[place]] += weight
    del shared[key]
    return shared


def first_places(bits, value, number):
    """The first places that have this value, so many at most.

    Written out as digits, the bits of all things would take longer than everything else, so only as many are looked at
    as are likely to hold enough.
    """
    places = bits.places[value]
    if not isinstance(places, int):
        return places[:number]
    width, frequency = bits.size, places.bit_count()
    window = min(width, 2 * number * width // max(frequency, 1) + 64)
    while window < width and (places & ((1 << window) - 1)).bit_count() < number:
        window = min(width, window * 4)
    flags = f"{places & ((1 << window) - 1):b}"[::-1].encode().translate(FLAG)
    return list(islice(compress(range(window), flags), number))
