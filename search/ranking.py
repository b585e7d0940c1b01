"""Ranking: which things have the words, how well, and which of them are good matches."""

import math
from collections import defaultdict
from dataclasses import dataclass, field

from search.matching import Hit, Kind, Term
from search.phrases import phrases_in
from search.postings import complete

# A good match has words that carry at least this share of the weight of all words asked for.
ENOUGH, NEVER_ENOUGH = 0.6, 2.0
# What a text in another language than the page's counts.
FOREIGN = 0.9
# So many are ranked at once, and so many when somebody looks further; then all of them.
PARTS = 60, 600, 6000, 20_000
MEASURED = 40  # so many concepts, the weightiest, decide what is a good match


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
    """What is to be matched: concepts, phrases that stand for several of them, what must stand and what must not.

    `either` are pairs of concepts of which one is enough for a good match. `terms` are the numbers of stems in the
    index: {(kind, language, stem): number}, `postings` those already read.
    """

    language: str
    kinds: list
    concepts: list
    required: list
    without: list
    terms: dict
    postings: dict
    shared: list = field(default_factory=list)
    either: list = field(default_factory=list)

    def measures(self, weights):
        """Which concepts decide what is a good match: the number of a measure for each, and the measures' weights."""
        measures = list(range(len(weights)))
        for one, other in self.either:
            measures = [measures[one] if measure == measures[other] else measure for measure in measures]
        heaviest = {}
        for measure, weight in sorted(zip(measures, weights, strict=True), key=lambda pair: -pair[1]):
            heaviest.setdefault(measure, weight)
        return measures, dict(list(heaviest.items())[:MEASURED])


class Matches:
    """What a search found: of each kind which things, good matches and weaker ones, ranked as far as somebody looks."""

    def __init__(self, kinds):
        self.kinds = kinds
        self.good = sum(kind.good_number for kind in kinds.values())
        self.number = self.good + sum(kind.weak_number for kind in kinds.values())

    def best(self, number):
        """So many of what was found, the best first, good matches before weaker ones."""
        good, weak = [], []
        for kind in self.kinds.values():
            for found, hits in zip((good, weak), kind.best(number), strict=True):
                found += hits
        if len(self.kinds) > 1:
            good.sort(key=Hit.order)
            weak.sort(key=Hit.order)
        return (good + weak)[:number]

    def in_parts(self):
        """Everything that was found in its order, in greater and greater parts."""
        seen = set()
        for number in (*PARTS, self.number):
            if len(seen) < self.number:
                hits = [hit for hit in self.best(number) if hit[:2] not in seen]
                seen.update(hit[:2] for hit in hits)
                yield hits


def match(request, sizes, enough=ENOUGH):
    """What fits the request; `sizes` say how many documents of each source there are, and how long they are in all.

    `enough` is the share of the weight from which on a match is a good one.
    """
    numbers = {
        kind: sum(documents for (of, _language), (documents, _length) in sizes.items() if of == kind)
        for kind in request.kinds
    }
    weights = [max(concept.weight(kind, numbers[kind]) for kind in numbers) for concept in request.concepts]
    measures, shares = request.measures(weights)
    phrases = phrases_in(request, sizes)
    postings = complete(request.postings, {request.terms[stem] for one in request.concepts for stem in one.stems})
    kinds = {}
    for kind, number in numbers.items():
        found = Kind(kind, shares, enough)
        for source, (documents, length) in sizes.items():
            if source[0] == kind:
                factor = 1.0 if source[1] == request.language else FOREIGN
                terms = _terms(request, source, number, postings) + phrases.terms(source, weights)
                terms = [term._replace(concepts=[measures[one] for one in term.concepts]) for term in terms]
                found.add(source[1], terms, length / documents, factor)
        found.judge(phrases.required(kind), phrases.excluded(kind))
        kinds[kind] = found
    return Matches(kinds)


def _terms(request, source, number, postings):
    """What to look for in a source: each term with its postings, its weight and the concepts it stands for."""
    weights, places = defaultdict(float), defaultdict(list)
    for place, concept in enumerate(request.concepts):
        for stem, boost in concept.stems.items():
            if stem[:2] == source and request.terms[stem] in postings:
                weights[stem] += boost * concept.weight(source[0], number)
                places[stem].append(place)
    return [Term(postings[request.terms[stem]], weight, places[stem]) for stem, weight in weights.items()]
