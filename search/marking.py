"""Showing why something was found: marks around its words, and the passage that holds most of them."""

import re
from bisect import bisect_right
from functools import cache, lru_cache
from html import escape  # Django's looks first whether the text is yet to be translated

from django.utils.safestring import SafeString

from search.words import fold

LENGTH = 240
NO_ASCII = re.compile(r"[^\x00-\x7f]")
SPELT_OUT = 5  # letters of the longest word that is looked for with points between them, such as U.S.


@cache
def _plain_letter(letter):
    """What a letter is without accents, in small letters."""
    return fold(letter)


def _plain(text):
    """The text without accents, in small letters."""
    if not text.isascii():
        text = NO_ASCII.sub(lambda letter: _plain_letter(letter[0]), text)
    return text.lower()


def mark(text, words):
    """The text, escaped, with these words (small letters, without accents) in <mark>."""
    return SafeString(_marked(text, _places(text, words), 0, len(text)))  # nosec B703 - each piece is escaped


def best_passage(text, words):
    """The passage of about 240 letters with most of the words, the earliest of equals; escaped and with marks."""
    hits = _places(text, words)
    different = len({word for _start, _end, word in hits})
    best, start = 0, 0
    for number, (place, _end, _word) in enumerate(hits):
        near = {word for other, _end, word in hits[number:] if other < place + LENGTH * 3 // 4}
        if len(near) > best:
            best, start = len(near), place
        if best == different:
            break
    begin = _begin(text, start)
    end = len(text) if len(text) <= begin + LENGTH else _last_space(text, begin + LENGTH)
    passage = " ".join(_marked(text, hits, begin, end).split())
    return SafeString(f"{'… ' if begin else ''}{passage}{' …' if end < len(text) else ''}")  # nosec B703 - escaped


def _marked(text, places, begin, end):
    """A part of the text, escaped, with what stands at these places in <mark>."""
    pieces = []
    for start, stop, _word in places:
        if begin <= start and stop <= end:
            pieces += [escape(text[begin:start]), "<mark>", escape(text[start:stop]), "</mark>"]
            begin = stop
    return "".join([*pieces, escape(text[begin:end])])


def _places(text, words):
    """Where the words stand in a text, in the order of the text: [(start, end, word), …]."""
    plain = _plain(text)
    ways = _ways(frozenset(words))
    found = sorted((start, end, word) for way, word in ways if way in plain for start, end in _places_of(way, plain))
    last = 0
    found = [(start, last := end, word) for start, end, word in found if start >= last]
    if len(plain) == len(text):
        return found
    before = _shift(text)
    return [(start - before(start), end - before(end), word) for start, end, word in found]


def _shift(text):
    """Tells how many letters more stand before a place of the plain text: ß is one letter here and two there."""
    places, shifts, total = [], [0], 0
    for letter in NO_ASCII.finditer(text):
        if more := len(_plain_letter(letter[0])) - 1:
            total += more
            places.append(letter.end() + total)
            shifts.append(total)
    return lambda place: shifts[bisect_right(places, place)]


@lru_cache(maxsize=64)
def _ways(words):
    """The words as they may be written, short ones with points between their letters too: [(way, word), …]."""
    pointed = [word for word in words if 1 < len(word) <= SPELT_OUT and word.isascii() and word.isalpha()]
    return [*((word, word) for word in words), *((".".join(word), word) for word in pointed)]


def _places_of(way, plain):
    """Where a word is written in this way: start and end of each place."""
    start = plain.find(way)
    while start >= 0:
        end = start + len(way)
        if not (plain[start - 1 : start].isalnum() or plain[end : end + 1].isalnum()):
            yield start, end
        start = plain.find(way, end)


def _begin(text, place):
    """Where to begin so that the place is seen: the beginning of its sentence if it is near, else some words before."""
    if place < LENGTH // 3:
        return 0
    near = text[place - LENGTH // 3 : place]
    sentence = max((near.rfind(end) + len(end) for end in (". ", "\n") if end in near), default=near.find(" ") + 1)
    return place - LENGTH // 3 + sentence


def _last_space(text, place):
    space = text.rfind(" ", 0, place)
    return space if space > place - 40 else place
