"""Which things of a kind have the words of a search, which of them fit well, and which fit best.

Everything is computed for all things at once in long integers (`search/lanes.py`), roughly; only those that may be
among the best get an exact score.
"""

import math
from functools import reduce
from operator import itemgetter, neg, or_
from typing import NamedTuple

from search.codes import FLAT, saturations, steps
from search.lanes import MOST, Lanes, flags_at, places_of
from search.postings import Layout, Postings

FINE = 255  # the steps of a rough score
NEAR = 500  # so many are scored exactly to tell good matches from weaker ones
WEAKER = 300  # so many of the weaker matches of a language are kept, or some more that are as good


class Term(NamedTuple):
    """A stem, or a phrase, to look for: its postings and its weight. A phrase counts the same wherever it stands."""

    postings: Postings
    weight: float
    is_phrase: bool = False


class Hit(NamedTuple):
    """A thing that was found, how well it fits, and in which of its languages it fits best."""

    kind: str
    key: int
    score: float
    language: str

    def order(self):
        """The best comes first."""
        return -self.score, self.kind, self.key


class Kind:
    """What was found of one kind; from the score `enough` on it is a good match."""

    def __init__(self, name, enough):
        self.name, self.enough = name, enough
        self.sources, self.layout = [], Layout(())
        self.good = self.weak = self.good_number = self.weak_number = 0

    def add(self, language, terms, average, factor):
        """Looks for the terms in the documents of a language; they have this length on average."""
        if terms:
            self.sources.append(Source(language, terms, saturations(average), factor))

    def judge(self, required, excluded):
        """Tells good matches from weaker ones; `required` are sets of keys one of each of which a thing must be in."""
        self.layout = Layout.of(term.postings for source in self.sources for term in source.terms)
        allowed = self._allowed(required, excluded)
        for source in self.sources:
            source.lay_out(self.layout, self.enough, allowed)
        self.good = reduce(or_, (source.good for source in self.sources), 0)
        self.weak = reduce(or_, (source.flags_of_best(source.any & ~self.good, WEAKER) for source in self.sources), 0)
        self.good_number, self.weak_number = self.good.bit_count(), self.weak.bit_count()

    def _allowed(self, required, excluded):
        """The flags of what has all that is required and nothing that is excluded; None if that is everything."""
        if not (required or excluded):
            return None
        allowed = self._flags(excluded) ^ int.from_bytes(b"\1" * self.layout.size, "little")
        for keys in required:
            allowed &= self._flags(keys)
        return allowed

    def _flags(self, keys):
        known = self.layout.starts
        return flags_at((self.layout.place(key) for key in keys if key // 512 in known), self.layout.size)

    def best(self, number, only=-1):
        """So many of what was found, the best good matches and then weaker ones; `only` flags what counts at all."""
        good = self._once([source.best(source.good & only, number, self) for source in self.sources])[:number]
        if len(good) == number or not self.weak:
            return good, []
        weak = [source.best(source.any & self.weak & only, number, self) for source in self.sources]
        return good, self._once(weak)[: number - len(good)]

    def ranked(self, keys):
        """Those of the keys that were found, good matches before weaker ones, the best of each first."""
        keys = list(keys)
        good, weak = self.best(len(keys), self._flags(keys))
        return good + weak

    @staticmethod
    def _once(lists):
        """Each thing once, in the language in which it fits best, the best first."""
        if len(lists) == 1:
            return lists[0]
        best = {}
        for hit in sorted((hit for hits in lists for hit in hits), key=Hit.order):
            best.setdefault(hit.key, hit)
        return list(best.values())

    @property
    def octets(self):
        """For each place of the layout 2 if a good match is there, 1 if a weaker one, else 0."""
        return (self.good << 1 | self.weak).to_bytes(self.layout.size, "little")


class Source:
    """What was found in the documents of one kind in one language."""

    def __init__(self, language, terms, saturation, factor):
        self.language, self.terms = language, terms
        self.saturations = [FLAT if term.is_phrase else saturation for term in terms]
        self.weights = [term.weight * factor for term in terms]
        self.any = self.good = 0

    def lay_out(self, layout, enough, allowed):
        """Lays the postings out, and flags what has any of the words and what has a score that is enough."""
        self.size = layout.size
        self.octets = [
            layout.spread(term.postings.blocks, term.postings.octets) if term.postings.blocks else b""
            for term in self.terms
        ]
        self.listed = [layout.placed(term.postings.listed) for term in self.terms]
        self.rough, step = self._rough_scores()
        self.any = self.rough.at_least(1)
        if allowed is not None:
            self.any &= allowed
        bound = math.ceil(min(enough / step, MOST))
        self.good = self.any & self._at_least(enough, bound) if bound else self.any

    def _at_least(self, enough, bound):
        """The flags of what has this score, which is so many steps; exactly, unless very many come near it."""
        off = len(self.terms)
        surely = self.rough.at_least(min(bound + off, MOST))
        perhaps = self.rough.at_least(max(1, bound - off)) & ~surely
        if perhaps.bit_count() > NEAR:
            return self.rough.at_least(bound)
        places = places_of(perhaps, self.size)
        scored = zip(places, self._scored(places), strict=True)
        return surely | flags_at((place for place, score in scored if score >= enough), self.size)

    def _rough_scores(self):
        """The scores in whole steps, 1 at least of each word that stands there; and how much a step is."""
        lanes = Lanes(self.size)
        parts = [weight * max(saturation) for weight, saturation in zip(self.weights, self.saturations, strict=True)]
        step = max(parts) / min(FINE, MOST // len(parts)) or 1.0
        for octets, listed, part, saturation in zip(self.octets, self.listed, parts, self.saturations, strict=True):
            table = steps(saturation, round(part / step))
            row = bytearray(octets.translate(table)) if octets else bytearray(self.size)
            for place, number in listed:
                row[place] = table[number]
            lanes.add(int.from_bytes(row, "little"))
        return lanes, step

    def best(self, flags, number, kind):
        """So many of the flagged things, the best of them, with their scores, the best first."""
        places = self._places_of_best(flags, number)
        ranked = sorted(zip(map(neg, self._scored(places)), places, strict=True))[:number]
        key, name, language = kind.layout.key, kind.name, self.language
        return [Hit(name, key(place), -score, language) for score, place in ranked]

    def _places_of_best(self, flags, number):
        """Where the best are, and some others: their rough scores may be off by half a step for each word."""
        if flags.bit_count() <= 2 * number:
            return places_of(flags, self.size)
        surely, perhaps = self._best_flags(flags, number, len(self.terms))
        return places_of(surely, self.size) + places_of(perhaps, self.size, number)

    def _best_flags(self, flags, number, off=0):
        rough = self.rough.only(flags)
        bound = rough.bound_of_best(number)
        surely = rough.at_least(bound + 1)
        return surely, rough.at_least(max(1, bound - off)) & ~surely

    def flags_of_best(self, flags, number):
        """Of the flags so many or some more, roughly the best of them."""
        if flags.bit_count() <= 3 * number:
            return flags
        surely, perhaps = self._best_flags(flags, number)
        if (surely | perhaps).bit_count() <= 3 * number:
            return surely | perhaps
        missing = max(0, number - surely.bit_count())
        return surely | flags_at(places_of(perhaps, self.size, missing), self.size)

    def _scored(self, places):
        """The exact scores of what stands at these places."""
        totals = [0.0] * len(places)
        if not places:
            return totals
        at, numbers = itemgetter(*places, places[0]), {place: number for number, place in enumerate(places)}
        for octets, listed, weight, saturation in zip(
            self.octets, self.listed, self.weights, self.saturations, strict=True
        ):
            if octets:
                found = map(saturation.__getitem__, at(octets))
                totals = [total + weight * value for total, value in zip(totals, found, strict=False)]
            for place, number in listed:
                if place in numbers:
                    totals[numbers[place]] += weight * saturation[number]
        return totals
