"""Ranking: which things have the words, how well, and which of them are good matches."""

import math
from collections import defaultdict
from dataclasses import dataclass, field

from search.matching import Hit, Kind, Term
from search.phrases import phrases_in
from search.postings import complete

# A good match scores at least this share of what a text of average length does that has every word once.
ENOUGH, NEVER_ENOUGH = 0.8, math.inf
# What a text in another language than the page's counts.
FOREIGN = 0.9
# So many are ranked at once, and so many when somebody looks further; then all of them.
PARTS = 60, 600, 6000, 20_000


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

    def score_of_all(self, weights):
        """What a text of average length scores that has every word once, or of two with "or" between them the rarer.

        Nothing if one word is asked for: whatever has it is a good match.
        """
        groups, heaviest = list(range(len(weights))), {}
        for one, other in self.either:
            groups = [groups[one] if group == groups[other] else group for group in groups]
        for group, weight in zip(groups, weights, strict=True):
            heaviest[group] = max(weight, heaviest.get(group, 0.0))
        return sum(heaviest.values()) if len(heaviest) > 1 else 0.0


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

    `enough` is the share of the score of a text with every word from which on a match is a good one.
    """
    numbers = {
        kind: sum(documents for (of, _language), (documents, _length) in sizes.items() if of == kind)
        for kind in request.kinds
    }
    weights = [max(concept.weight(kind, numbers[kind]) for kind in numbers) for concept in request.concepts]
    bound = enough if enough == NEVER_ENOUGH else enough * request.score_of_all(weights)
    phrases = phrases_in(request, sizes)
    postings = complete(request.postings, {request.terms[stem] for one in request.concepts for stem in one.stems})
    kinds = {}
    for kind, number in numbers.items():
        found = Kind(kind, bound)
        for source, (documents, length) in sizes.items():
            if source[0] == kind:
                factor = 1.0 if source[1] == request.language else FOREIGN
                terms = _terms(request, source, number, postings) + phrases.terms(source, weights)
                found.add(source[1], terms, length / documents, factor)
        found.judge(phrases.required(kind), phrases.excluded(kind))
        kinds[kind] = found
    return Matches(kinds)


def _terms(request, source, number, postings):
    """What to look for in a source: each term with its postings and its weight."""
    weights = defaultdict(float)
    for concept in request.concepts:
        for stem, boost in concept.stems.items():
            if stem[:2] == source and request.terms[stem] in postings:
                weights[stem] += boost * concept.weight(source[0], number)
    return [Term(postings[request.terms[stem]], weight) for stem, weight in weights.items()]
