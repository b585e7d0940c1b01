"""Mending words that the index does not know: the likeliest word of its vocabulary at most two slips away."""

from collections import defaultdict

from search import statements
from search.asking import rows_planned_anew
from search.words import LETTERS_OF_WORDS, fold

SHORTEST, LONGEST = 4, 45  # letters; how many words are one slip away grows with the length, and longer ones are none
# How people without the right keys write letters, and what the index makes of those letters.
UMLAUTS = [("ue", "u"), ("oe", "o"), ("ae", "a")]
HABITS = [*UMLAUTS, ("ss", "s"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("w", "v"), ("f", "ph")]


def mended(words, more, vocabulary, most=2):
    """For each misspelt word (small letters, without accents) that can be mended, the right one as it is spelt.

    `more` are right words that the index need not have, `most` is how many slips a word may have. The vocabulary takes
    note of what stands for a word.
    """
    words = sorted(word for word in words if SHORTEST <= len(word) <= LONGEST and word.isalpha() and word not in more)[
        :20
    ]
    if not words:
        return {}
    variants = set(words).union(*(_one_slip(word) | _habits(word) for word in words))
    parameters = {"words": words, "variants": sorted(variants), "kinds": vocabulary.kinds}
    found = rows_planned_anew(statements.CANDIDATES, parameters)
    candidates, right = _candidates(found), {}
    for word in words:
        for other in more:
            candidates[word].setdefault(other, (other, 0))
        if (folded := _likeliest(word, candidates[word], most)) is not None:
            right[word] = candidates[word][folded][0]
    for word, folded, _spelling, _documents, *row in found:
        if word in right and folded == fold(right[word]):
            vocabulary.take(right[word], *row)
    return right


def _candidates(rows):
    """What each word may stand for, with its spelling and in how many documents it is: {word: {folded: (…, …)}}."""
    found, numbers = defaultdict(dict), {}
    for word, folded, spelling, documents, language, *_term in rows:
        numbers[word, folded, spelling, language] = documents
    for (word, folded, spelling, _language), documents in sorted(numbers.items()):
        before = found[word].get(folded, ("", 0))[1]
        found[word][folded] = spelling, before + documents
    return found


def _likeliest(word, candidates, most):
    """The nearest of the candidates, of equals the most frequent; None if none is near or the word is right."""
    best, habits = None, _habits(word)
    for folded, (_spelling, documents) in candidates.items():
        if folded == word:
            return None
        slips = 0.5 if folded in habits else distance(word, folded)
        if slips <= (1 if len(word) < 5 else most):
            rank = slips + 0.5 * (word[0] != folded[0]), -documents, folded
            best = min(best or rank, rank)
    return best and best[2]


def distance(one, other):
    """How many slips lie between two words: letters too many, missing, wrong or swapped; 3 if more than 2."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before, last = None, list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return min(last[-1], 3)


def _one_slip(word):
    """Every word one slip away."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in halves if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in halves if len(tail) > 1}
    for letter in LETTERS_OF_WORDS:
        found |= {head + letter + tail for head, tail in halves}
        found |= {head + letter + tail[1:] for head, tail in halves if tail}
    return found - {word}


def _habits(word):
    """What the word may be if its writer has a habit of writing certain letters otherwise, one habit or all."""
    found = {word.replace(written, meant) for written, meant in HABITS}
    everywhere = word
    for written, meant in UMLAUTS:
        everywhere = everywhere.replace(written, meant)
    return (found | {everywhere}) - {word}
