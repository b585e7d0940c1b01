"""Showing why something was found: marks around its words, and the passage that holds most of them."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

from search.words import WORD, fold

LENGTH = 240


def mark(text, words):
    """The text, escaped, with these words (small letters, without accents) in <mark>."""
    pieces, end = [], 0
    for found in WORD.finditer(text):
        if fold(found[0]) in words:
            pieces += [escape(text[end : found.start()]), "<mark>", escape(found[0]), "</mark>"]
            end = found.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 - every piece is escaped


def best_passage(text, words):
    """The passage of about 240 letters with most of the words, the earliest of equals; escaped and with marks."""
    places = [(found.start(), fold(found[0])) for found in WORD.finditer(text)]
    hits = [(start, word) for start, word in places if word in words]
    best, start = 0, 0
    for number, (place, _word) in enumerate(hits):
        near = {word for other, word in hits[number:] if other < place + LENGTH * 3 // 4}
        if len(near) > best:
            best, start = len(near), place
    begin = _begin(text, start)
    end = len(text) if len(text) <= begin + LENGTH else _last_space(text, begin + LENGTH)
    passage = mark(" ".join(text[begin:end].split()), words)
    return mark_safe(("… " if begin else "") + passage + (" …" if end < len(text) else ""))  # noqa: S308 - passage is escaped


def _begin(text, place):
    """Where to begin so that the place is seen: the beginning of its sentence if it is near, else some words before."""
    if place < LENGTH // 3:
        return 0
    near = text[place - LENGTH // 3 : place]
    sentence = max(near.rfind(". "), near.rfind("\n"))
    space = sentence + 1 if sentence >= 0 else near.find(" ")
    return place - LENGTH // 3 + space + 1


def _last_space(text, place):
    space = text.rfind(" ", 0, place)
    return space if space > place - 40 else place
