"""The ranking is BM25."""

import math
import random
from collections import Counter

import pytest

from search.codes import B, K
from search.facets import Facets, bits_at
from search.finding import find
from search.models import Document
from search.placed import Placed
from search.ranking import ENOUGH

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


@pytest.mark.parametrize("number", [30, 1500])
def test_scores_fall_from_the_first_hit_to_the_last_and_good_matches_have_those_that_are_enough(number):
    chance = random.Random(number)
    documents = {key: ("", " ".join(chance.choices(WORDS, k=chance.randint(3, 30)))) for key in range(1, number)}
    Document.objects.bulk_create(
        Document(kind="practice", key=key, language="en", title=title, text=text)
        for key, (title, text) in documents.items()
    )

    for query in ("alpha beta", "omega kappa gamma"):
        findings = find(query, "en", correct=False)
        scores = [hit.score for hit in findings.all_hits]
        of_all = sum(weight_of(word, documents.values()) for word in query.split())

        assert scores == sorted(scores, reverse=True)
        assert 0 < findings.good == sum(score >= ENOUGH * of_all for score in scores) < len(scores)


def weight_of(word, documents):
    number = sum(word in text.split() for _title, text in documents)
    return math.log(1 + (len(documents) - number + 0.5) / (number + 0.5))


def test_much_of_the_rarer_word_is_better_than_every_word_in_passing():
    padding = " ".join(f"word{number}" for number in range(300))
    Document.objects.bulk_create(
        Document(kind="practice", key=key, language="en", title=title)
        for key, title in enumerate([f"design voucher {padding}", "voucher", *["design"] * 20], 1)
    )

    found = find("design voucher", "en", correct=False)

    assert [hit.key for hit in found.hits[:2]] == [2, 1]


def test_good_matches_come_before_weaker_ones():
    texts = ["alpha kappa kappa", "alpha beta kappa", "beta kappa kappa", "alpha beta gamma", "kappa kappa kappa"]
    Document.objects.bulk_create(
        Document(kind="practice", key=key, language="en", text=text) for key, text in enumerate(texts, 1)
    )

    found = find("alpha beta", "en")

    assert [hit.key for hit in found.hits[: found.good]] == [2, 4]
    assert {hit.key for hit in found.hits[found.good :]} == {1, 3}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("query", ["alpha", "alpha beta", "omega kappa -beta", " ".join(WORDS)])
def test_what_a_filter_leaves_comes_in_the_order_of_everything_and_with_the_same_scores(seed, query):
    chance = random.Random(seed)
    Document.objects.bulk_create(
        Document(kind="practice", key=key, language=language, title=chance.choice(WORDS), text=" ".join(some))
        for key in range(1, 1400, 3)
        for language in chance.choice([["en"], ["en", "de"], ["de"]])
        if (some := chance.choices([*WORDS, "none"], k=chance.randint(1, 9)))
    )
    findings, keys = find(query, "en", correct=False), list(range(1400, 0, -1))
    placed = Placed(findings, Facets(keys, {}))
    everything = [keys.index(hit.key) for hit in findings.all_hits]

    for share in (0.02, 0.1, 0.2, 0.9):
        left = [place for place in everything if chance.random() < share]
        assert list(placed.order_of(bits_at(left, len(keys)))) == (left if share < 0.5 else everything)
    some = {hit.key: hit for hit in findings.all_hits if hit.key % 5 == 0}
    assert findings.hits_of([*some, 2, 5000]) == some
