"""Postings: which things have a word, and how often it stands in how long a text, by numbers of `search/codes.py`.

Keys come in blocks of 512. What a search looks at is laid out block behind block; the place of a thing is where its key
stands there. A word that many things of a block have is an octet for each of its places, others are lists.
"""

from dataclasses import dataclass, field
from struct import iter_unpack

from search import statements
from search.asking import rows

BLOCK = 512


@dataclass
class Postings:
    """The postings of a word: lists of (key, number), and octets for all keys of some blocks."""

    listed: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    octets: bytes = b""

    def each(self):
        """Every thing that has the word: (key, number)."""
        yield from self.listed
        for place, number in enumerate(self.octets):
            if number:
                yield self.blocks[place // BLOCK] * BLOCK + place % BLOCK, number


def complete(known, terms):
    """The postings of terms, of which some are known already as rows of the database: {term: postings}."""
    found, missing = {term: known[term] for term in terms if term in known}, sorted(set(terms) - known.keys())
    if missing:
        found |= {term: row for term, *row in rows(statements.POSTINGS, {"terms": missing})}
    return {
        term: Postings(list(iter_unpack(">iB", listed or b"")), blocks or [], octets or b"")
        for term, (listed, blocks, octets) in found.items()
    }


class Layout:
    """Where the things of some blocks have their places."""

    def __init__(self, blocks):
        self.blocks = sorted(blocks)
        self.size = BLOCK * len(self.blocks)
        self.starts = {block: number * BLOCK for number, block in enumerate(self.blocks)}
        self.has_all = self.blocks == list(range(len(self.blocks)))  # then the place of a thing is its key

    @classmethod
    def of(cls, postings, keys=()):
        """The layout that has room for these postings and keys."""
        blocks = {key // BLOCK for key in keys}
        for words in postings:
            blocks.update(words.blocks, {key // BLOCK for key, _number in words.listed})
        return cls(blocks)

    def place(self, key):
        """The place of a thing."""
        return self.starts[key // BLOCK] + key % BLOCK

    def key(self, place):
        """The key of the thing at a place."""
        return self.blocks[place // BLOCK] * BLOCK + place % BLOCK

    def placed(self, listed):
        """Pairs of keys and numbers, with the places of the things instead of their keys."""
        if self.has_all:
            return listed
        starts = self.starts
        return [(starts[key >> 9] + (key & 511), number) for key, number in listed]

    def spread(self, blocks, octets):
        """Octets of some blocks, laid out; 0 for the things of others."""
        if blocks == self.blocks:
            return octets
        found = {
            block: octets[start : start + BLOCK]
            for start, block in zip(range(0, len(octets), BLOCK), blocks, strict=True)
        }
        return b"".join(found.get(block, bytes(BLOCK)) for block in self.blocks)
