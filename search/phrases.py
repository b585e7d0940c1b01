"""Phrases of a search: those that must stand, those that must not, and those that may stand for a word."""

from collections import defaultdict

from search import statements
from search.asking import rows
from search.matching import Term
from search.postings import Postings
from search.words import WORD


def words_of(phrase):
    """A phrase as the index has it: its words, without signs."""
    return " ".join(word.replace(".", "") for word in WORD.findall(phrase))


class Phrases:
    """Where the phrases of a request stand: `found` says which keys have which form, by kind and language."""

    def __init__(self, request, found):
        self.request, self.found = request, found

    def _keys(self, phrase, kind):
        """The things of a kind that have a phrase in any language."""
        found = self.found.get(words_of(phrase), {})
        return {key for source, keys in found.items() if source[0] == kind for key in keys}

    def required(self, kind):
        """For each phrase that must stand, the keys of what has it."""
        return [self._keys(phrase, kind) for phrase in self.request.required]

    def excluded(self, kind):
        """The keys of what has a phrase that must not stand."""
        return set().union(*(self._keys(phrase, kind) for phrase in self.request.without))

    def terms(self, source, weights):
        """The phrases of a source as terms."""
        terms = [(phrase, 0.0) for phrase in self.request.required]
        for concepts, phrase, boost in self.request.shared:
            terms.append((phrase, boost * sum(weights[concept] for concept in concepts)))
        found = ((self.found.get(words_of(phrase), {}).get(source), weight) for phrase, weight in terms)
        return [
            Term(Postings([(key, 1) for key in sorted(set(keys))]), weight, is_phrase=True)
            for keys, weight in found
            if keys
        ]


def phrases_in(request, sizes):
    """Where the phrases of a request stand."""
    phrases = [*request.required, *request.without, *(phrase for _concepts, phrase, _boost in request.shared)]
    forms = list(dict.fromkeys(filter(None, map(words_of, phrases))))
    found = defaultdict(dict)
    if forms:
        sources = [source for source in sizes if source[0] in request.kinds]
        parameters = {
            "phrases": forms,
            "kinds": [kind for kind, _ in sources],
            "languages": [code for _, code in sources],
        }
        for number, kind, language, keys in rows(statements.PHRASES, parameters):
            found[forms[number - 1]][kind, language] = keys
    return Phrases(request, found)
