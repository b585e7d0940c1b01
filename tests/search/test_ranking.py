"""The ranking is BM25."""

import math
import random
from collections import Counter

import pytest

from search.codes import B, K
from search.finding import find
from search.models import Document

WORDS = ["alpha", "beta", "gamma", "delta", "omega", "kappa", "sigma", "lambda"]


def bm25(documents, query):
    """BM25 as the books have it: {key: score}; titles count three times."""
    bags = {key: Counter(title.split() * 3 + text.split()) for key, (title, text) in documents.items()}
    average = sum(sum(bag.values()) for bag in bags.values()) / len(bags)
    scores = {}
    for key, bag in bags.items():
        for word in query.split():
            number = sum(word in other for other in bags.values())
            weight = math.log(1 + (len(bags) - number + 0.5) / (number + 0.5))
            length = 1 - B + B * sum(bag.values()) / average
            if bag[word]:
                scores[key] = scores.get(key, 0) + weight * bag[word] * (K + 1) / (bag[word] + K * length)
    return scores


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_bm25_but_for_some_per_cent(seed):
    chance = random.Random(seed)
    documents = {
        key: (" ".join(chance.choices(WORDS, k=2)), " ".join(chance.choices(WORDS, k=chance.randint(3, 30))))
        for key in range(1, 40)
    }
    Document.objects.bulk_create(
        Document(kind="practice", key=key, language="en", title=title, text=text)
        for key, (title, text) in documents.items()
    )

    for query in ("alpha", "beta gamma", "omega omega kappa", " ".join(WORDS)):
        found = {hit.key: hit.score for hit in find(query, "en", correct=False).hits}
        right = bm25(documents, query)
        assert found == pytest.approx(right, rel=0.1)
        assert sum(abs(found[key] / right[key] - 1) for key in right) <= 0.03 * len(right)


def test_good_matches_come_before_weaker_ones():
    Document.objects.bulk_create(
        Document(kind="practice", key=key, language="en", title=title)
        for key, title in enumerate(["alpha", "alpha beta", "beta", "alpha beta gamma delta omega", "kappa"], 1)
    )

    found = find("alpha beta", "en")

    assert [hit.key for hit in found.hits[: found.good]] == [2, 4]
    assert {hit.key for hit in found.hits[found.good :]} == {1, 3}
