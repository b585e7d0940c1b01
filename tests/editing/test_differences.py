from hypothesis import given
from hypothesis import strategies as st

from editing.differences import changes, words_changed
from tests.factories import CityFactory, SectorFactory

WORDS = st.lists(st.sampled_from(["the", "loom", "of", "Łódź", "2012", "grant.", "“half”", "\n\n"]), max_size=20)


def test_changed_words_are_marked_and_the_others_stay():
    pieces = words_changed("The grant pays half of the fee.", "The grant pays a third of the fee.")

    assert pieces == [
        ("same", "The grant pays "),
        ("del", "half"),
        ("ins", "a third"),
        ("same", " of the fee."),
    ]


def test_small_words_between_changes_are_part_of_one_change():
    pieces = words_changed("A bonus that pays up to half.", "A grant for the firms of a city.")

    assert pieces == [
        ("same", "A "),
        ("del", "bonus that pays up to half"),
        ("ins", "grant for the firms of a city"),
        ("same", "."),
    ]


@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_the_difference(one, other):
    old, new = " ".join(one), " ".join(other)

    pieces = words_changed(old, new)

    assert "".join(text for what, text in pieces if what != "ins") == old
    assert "".join(text for what, text in pieces if what != "del") == new


def test_each_field_that_differs_is_named_as_editors_know_it():
    old = {"texts": {"en": {"title": "Voucher", "summary": "Half."}}, "outcome": "running", "tags": ["design"]}
    new = {
        "texts": {"en": {"title": "Voucher", "summary": "A third."}, "de": {"title": "Gutschein"}},
        "outcome": "ended",
        "tags": ["design", "grants"],
        "sources": [{"title": "Report", "url": "https://example.org", "supports": ""}],
        "start_year": 2012,
    }

    found = [(change.label, change.old, change.new) for change in changes(old, new)]

    assert found == [
        ("Title (German)", "", "Gutschein"),
        ("Summary (English)", "Half.", "A third."),
        ("What became of it", "Running", "Ended"),
        ("Tags", "design", "design\ngrants"),
        ("Sources", "", "Report · https://example.org"),
        ("First year", "", "2012"),
    ]


def test_what_is_empty_in_both_is_no_difference():
    assert changes({"tags": [], "lat": None, "texts": {}}, {"texts": {"en": {"title": ""}}}) == []


def test_a_source_that_was_kept_with_its_parts_in_another_order_is_said_in_the_same_order():
    old = {"sources": [{"url": "https://example.org", "title": "Report", "supports": "Figures"}]}
    new = {"sources": [{"title": "New report", "url": "https://example.org", "supports": "Figures"}]}

    (change,) = changes(old, new)

    assert change.old == "Report · https://example.org · Figures"
    assert change.new == "New report · https://example.org · Figures"


def test_cities_themes_and_sectors_are_called_by_their_names():
    CityFactory(slug="plzen", name="Plzeň")
    SectorFactory(slug="crafts", name="Crafts")

    found = changes({"city": "gone"}, {"city": "plzen", "creative_sectors": ["crafts"]})

    assert [(change.old, change.new) for change in found] == [("gone", "Plzeň"), ("", "Crafts")]
