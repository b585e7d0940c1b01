"""Texts of other fields than ours are found by their words, whatever our own rules are."""

import math
import random
from collections import Counter

import pytest

from search.codes import B, K
from search.finding import find
from search.models import Document
from search.query import TYPED

LONG = (
    "The results of this trial show that the effect of the treatment was not significant in either group of patients. "
)


def write(*texts, title=""):
    """Documents of practices with these texts, numbered from 1."""
    Document.objects.bulk_create(
        Document(kind="practice", key=key, language="en", title=title, text=text) for key, text in enumerate(texts, 1)
    )


def found(text, **options):
    """The keys of what is found, the best first."""
    return [hit.key for hit in find(text, "en", **options).all_hits]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Effects of aspirin/ibuprofen on platelets.", "ibuprofen"),
        ("Wall heating.Transition is delayed.", "transition"),
        ("Levels of IL-6 after COVID-19.", "COVID 19"),
        ("Survival (p<0.05, n>30) of mice.", "mice survival"),
        ("A study in the U.S. of smokers.", "us smokers"),
        ("A study in the US of smokers.", "U.S. smokers"),
        ("Alzheimer’s disease.", "Alzheimer's"),
        ("The low_speed tunnel.", "speed"),
        ("H1N1 and p53.", "h1n1"),
        ("Boundary-layer flow.", "boundary layer"),
        ("Boundary layer flow.", "boundary-layer"),
    ],
)
def test_words_are_found_whatever_signs_stand_around_them(text, words):
    write(text, "Nothing of the kind.")

    assert found(words, correct=False) == [1]


def test_a_rare_word_that_stands_in_the_index_is_never_taken_for_a_frequent_one():
    write("Casein micelles.", *["Caseins of caesin.", "Cavern, cavern."] * 20)

    assert find("casein", "en").understood == "casein"
    assert find("cavern micelle", "en").understood == "cavern micelle"


def test_a_word_is_not_mended_twice_in_a_sentence():
    write("The protein kinase inhibits tumour growth in transgenic mice.", "Other")

    assert find("protien kinase", "en").understood == "protein kinase"
    sentence = "protein kynaze inhibits tumour growth in mice"
    assert find(sentence, "en").understood == sentence


def test_a_pasted_text_commands_nothing():
    text = LONG + 'A "double blind" design -or not- was used, minus -mice, or rats; incubater.'
    write("A blind design for mice and rats.", "Incubators and makerspaces.", "A double helix.")

    findings = find(text, "en")

    assert findings.understood == findings.asked == text
    assert [hit.key for hit in findings.hits] == [1, 3]


def test_or_changes_what_is_a_good_match_and_not_the_order():
    write("Bones heal.", "Bones and joints heal.", "Joints and joints.", "Heal")

    assert found("bones or joints") == found("bones joints")
    assert find("bones or joints", "en").good == 3
    assert find("bones joints", "en").good == 1


def bm25(texts, query):
    """The keys in the order of BM25, which counts words of the query as often as they stand there."""
    bags = {key: Counter(text.split()) for key, text in enumerate(texts, 1)}
    average = sum(sum(bag.values()) for bag in bags.values()) / len(bags)
    scores = Counter()
    for word, times in Counter(query.split()).items():
        number = sum(word in bag for bag in bags.values())
        weight = times * math.log(1 + (len(bags) - number + 0.5) / (number + 0.5))
        for key, bag in bags.items():
            if bag[word]:
                length = 1 - B + B * sum(bag.values()) / average
                scores[key] += weight * bag[word] * (K + 1) / (bag[word] + K * length)
    return scores


@pytest.mark.parametrize("length", [TYPED + 1, 40, 200])
@pytest.mark.parametrize("seed", range(3))
def test_a_long_text_is_ranked_by_bm25_over_all_its_words(seed, length):
    chance = random.Random(seed)
    words = [f"{a}{b}{c}" for a in "bdgklmp" for b in "aou" for c in "bdgklmp"]
    shares = [1 / (place + 1) for place in range(len(words))]
    texts = [" ".join(chance.choices(words, shares, k=chance.randint(20, 120))) for _text in range(700)]
    write(*texts)
    query = " ".join(chance.choices(words, shares, k=length))

    scores, hits = bm25(texts, query), find(query, "en", correct=False).hits

    best = sorted(scores.values(), reverse=True)
    assert len(hits) >= 60
    for place, hit in enumerate(hits):
        assert scores[hit.key] == pytest.approx(best[place], rel=0.05)
        assert hit.score == pytest.approx(scores[hit.key], rel=0.06)


def test_everything_that_is_found_comes_once_however_far_one_goes():
    chance = random.Random(1)
    write(*(" ".join(chance.choices(["alpha", "beta", "gamma", "delta"], k=9)) for _text in range(2500)))

    findings = find("alpha beta", "en", correct=False)
    keys = [hit.key for hit in findings.all_hits]

    assert len(keys) == len(set(keys)) == findings.number
    assert keys[: len(findings.hits)] == [hit.key for hit in findings.hits]
    assert 0 < findings.good < findings.number
