import pytest
from hypothesis import given
from hypothesis import strategies as st

from editing.merging import merge, settle

WORDS = st.text(alphabet="abc ", max_size=4)
TAGS = st.lists(st.sampled_from(["design", "craft", "loom", "data"]), unique=True).map(sorted)
ROWS = st.lists(st.fixed_dictionaries({"title": st.sampled_from(["A", "B", "C"]), "url": WORDS}), max_size=3)
CONTENTS = st.fixed_dictionaries(
    {
        "texts": st.dictionaries(
            st.sampled_from(["en", "de"]), st.fixed_dictionaries({"title": WORDS, "summary": WORDS}), max_size=2
        ),
        "tags": TAGS,
        "sources": ROWS,
        "start_year": st.sampled_from([None, 2012, 2013]),
    }
)


def content(**fields):
    return {"texts": {"en": {"title": "Voucher", "summary": "Half."}}, "tags": ["design"], "start_year": None, **fields}


def test_changes_of_different_fields_are_both_kept():
    theirs = content(texts={"en": {"title": "Voucher", "summary": "A third."}})
    mine = content(texts={"en": {"title": "Grant", "summary": "Half."}}, start_year=2012)

    merged, conflicts = merge(content(), theirs, mine)

    assert merged == content(texts={"en": {"title": "Grant", "summary": "A third."}}, start_year=2012)
    assert conflicts == []


def test_lists_keep_what_either_added_and_leave_out_what_either_took_away():
    merged, conflicts = merge(
        content(tags=["craft", "design"]), content(tags=["craft", "loom"]), content(tags=["craft", "data", "design"])
    )

    assert (merged["tags"], conflicts) == (["craft", "loom", "data"], [])


def test_a_field_that_both_changed_is_asked_about_and_can_be_put_together():
    base, theirs, mine = (
        content(texts={"en": {"title": "Voucher", "summary": text}}) for text in ("Half.", "A third.", "Two thirds.")
    )

    merged, conflicts = merge(base, theirs, mine)
    settled = settle(merged, conflicts, {"summary.en": ("both", "A third, later two thirds.")})

    assert [(one.label, one.as_theirs, one.as_mine) for one in conflicts] == [
        ("Summary (English)", "A third.", "Two thirds.")
    ]
    assert settled["texts"]["en"]["summary"] == "A third, later two thirds."


@pytest.mark.parametrize(("choice", "text"), [("mine", "Two thirds."), ("theirs", "A third.")])
def test_one_of_both_can_be_chosen(choice, text):
    base, theirs, mine = (
        content(texts={"en": {"title": "Voucher", "summary": text}}) for text in ("Half.", "A third.", "Two thirds.")
    )
    merged, conflicts = merge(base, theirs, mine)

    assert settle(merged, conflicts, {"summary.en": (choice, "")})["texts"]["en"]["summary"] == text


def test_texts_that_one_deleted_and_the_other_changed_stay():
    german = {"title": "Gutschein", "summary": "Die Hälfte."}
    base = content(texts={"de": german})

    merged, conflicts = merge(base, content(texts={}), content(texts={"de": {**german, "title": "Scheck"}}))

    assert (merged["texts"], conflicts) == ({"de": {**german, "title": "Scheck"}}, [])


@given(CONTENTS, CONTENTS)
def test_who_changed_nothing_stands_in_nobodys_way(base, mine):
    for merged, conflicts in (merge(base, base, mine), merge(base, mine, base)):
        assert conflicts == []
        assert merged["tags"] == mine["tags"]
        assert merged["start_year"] == mine["start_year"]


@given(CONTENTS, CONTENTS, CONTENTS)
def test_every_word_is_in_the_merged_content_or_asked_about(base, theirs, mine):
    merged, conflicts = merge(base, theirs, mine)
    asked = {conflict.key for conflict in conflicts}

    for language, texts in mine["texts"].items():
        for column, text in texts.items():
            changed = text != base["texts"].get(language, {}).get(column, "")
            if changed and f"{column}.{language}" not in asked:
                assert merged["texts"][language][column] == text
    for row in mine["sources"]:
        if row not in base["sources"] and "sources" not in asked:
            assert row in merged["sources"]
