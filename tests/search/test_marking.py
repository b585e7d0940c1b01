"""Why something was found is shown: its words are marked, however they are written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.marking import LENGTH, best_passage, mark
from search.words import WORD, fold


@pytest.mark.parametrize(
    ("text", "word", "marked"),
    [
        ("In Plzeň and PLZEŇ", "plzen", "In <mark>Plzeň</mark> and <mark>PLZEŇ</mark>"),
        ("Große Straße, große Wirkung", "strasse", "Große <mark>Straße</mark>, große Wirkung"),
        ("Große Straße, große Wirkung", "wirkung", "Große Straße, große <mark>Wirkung</mark>"),
        ("Łódź and Æther", "aether", "Łódź and <mark>Æther</mark>"),
        ("20 000 m² in İzmir", "izmir", "20 000 m² in <mark>İzmir</mark>"),
        ("The U.S. and us", "us", "The <mark>U.S</mark>. and <mark>us</mark>"),
        ("Designers design redesign", "design", "Designers <mark>design</mark> redesign"),
        ("<b>art</b> & craft", "art", "&lt;b&gt;<mark>art</mark>&lt;/b&gt; &amp; craft"),
        ("Москва", "москва", "<mark>Москва</mark>"),
    ],
)
def test_word_is_marked_whatever_its_case_accents_and_points(text, word, marked):
    assert mark(text, {word}) == marked


WORDS = st.lists(st.sampled_from(["art", "Kunst", "Straße", "Łódź", "m²", "ﬁlm", "city", "Æther", "x"]), min_size=1)
GAPS = st.lists(st.sampled_from([" ", ", ", ". ", "\n", "-", "_", " <&> "]), min_size=60, max_size=60)


@given(WORDS, GAPS, st.sets(st.sampled_from(["art", "kunst", "strasse", "lodz", "m2", "film", "city", "x"])))
def test_marks_stand_where_looking_at_each_word_finds_them(words, gaps, wanted):
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=False))

    marked = re.findall("<mark>(.*?)</mark>", mark(text, wanted))

    assert marked == [word[0] for word in WORD.finditer(text) if fold(word[0]) in wanted]


@given(WORDS, GAPS)
def test_marking_changes_no_letter(words, gaps):
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=False)).replace("<&>", "")

    assert re.sub("</?mark>", "", mark(text, {"art", "strasse", "m2"})) == text


def test_passage_is_the_one_with_most_of_the_words():
    text = "Design alone. " + "Nothing here. " * 40 + "Design for health with städten. " + "Nothing. " * 40

    passage = best_passage(text, {"design", "health", "stadten"})

    assert passage.startswith("… ")
    assert passage.endswith(" …")
    assert "<mark>Design</mark> for <mark>health</mark> with <mark>städten</mark>" in passage
    assert len(re.sub("<[^>]*>", "", passage)) <= LENGTH + 4


def test_text_without_the_words_begins_at_its_beginning():
    assert best_passage("Short text.", {"absent"}) == "Short text."
