import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editing.sheets.alike import Alike
from editing.sheets.cells import (
    FORBIDDEN,
    Wrong,
    fields_of,
    guarded,
    joined,
    line_of,
    listed,
    said,
    text_of,
    word,
)

letters = st.characters(exclude_categories=["Cs", "Cc"])
texts = st.text(letters)
names = st.text(letters, min_size=1).map(lambda name: " ".join(name.split())).filter(lambda name: name.strip(" ;"))


@given(texts)
@example("=1+1")
@example("'=1+1")
@example("''  @sum")
@example("'quoted' words")
def test_what_is_neutralised_on_the_way_out_is_itself_again_on_the_way_in(text):
    assert text_of(guarded(text)) == said(text)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "'=1", "\r\n=1"])
def test_a_text_that_looks_like_a_formula_goes_out_behind_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@given(st.lists(names.filter(lambda name: name == name.strip()), unique=True))
@example(["open; data", "craft"])
@example(["craft, design"])
@example(["a;b"])
def test_several_values_of_a_cell_are_read_as_they_were_written(values):
    assert listed(text_of(joined(values))) == values


@pytest.mark.parametrize("cell", ["a b;c", "a b; c ;", "a b, c", "a b\nc", "\na b\n\nc\n"])
def test_values_may_be_separated_by_semicolons_commas_or_line_breaks(cell):
    assert listed(cell) == ["a b", "c"]


@given(st.lists(texts.map(str.strip), min_size=1, max_size=3))
@example(["a|b", "c\\", "\\|"])
def test_the_parts_of_a_line_are_read_as_they_were_written(parts):
    read = fields_of(line_of(parts))

    while parts and not parts[-1]:
        parts = parts[:-1]
    assert read == (parts or [""])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2012.0, "2012"),
        (54.7, "54.7"),
        (None, ""),
        (True, "true"),
        (datetime.datetime(2015, 6, 30), "2015-06-30"),
        (datetime.date(2015, 6, 30), "2015-06-30"),
        ("\u00a0Cafe\u0301\u00a0\u2003", "Café"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("“curly”", "“curly”"),
    ],
)
def test_a_cell_is_text_whatever_a_program_made_of_it(value, text):
    assert text_of(value) == text


@pytest.mark.parametrize("code", [0, 8, 11, 0x1F, 0x7F, 0xD800, 0xFFFE])
def test_a_character_that_no_page_can_show_is_named(code):
    with pytest.raises(Wrong, match=f"U\\+{code:04X}"):
        text_of(f"a{chr(code)}b")

    assert FORBIDDEN.sub("", f"a{chr(code)}b") == "ab" == guarded(f"a{chr(code)}b")


def test_names_are_compared_without_regard_to_capitals_spaces_and_kinds_of_hyphen():
    assert word(" Culture\u2011Based\u00a0 Innovation ") == "culture-based innovation"


def test_titles_that_say_nearly_the_same_are_found():
    titles = Alike()
    for title in ("Design voucher for small firms", "Café des métiers", "The house of makers"):
        titles.add(title)

    assert titles.like("Design vouchers for small firms") == "Design voucher for small firms"
    assert titles.like("CAFE DES METIERS") == "Café des métiers"
    assert titles.like("A market of ideas") is None
    assert Alike().like("anything") is None
