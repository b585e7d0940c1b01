"""Showing why something was found: marks around its words, and the passage that holds most of them."""

from django.utils.html import format_html, format_html_join

from search.words import WORD, fold

LENGTH = 240


def mark(text, words):
    """The text, escaped, with these words (small letters, without accents) in <mark>."""
    pieces, end = [], 0
    for found in WORD.finditer(text):
        if fold(found[0]) in words:
            pieces.append((text[end : found.start()], found[0]))
            end = found.end()
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[end:])


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
    return format_html("{}{}{}", "… " if begin else "", passage, " …" if end < len(text) else "")


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
