"""Slugs of records that come without one."""

from django.utils.text import slugify

LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def slug_from(title):
    """A slug made from the title; empty if it has no letters for one."""
    return slugify(title.lower().translate(LETTERS))[:140].strip("-")
