"""The order of titles in the alphabet of the reader."""

import unicodedata
from functools import cache

from search.words import LETTERS

# Where a language gives letters a place of their own. Other letters stand where they would without their accents.
# Source: Unicode CLDR, collation rules of these languages, letters of the first level.
ALPHABETS = {
    "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
    "et": "a b c d e f g h i j k l m n o p q r s š z ž t u v w õ ä ö ü x y",
    "lt": "a b c č d e f g h i j k l m n o p q r s š t u v w x z ž",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p q r s ś t u v w x y z ź ż",
    "sv": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
}
LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
FIRST = 0x100  # letters are written as characters from here on, after figures and spaces


class Places(dict):
    """For `str.translate`: what each character counts for; marks count for nothing."""

    def __init__(self, alphabet):
        super().__init__()
        self.letters = {letter: chr(FIRST + place) for place, letter in enumerate(alphabet.split())}
        if "y" not in self.letters:
            self.letters["y"] = self.letters["i"]  # in Lithuanian

    def __missing__(self, ordinal):
        letter = chr(ordinal)
        self[ordinal] = place = self.letters.get(letter) or self._plain(letter)
        return place

    def _plain(self, letter):
        plain = unicodedata.normalize("NFKD", letter).translate(LETTERS)
        kept = (part for part in plain if part.isalnum() or part == " ")
        return "".join(self.letters.get(part) or (part if part < "a" else chr(0x1000 + ord(part))) for part in kept)


@cache
def _places(language):
    return Places(ALPHABETS.get(language, LATIN))


def sort_key(text, language):
    """Something to sort the text by; equal only for equal texts."""
    small = unicodedata.normalize("NFC", text).casefold()
    places = _places(language)
    if "ch" in places.letters:
        small = small.replace("ch", "\ue000")
        places[0xE000] = places.letters["ch"]
    return small.translate(places).strip(), text
