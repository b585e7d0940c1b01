"""Which practices to read next."""

from heapq import heapify, heappop

from search.index import is_behind
from search.likeness import alike

# How much a shared value says about kinship; rare ones, such as tags, say most. Words count as much as all of these.
WEIGHTS = {"tag": 4, "theme": 2, "growth": 2, "creative": 1}
SHARING = 50  # of the practices that share a value, so many of the newest are looked at
LOOKED_AT = 300


def related_to(known, key):
    """What is related to a practice of the catalogue, remembered with it; not while the index is behind the content."""
    lately = known.lately("related")
    related = lately.get(key)
    if related is None:
        may_change = is_behind()
        related = related_keys(known.facets, key)
        if not may_change:
            lately.put(key, related)
    return related


def related_keys(facets, key, number=3):
    """Practices that say and are what this one says and is, the likest first; one from a city if there are enough."""
    own, cities, scores = facets.places[key], facets.own["city"], shared_values(facets, key)
    for other, score in alike("practice", key).items():
        if (place := facets.places.get(other)) is not None:
            scores[place] = scores.get(place, 0) + score
    ranked = [(-score, place) for place, score in scores.items() if place != own]
    heapify(ranked)  # only the first few are wanted in order
    seen, near, far = set(cities.at(own)), [], []
    for _other in range(min(LOOKED_AT, len(ranked))):
        _score, place = heappop(ranked)
        its_cities = cities.at(place)
        (near if seen.isdisjoint(its_cities) else far).append(facets.keys[place])
        seen.update(its_cities)
        if len(near) == number:
            break
    return (near + far)[:number]


def shared_values(facets, key):
    """How much others share of the values of this practice, by their places: {place: weight, at most 1}."""
    shared, own = {}, facets.values_of(key)
    for facet, weight in WEIGHTS.items():
        for value in own.get(facet, ()):
            for place in first_places(facets.bits[facet], value, SHARING):
                shared[place] = shared.get(place, 0) + weight
    shared.pop(facets.places[key], None)
    most = max(shared.values(), default=1)
    return {place: weight / most for place, weight in shared.items()}


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
    digits, found, place = f"{places & ((1 << window) - 1):b}"[::-1], [], -1
    while len(found) < number and (place := digits.find("1", place + 1)) >= 0:
        found.append(place)
    return found
