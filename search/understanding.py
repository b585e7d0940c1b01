"""Understanding a query: which of its words say something, how they are spelt, and what may stand for them."""

import json
from collections import Counter, defaultdict

from django.conf import settings

from search import statements
from search.asking import rows as ask
from search.index import sizes_of
from search.ranking import Concept, Request
from search.spelling import mended
from search.synonyms import synonyms_in, words_of_synonyms
from search.words import SAY_NOTHING, WORD, fold

# How much a synonym, or a word that only begins like the one typed, counts beside the word itself.
SYNONYM, BEGINNING = 0.8, 0.8
# Two slips in a word are mended among so few words; among more of them it is rather a word that nobody used here yet.
FEW = 4
DEFAULT = settings.LANGUAGE_CODE


class Vocabulary:
    """What the index knows of words, for one search; and how current it is."""

    def __init__(self, kinds, language):
        self.kinds, self.language, self.known = kinds, language, {}
        self.terms, self.postings = {}, {}
        self.silent, self.first_stems = defaultdict(set), {}
        self.is_stale, self.version, self.sizes = False, 0, {}

    def learn(self, words):
        """Looks up words that were not looked up before."""
        words = [word for word in dict.fromkeys(words) if word not in self.known]
        if not words:
            return
        parameters = {"kinds": self.kinds, "words": words, "always": list({self.language, DEFAULT})}
        rows = ask(statements.ANALYSIS, parameters)
        self.is_stale, version, sizes = rows[0][:3]
        self.version, self.sizes = version or 0, sizes_of(json.loads(sizes or "[]"))
        self.known.update({word: {} for word in words})
        for _is_stale, _version, _sizes, word, says_nothing, language, stem, kind, number, documents, *postings in rows:
            if says_nothing or fold(word) in SAY_NOTHING.get(language, ()):
                self.first_stems.setdefault((word, language), stem)
                self.silent[word].add(language)
            else:
                self.take(word, language, stem, kind, number, documents)
                self.postings[number] = postings

    def take(self, word, language, stem, kind, number, documents):
        """Takes note of a word: its stem in a language, and how many documents of a kind have that."""
        self.first_stems.setdefault((word, language), stem)
        known = self.known.setdefault(word, {})
        if kind:
            known[kind, language, stem] = documents
            self.terms[kind, language, stem] = number

    def says_nothing(self, word):
        """Whether the language of the page, or every one that knows it, has it among those that say nothing."""
        return self.language in self.silent[word] or (bool(self.silent[word]) and not self.known[word])

    def stems(self, word):
        """How many documents have the word: {(kind, language, stem): documents}."""
        return self.known[word]


def understand(query, vocabulary, prefix=False, correct=True):
    """What is to be matched, and the text after its spelling was mended."""
    last = query.words[-1] if prefix and query.words and query.words[-1].end == len(query.text) else None
    completions = _completions(last.folded, vocabulary) if last else []
    correct = correct and not query.is_pasted
    understood = _mend(query, vocabulary, last if completions else None) if correct else query.text
    words = [word for word in query.all_words if not vocabulary.says_nothing(word.text) or word is last]
    words = words or query.all_words
    concepts = _concepts(words, vocabulary)
    for spelling, stems in completions:
        concepts[last.folded].add(spelling, stems, BEGINNING)
    places = {name: place for place, name in enumerate(concepts)}
    request = Request(
        vocabulary.language,
        vocabulary.kinds,
        list(concepts.values()),
        query.phrases,
        query.without,
        vocabulary.terms,
        vocabulary.postings,
        either=[
            (places[one.folded], places[other.folded])
            for one, other in query.either
            if {one.folded, other.folded} <= places.keys()
        ],
    )
    if not query.is_pasted:
        _add_synonyms(request, words, list(concepts), vocabulary)
    return request, understood


def _concepts(words, vocabulary):
    """Each different word once, with how often it is asked for."""
    times, concepts = Counter(word.folded for word in words), {}
    for word in words:
        concept = concepts.setdefault(word.folded, Concept(times[word.folded]))
        concept.add(word.text, vocabulary.stems(word.text))
    return concepts


def _mend(query, vocabulary, kept):
    """Puts right words in the place of those that the index does not know; the text as it reads then."""
    unknown = [word for word in query.words if not vocabulary.stems(word.text) and not vocabulary.silent[word.text]]
    unknown = [word for word in unknown if word is not kept and word.folded.isalpha()]
    if not unknown:
        return query.text
    slips = 2 if len(query.all_words) <= FEW else 1
    right = mended({word.folded for word in unknown}, words_of_synonyms(vocabulary.version), vocabulary, slips)
    text = query.text
    for word in sorted(unknown, key=lambda word: -word.start):
        if word.folded in right:
            word.text = right[word.folded]
            text = text[: word.start] + word.text + text[word.end :]
            word.folded = fold(word.text)
    vocabulary.learn(right.values())
    return text


def _completions(beginning, vocabulary):
    """The most frequent words that begin so, each with its stems: [(spelling, {(kind, language, stem): documents})]."""
    found = {}
    if len(beginning) >= 2:
        parameters = {"beginning": beginning + "%", "kinds": vocabulary.kinds}
        for spelling, language, stem, kind, number, documents in ask(statements.BEGINNINGS, parameters):
            found.setdefault(spelling, {})[kind, language, stem] = documents
            vocabulary.terms[kind, language, stem] = number
    return list(found.items())


def _add_synonyms(request, words, order, vocabulary):
    """Lets synonyms stand in the place of words and phrases."""
    found = []
    for language in dict.fromkeys((request.language, DEFAULT)):
        stems = [vocabulary.first_stems.get((word.text, language)) for word in words]
        found += [pair for pair in synonyms_in(stems, language, vocabulary.version) if pair not in found]
    vocabulary.learn(phrase for _places, phrases in found for phrase in phrases if WORD.fullmatch(phrase))
    for places, phrases in found:
        names = {words[place].folded for place in places}
        concepts = [place for place, name in enumerate(order) if name in names]
        for phrase in phrases:
            if len(concepts) == 1 and WORD.fullmatch(phrase):
                request.concepts[concepts[0]].add(phrase, vocabulary.stems(phrase), SYNONYM)
            elif concepts:
                request.shared.append((concepts, phrase, SYNONYM))
