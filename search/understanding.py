"""Understanding a query: which of its words say something, how they are spelt, and what may stand for them."""

from collections import Counter, defaultdict

from django.conf import settings
from django.db import connection

from search import statements
from search.ranking import Concept, Request
from search.spelling import mended
from search.synonyms import synonyms_in, words_of_synonyms
from search.words import SAY_NOTHING, WORD, fold

# How much a synonym, or a word that only begins like the one typed, counts beside the word itself.
SYNONYM, BEGINNING = 0.8, 0.8
DEFAULT = settings.LANGUAGE_CODE


class Vocabulary:
    """What the index knows of words, for one search."""

    def __init__(self, state, kinds, language):
        self.version, self.kinds, self.language, self.known = state.version, kinds, language, {}
        self.silent, self.first_stems = defaultdict(set), {}

    def learn(self, words):
        """Looks up words that were not looked up before."""
        words = [word for word in dict.fromkeys(words) if word not in self.known]
        if not words:
            return
        self.known.update({word: {} for word in words})
        parameters = {"kinds": self.kinds, "words": words, "always": list({self.language, DEFAULT})}
        for word, language, stem, says_nothing, kind, documents in _rows(statements.ANALYSIS, parameters):
            self.first_stems.setdefault((word, language), stem)
            if says_nothing or fold(word) in SAY_NOTHING.get(language, ()):
                self.silent[word].add(language)
            elif kind:
                self.known[word][kind, language, stem] = documents

    def says_nothing(self, word):
        """Whether the language of the page, or every one that knows it, has it among those that say nothing."""
        return self.language in self.silent[word] or (bool(self.silent[word]) and not self.known[word])

    def stems(self, word):
        """How many documents have the word: {(kind, language, stem): documents}."""
        return self.known[word]


def understand(query, vocabulary, prefix=False, correct=True):
    """What is to be matched, and the text after its spelling was mended."""
    vocabulary.learn(word.text for word in query.all_words)
    last = query.words[-1] if prefix and query.words and query.words[-1].end == len(query.text) else None
    completions = _completions(last.folded) if last else []
    understood = _mend(query, vocabulary, last if completions else None) if correct else query.text
    words = [word for word in query.all_words if not vocabulary.says_nothing(word.text) or word is last]
    words = words or query.all_words
    concepts, order = _concepts(words, vocabulary)
    if completions:
        vocabulary.learn(completions)
        for spelling in completions:
            concepts[last.folded].add(spelling, vocabulary.stems(spelling), BEGINNING)
    for one, other in query.either:
        _merge(concepts, order, one, other)
    request = Request(
        vocabulary.language, vocabulary.kinds, [concepts[name] for name in order], query.phrases, query.without
    )
    _add_synonyms(request, words, order, vocabulary)
    return request, understood


def _concepts(words, vocabulary):
    """Each different word once, with how often it is asked for."""
    times, concepts = Counter(word.folded for word in words), {}
    for word in words:
        concept = concepts.setdefault(word.folded, Concept(times[word.folded]))
        concept.add(word.text, vocabulary.stems(word.text))
    return concepts, list(concepts)


def _mend(query, vocabulary, kept):
    """Puts right words in the place of those that the index does not know; the text as it reads then."""
    unknown = [word for word in query.words if not vocabulary.stems(word.text) and not vocabulary.silent[word.text]]
    unknown = [word for word in unknown if word is not kept and word.folded.isalpha()]
    if not unknown:
        return query.text
    names = [word.folded for word in unknown]
    known = {folded for (folded,) in _rows(statements.KNOWN, {"words": names})}
    others = words_of_synonyms(vocabulary.version)
    names = [name for name in names if name not in known and name not in others]
    right = mended(dict.fromkeys(names), others)
    text, vocabulary_words = query.text, []
    for word in sorted(unknown, key=lambda word: -word.start):
        if word.folded in right:
            word.text = right[word.folded]
            text = text[: word.start] + word.text + text[word.end :]
            word.folded = fold(word.text)
            vocabulary_words.append(word.text)
    vocabulary.learn(vocabulary_words)
    return text


def _completions(beginning):
    """The most frequent words that begin so."""
    if len(beginning) < 2:
        return []
    return [spelling for _folded, spelling in _rows(statements.BEGINNINGS, {"beginning": beginning + "%"})]


def _merge(concepts, order, one, other):
    """Lets two words stand for one another."""
    if one != other and one in order and other in order:
        left, right = concepts[one], concepts[other]
        for kind, counts in right.documents.items():
            left.documents.setdefault(kind, {}).update(counts)
        left.stems.update(right.stems)
        order.remove(other)
        concepts[other] = left


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


def _rows(statement, parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
