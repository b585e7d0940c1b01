"""Words as the index knows them: small letters without accents."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
# Letters that are no letter with an accent, as the unaccent dictionary of PostgreSQL writes them.
LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŧ": "t", "ħ": "h"}
)


def fold(word):
    """The word in small letters, without accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower()).translate(LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
