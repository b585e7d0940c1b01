"""Finding things by words: what the pages and the API ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from search import statements
from search.asking import rows
from search.index import KINDS, catch_up, write_stale
from search.marking import best_passage, mark
from search.query import read
from search.ranking import NEVER_ENOUGH, Matches, match
from search.understanding import Vocabulary, understand

NOTHING = Matches({})


class Parts(Sequence):
    """Parts of a list, each made when somebody first asks for it."""

    def __init__(self, parts):
        self.made, self.others = [], parts

    def __getitem__(self, number):
        while number >= len(self.made):
            try:
                self.made.append(next(self.others))
            except StopIteration:
                raise IndexError from None
        return self.made[number]

    def __len__(self):
        return sum(1 for _part in self)


@dataclass(frozen=True)
class Findings:
    """The answer to a search: the good matches first, the best of them first, then weaker ones.

    `understood` is the text after its spelling was corrected, `good` how many of the matches are good ones, `version`
    the content version they belong to.
    """

    asked: str
    understood: str
    version: int
    matches: Matches = NOTHING
    stems: frozenset = frozenset()

    @cached_property
    def _parts(self):
        return Parts(self.matches.in_parts())

    @property
    def hits(self):
        """The best of what was found: a hundred, if there are so many."""
        return self._parts[0] if self.number else []

    @property
    def all_hits(self):
        """Everything that was found, in its order; what nobody looks at is never put in order."""
        return chain.from_iterable(self._parts)

    @property
    def good(self):
        """How many of the matches are good ones."""
        return self.matches.good

    @property
    def number(self):
        """How much was found in all."""
        return self.matches.number

    def hits_of(self, keys, kind="practice"):
        """The hits that are these things: {key: hit}."""
        found = self.matches.kinds.get(kind)
        return {hit.key: hit for hit in found.ranked(keys)} if found else {}

    @cached_property
    def words(self):
        """The words to be marked in texts, in small letters and without accents."""
        return frozenset(folded for (folded,) in rows(statements.FORMS, self._stems))

    def texts_of(self, hits):
        """The texts of these hits as the index has them: [(kind, key, text)]; the words come with them."""
        kinds, keys, spoken = [hit.kind for hit in hits], [hit.key for hit in hits], [hit.language for hit in hits]
        found = rows(statements.TEXTS, {"kinds": kinds, "keys": keys, "spoken": spoken, **self._stems})
        for *_text, words in found[:1]:
            self.__dict__["words"] = frozenset(words or ())
        return [row[:3] for row in found]

    @property
    def _stems(self):
        return {"stems": [stem for stem, _ in self.stems], "languages": [language for _, language in self.stems]}


def find(text, language, kind="practice", prefix=False, correct=True):
    """What fits the words of `text`, asked on a page in this language; of every kind if `kind` is None.

    `prefix` takes the last word as a beginning, for suggestions; `correct` mends words the index does not know.
    """
    query, kinds = read(text), [kind] if kind else list(KINDS)
    if not query.all_words:
        return Findings(text, text, catch_up().version)
    vocabulary = _vocabulary(query, kinds, language)
    request, understood = understand(query, vocabulary, prefix, correct)
    matches = match(request, vocabulary.sizes)
    if request.required and not matches.number:
        request.required = []
        matches = match(request, vocabulary.sizes, NEVER_ENOUGH)
    return Findings(
        text,
        understood if understood != query.text else text,
        vocabulary.version,
        matches,
        frozenset((stem, language) for concept in request.concepts for _kind, language, stem in concept.stems),
    )


def _vocabulary(query, kinds, language):
    """What the index knows of the words, once it is current."""
    words = [word.text for word in query.all_words]
    vocabulary = Vocabulary(kinds, language)
    vocabulary.learn(words)
    if vocabulary.is_stale:
        write_stale()
        vocabulary = Vocabulary(kinds, language)
        vocabulary.learn(words)
    return vocabulary


def marked(text, findings):
    """The text, escaped, with the words that were found in <mark>."""
    return mark(text, findings.words)


def snippet(findings, hits):
    """For each of the hits of a page the passage that fits best, escaped and with marks: {(kind, key): passage}."""
    texts = findings.texts_of(hits) if hits else []
    return {(kind, key): best_passage(text, findings.words) for kind, key, text in texts}
