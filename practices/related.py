"""Which practices to read next."""

from collections import Counter

# How much a shared value says about kinship; rare ones, such as tags, say most.
WEIGHTS = {"tag": 4, "theme": 2, "growth": 2, "creative": 1}
LOOKED_AT = 300


def related_keys(facets, key, number=3):
    """Practices that share most with this one, the newest of equals first; one from a city while there are enough."""
    own = facets.values_of(key)
    scores = Counter()
    for facet, weight in WEIGHTS.items():
        for value in own.get(facet, ()):
            for other in facets.listed(facets.bits[facet][value])[:LOOKED_AT]:
                scores[other] += weight
    scores.pop(key, None)
    ranked = sorted(scores, key=lambda other: (-scores[other], facets.places[other]))
    seen, near, far = set(own["city"]), [], []
    for other in ranked[:LOOKED_AT]:
        cities = set(facets.values_of(other)["city"])
        (far if cities & seen else near).append(other)
        seen |= cities
        if len(near) == number:
            break
    return (near + far)[:number]
