"""Ranking: which things have the words, how well, and which of them are good matches."""

import math
from dataclasses import dataclass, field

from django.db import connection

from search import statements
from search.words import WORD

# How fast a repeated word stops counting, and how much the length of a text is held against it.
K, B = 1.2, 0.75
# A good match has words that carry at least this share of the weight of all words asked for.
ENOUGH = 0.6
# What a text in another language than the page's counts.
FOREIGN = 0.9
DEEPEST = 1000
BITS = 40


@dataclass
class Concept:
    """A word asked for, with all that may stand in its place: words of a language by their stems, and phrases."""

    times: int = 1
    documents: dict = field(default_factory=dict)
    stems: dict = field(default_factory=dict)

    def add(self, name, found, boost=1.0):
        """Lets a word stand in the place; `found` are its stems: {(kind, language, stem): documents}."""
        self.documents = {kind: {**names, name: 0} for kind, names in self.documents.items()}
        for (kind, language, stem), documents in found.items():
            names = self.documents.setdefault(kind, {})
            names[name] = names.get(name, 0) + documents
            self.stems[kind, language, stem] = max(boost, self.stems.get((kind, language, stem), 0))

    def weight(self, kind, number):
        """How much it says that a thing of this kind has it: the rarer the more."""
        rarity = max(self.documents.get(kind, {}).values(), default=0)
        return self.times * math.log(1 + (number - rarity + 0.5) / (rarity + 0.5)) if rarity <= number else 0.0


@dataclass
class Request:
    """What is to be matched: concepts, phrases that stand for several of them, what must stand and what must not."""

    language: str
    kinds: list
    concepts: list
    required: list
    without: list
    shared: list = field(default_factory=list)


def match(request, sizes):
    """The hits as (kind, key, score, language), the best first, and how many of them are good."""
    sources = {source: number for source, number in sizes.items() if source[0] in request.kinds}
    numbers = {kind: sum(number for (of, _), number in sources.items() if of == kind) for kind in request.kinds}
    weights = [max(concept.weight(kind, number) for kind, number in numbers.items()) for concept in request.concepts]
    order = sorted(range(len(weights)), key=lambda place: -weights[place])
    bits = {place: 1 << bit for bit, place in enumerate(order[:BITS])}
    terms, phrases = _terms(request, numbers, bits), _phrases(request, weights, bits)
    if not (terms or phrases):
        return [], 0
    measured = sum(weights[place] for place in bits) or 1
    shares = [f"(mask >> {bit} & 1) * {weights[place] / measured!r}::float8" for bit, place in enumerate(bits)]
    conditions = [statements.HAS_PHRASES] * bool(request.required) + [statements.LACKS_WORDS] * bool(request.without)
    statement = statements.MATCHES.format(
        covered="(" + (" + ".join(shares) or "1") + ")", condition=" AND ".join(conditions) or "true"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, _parameters(request, list(sources), terms, phrases))
        return _hits(list(sources), *cursor.fetchone())


def _parameters(request, sources, terms, phrases):
    """What the statement is told."""
    numbers = {source: number for number, source in enumerate(sources, 1)}
    terms = {term: values for term, values in terms.items() if term[:2] in numbers}
    return {
        "sources": [numbers[term[:2]] for term in terms],
        "kinds": [kind for kind, _language, _stem in terms],
        "languages": [language for _kind, language, _stem in terms],
        "stems": [stem for _kind, _language, stem in terms],
        "masks": [mask for mask, _weight in terms.values()],
        "weights": [weight for _mask, weight in terms.values()],
        "phrases": [phrase for phrase, _mask, _weight, _required in phrases],
        "phrase_masks": [mask for _phrase, mask, _weight, _required in phrases],
        "phrase_weights": [weight for _phrase, _mask, weight, _required in phrases],
        "required": [required for _phrase, _mask, _weight, required in phrases],
        "phrase_number": len(request.required),
        "without": request.without,
        "source_kinds": [kind for kind, _language in sources],
        "source_languages": [language for _kind, language in sources],
        "factors": [1.0 if language == request.language else FOREIGN for _kind, language in sources],
        "enough": ENOUGH - 1e-9,
        "deepest": DEEPEST * len(sources),
        "k": K,
        "b": B,
    }


def _hits(sources, numbers, keys, scores, good):
    """Each thing once, in its best language: (kind, key, score, language), the best first; and how many are good."""
    columns = numbers or [], keys or [], scores or []
    if len(sources) == 1 and keys:
        (kind, language), most = sources[0], max(good, DEEPEST)
        return [(kind, key, score, language) for key, score in zip(keys[:most], scores[:most], strict=True)], good
    hits, seen, kept_good = [], set(), 0
    for place, (number, key, score) in enumerate(zip(*columns, strict=True)):
        if place >= good and len(hits) >= DEEPEST:
            break
        kind, language = sources[number - 1]
        if (kind, key) not in seen:
            seen.add((kind, key))
            hits.append((kind, key, score, language))
            kept_good += place < good
    return hits, kept_good


def _terms(request, numbers, bits):
    """Which stems to look up, for which concepts, and with what weight: {(kind, language, stem): (mask, weight)}."""
    terms = {}
    for place, concept in enumerate(request.concepts):
        for (kind, language, stem), boost in concept.stems.items():
            mask, weight = terms.get((kind, language, stem), (0, 0.0))
            weight += boost * concept.weight(kind, numbers[kind])
            terms[kind, language, stem] = mask | bits.get(place, 0), weight
    return terms


def _phrases(request, weights, bits):
    """Which phrases to look up: those that must stand, and those that may stand for concepts."""
    phrases = []
    for number, phrase in enumerate(request.required):
        phrases += [(form, 0, 0.0, number) for form in forms_of(phrase)]
    for places, phrase, boost in request.shared:
        mask = sum({bits.get(place, 0) for place in places})
        weight = boost * sum(weights[place] for place in places)
        phrases += [(form, mask, weight / len(forms_of(phrase)), None) for form in forms_of(phrase)]
    return phrases


def forms_of(phrase):
    """A phrase with its hyphens and without: the index keeps words with a hyphen whole and in parts."""
    return list(dict.fromkeys([phrase, " ".join(WORD.findall(phrase))]))
