"""Reading what people type: words, "a phrase", -not, or."""

import re
from dataclasses import dataclass, field

from search.words import WORD, fold

LONGEST = 20_000
MOST_WORDS = 400
# A quoted phrase or a run of letters, with the minus before it. A quote without its partner is no quote.
PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<run>[^\s"]+))')
OR = {"or", "|", "||"}
QUOTES = str.maketrans(dict.fromkeys("„“”‟«»″＂", '"'))
# A text of more words than this was not typed but pasted: no minus, no quote and no "or" in it is a command.
TYPED = 12


@dataclass
class Word:
    """A word of the text: where it stands, and how the index spells it."""

    text: str
    start: int
    end: int

    def __post_init__(self):
        self.text = self.text.lower().replace(".", "")
        self.folded = fold(self.text)


@dataclass
class Query:
    """The words in their order, phrases, what must not stand there, and which words stand for one another."""

    text: str
    words: list = field(default_factory=list)
    quoted: list = field(default_factory=list)
    phrases: list = field(default_factory=list)
    without: list = field(default_factory=list)
    either: list = field(default_factory=list)
    last: Word | None = None
    last_phrase: str = ""
    is_pasted: bool = False

    def add(self, words, phrase, widen):
        """Takes in the words of a run, or of a phrase, which then must stand together unless "or" precedes them."""
        if widen:
            self.either.append((self.last, words[0]))
            self.phrases = [phrase for phrase in self.phrases if phrase != self.last_phrase]
        if phrase and not widen:
            self.phrases.append(phrase)
        self.last, self.last_phrase = words[-1], phrase
        (self.quoted if phrase else self.words).extend(words)

    @property
    def all_words(self):
        """The words, also those in quotes."""
        return [*self.words, *self.quoted]


def read(text):
    """What the text asks for."""
    query, widen = Query(text.replace("\x00", " ").encode("utf-8", "replace").decode()[:LONGEST]), False
    words = [Word(found[0], *found.span()) for found in WORD.finditer(query.text)]
    if len(words) > TYPED:
        query.words, query.is_pasted = words[:MOST_WORDS], True
        return query
    for piece in PIECE.finditer(query.text.translate(QUOTES)):
        if piece["run"] and piece["run"].lower() in OR:
            widen = bool(query.all_words)
            continue
        group = "phrase" if piece["phrase"] is not None else "run"
        words = [
            Word(found[0], piece.start(group) + found.start(), piece.start(group) + found.end())
            for found in WORD.finditer(piece[group])
        ]
        if not words:
            continue
        if piece["minus"]:
            query.without.append(" ".join(word.text for word in words))
        else:
            query.add(words, piece["phrase"], widen)
        widen = False
    del query.words[MOST_WORDS:], query.quoted[MOST_WORDS:], query.phrases[20:], query.without[20:]
    return query
