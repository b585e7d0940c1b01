"""What a search box takes, and what it answers."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.models import Practice
from search.finding import find, marked, snippet
from search.matching import Hit
from search.models import Document, Synonym
from search.spelling import mended
from tests.factories import CityFactory, EventFactory, ParticipantFactory, PracticeFactory, SectorFactory, ThemeFactory


def titles(findings):
    """The keys of what was found, the best first."""
    return [hit.key for hit in findings.hits]


def practice(title, **values):
    """A practice that says nothing but its title."""
    return PracticeFactory(title=title, **{"summary": "", **values})


def test_find_puts_the_practice_with_more_of_the_words_first():
    both = practice("Vouchers for design")
    one = practice("Design week")
    practice("Music school")

    found = find("design vouchers", "en")

    assert titles(found) == [both.pk, one.pk]
    assert found.good == 1


def test_find_understands_a_whole_question():
    right = practice("Artists in factories")
    practice("Music school")

    assert titles(find("how can we get factories to work with artists?", "en")) == [right.pk]


def test_find_gives_a_word_in_the_title_more_weight_than_one_in_the_text():
    text = practice("Music school", summary="Design and music for all ages in the evening")
    title = practice("Design school", summary="Songs and music for all ages in the evening")

    assert titles(find("design", "en")) == [title.pk, text.pk]


def test_find_keeps_a_phrase_together():
    right = practice("Open data platform")
    practice("Data is open")

    assert titles(find('"open data"', "en")) == [right.pk]


def test_find_falls_back_to_the_words_of_a_phrase_that_stands_nowhere():
    right = practice("Data is open")

    found = find('"open data"', "en")

    assert titles(found) == [right.pk]
    assert found.good == 0


def test_find_leaves_out_what_follows_a_minus():
    right = practice("Design voucher")
    practice("Innovation voucher")

    assert titles(find("voucher -innovation", "en")) == [right.pk]
    assert titles(find('voucher -"innovation voucher"', "en")) == [right.pk]


def test_find_takes_a_hyphen_within_a_word_as_no_minus():
    right = practice("Co-working space")

    assert titles(find("co-working", "en")) == [right.pk]


def test_find_widens_with_or():
    both = {practice("Hackathon weekend").pk, practice("Maker faire").pk}
    practice("Music school")

    found = find("hackathon or faire", "en")

    assert set(titles(found)) == both
    assert found.good == 2
    assert set(titles(find('hackathon or "maker faire"', "en"))) == both


def test_find_counts_a_word_as_often_as_it_stands_in_the_query():
    design, music = practice("Design alpha"), practice("Music alpha")

    assert titles(find("design music music", "en")) == [music.pk, design.pk]
    assert titles(find("design design music", "en")) == [design.pk, music.pk]


def test_find_finds_other_forms_of_a_word():
    right = practice("Incubators")

    assert titles(find("incubator", "en")) == [right.pk]


@pytest.mark.parametrize("typed", ["Plzeň", "Plzen", "plzen", "Pilsen", "Czechia", "Tschechien", "Česko"])
def test_find_knows_a_city_under_all_its_names(typed):
    city = CityFactory(slug="plzen", name="Pilsen", local_name="Plzeň", country="CZ")
    right = practice("Resource sharing", city=city)
    practice("Music school")

    assert titles(find(typed, "en")) == [right.pk]


def test_find_finds_accented_words_without_accents():
    right = practice("Fabryka Sztuki, Łódź")

    assert titles(find("lodz", "en")) == [right.pk]


def test_find_finds_by_theme_sector_tag_and_organisation():
    right = practice(
        "Alpha",
        theme=ThemeFactory(name="Brokerage"),
        tags=["matchmaking"],
        creative_sectors=[SectorFactory(name="Fashion")],
    )
    ParticipantFactory(practice=right, name="Konstfack")
    practice("Music school")

    for word in ("brokerage", "matchmaking", "fashion", "Konstfack"):
        assert titles(find(word, "en")) == [right.pk]


def test_find_takes_the_last_word_as_a_beginning_when_asked():
    right = practice("Voucher for artists")

    assert titles(find("artists vouc", "en", prefix=True)) == [right.pk]
    assert find("vouc", "en", prefix=True).understood == "vouc"
    assert titles(find("vouc", "en", correct=False)) == []


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("incubater", "incubator"),
        ("deisgn voucher", "design voucher"),
        ("desing Voucher", "design Voucher"),
        ("crowdfuding", "crowdfunding"),
        ("creatve factry", "creative factory"),
    ],
)
def test_find_mends_misspelt_words_and_says_so(typed, understood):
    practice("Incubator for design, voucher, crowdfunding")
    practice("The creative factory")

    found = find(typed, "en")

    assert found.understood == understood
    assert found.asked == typed
    assert len(found.hits) == 1


def test_word_that_is_too_long_to_be_one_is_not_mended(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert mended({"a" * 46, "a" * 2000}, frozenset(), vocabulary=None) == {}


def test_find_mends_the_habits_of_german_typists():
    right = practice("Gründerzentrum für Künstler")

    assert titles(find("gruenderzentrum", "de")) == [right.pk]
    assert titles(find("kuenstler", "de")) == [right.pk]


def test_find_prefers_the_more_frequent_of_equally_near_words():
    practice("Maker")
    practice("Maker")
    practice("Baker")

    assert find("daker", "en").understood == "maker"


@pytest.mark.parametrize("text", ["design", '"desgin"', "2015x", "ab"])
def test_find_never_mends_known_quoted_numbered_or_short_words(text):
    practice("Design 2015 abc, desighn")

    assert find(text, "en").understood == text


def test_find_does_not_mend_when_told_not_to():
    practice("Incubator")

    found = find("incubater", "en", correct=False)

    assert (found.understood, found.hits) == ("incubater", [])


def test_find_knows_synonyms_as_soon_as_they_are_written():
    right = practice("Zebra crossing")
    assert titles(find("quagga", "en", correct=False)) == []

    Synonym.objects.create(words=["quagga", "zebra crossing", "okapi"])

    assert titles(find("quagga", "en")) == [right.pk]
    assert titles(find("quaggas", "en")) == [right.pk]


def test_find_knows_synonyms_of_several_words():
    sme, phrase = practice("SME fund"), practice("Money for small and medium-sized enterprises")
    practice("Small talk")

    assert titles(find("SME", "en")) == [sme.pk, phrase.pk]
    found = find("small and medium-sized enterprise", "en")
    assert set(titles(found)[:2]) == {sme.pk, phrase.pk}


def test_find_ships_with_synonyms():
    right = practice("Fab lab of the city")

    assert titles(find("makerspace", "en")) == [right.pk]


def test_find_gives_one_practice_once_in_the_language_of_the_page():
    right = practice("Design centre Bilbao")
    right.create_translation("de", title="Designzentrum Bilbao", summary="")

    assert [(hit.key, hit.language) for hit in find("bilbao", "de").hits] == [(right.pk, "de")]
    assert [(hit.key, hit.language) for hit in find("bilbao", "en").hits] == [(right.pk, "en")]


def test_find_puts_equals_in_the_language_of_the_page_first():
    english = practice("Bilbao alpha")
    german = practice("Bilbao gamma")
    german.translations.update(language_code="de")

    assert titles(find("bilbao", "en")) == [english.pk, german.pk]
    assert titles(find("bilbao", "de")) == [german.pk, english.pk]


def test_find_finds_practices_written_in_other_languages_only():
    right = practice("Kūrybinės partnerystės mokyklose")
    right.translations.update(language_code="lt")

    assert titles(find("mokykla kurybine", "en")) == [right.pk]


def test_find_leaves_out_unpublished_practices():
    hidden = practice("Secret design")
    Practice.objects.filter(pk=hidden.pk).update(state="draft")

    assert find("secret", "en").hits == []


def test_find_finds_every_kind():
    city = CityFactory(slug="bilbao", name="Bilbao")
    found = {("city", city.pk), ("practice", practice("Design", city=city).pk)}
    found.add(("event", EventFactory(title="Bilbao workshop").pk))
    found.add(("theme", ThemeFactory(name="Bilbao effect").pk))

    assert {(hit.kind, hit.key) for hit in find("bilbao", "en", kind=None).hits} == found


def test_find_answers_long_queries():
    right = practice("Design voucher")
    text = "the city of design " + "alpha beta gamma delta " * 60

    assert titles(find(text, "en")) == [right.pk]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\0", "a\0b", '"', '""', '"""', "-", "--", "- - -", "or", "or or", "| & ! ( ) : * <->", "'", "\\",
        "%", "%%s",
        "'; DROP TABLE search_document; --", "<script>alert(1)</script>", "design" * 2000, "x " * 5000, '" - or "',
        "-design", "\ud800", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "日本語", "🎨", "a" * 10_000, '-"', "or design", "design or",
        "design or -voucher", "\x01\x7f",
    ],
)  # fmt: skip
def test_find_never_fails(text):
    practice("Design")

    for prefix in (False, True):
        found = find(text, "en", kind=None, prefix=prefix)
        marked("Design <b>", found)
        snippet(found, found.hits)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.sampled_from(["en", "de", "lt", "pl"]), st.booleans())
def test_find_never_fails_on_any_text(text, language, prefix):
    assert isinstance(find(text, language, prefix=prefix).hits, list)


def test_marked_escapes_and_marks_forms_of_the_words():
    practice("Designers")
    found = find("designer", "en")

    assert marked("<script>Designers</script> & design", found) == (
        "&lt;script&gt;<mark>Designers</mark>&lt;/script&gt; &amp; design"
    )


def test_snippet_shows_the_best_passage_escaped():
    filler = "Nothing is said here about it. " * 30
    text = filler + "<b>Voucher</b> for design & crafts. " + filler
    Document.objects.create(kind="theme", key=1, language="en", title="Alpha", text=text)
    found = find("design voucher", "en", kind="theme")

    passage = snippet(found, found.hits)["theme", 1]

    assert "&lt;b&gt;<mark>Voucher</mark>&lt;/b&gt; for <mark>design</mark> &amp; crafts." in passage
    assert "<b>" not in passage
    assert len(passage) < 400


def test_snippet_asks_once_however_many_hits(django_assert_num_queries):
    for number in range(3):
        practice(f"Design {number}")
    found = find("design", "en")

    with django_assert_num_queries(1):
        assert len(snippet(found, found.hits)) == 3
        assert found.words == {"design"}
    assert find("design", "en").words == {"design"}


def test_find_asks_as_often_for_one_hit_as_for_many():
    practice("Design")
    find("design", "en")
    before = count_queries()
    for number in range(5):
        practice(f"Design {number}")
    find("design", "en")

    assert count_queries() == before


def count_queries():
    """How many queries a search costs."""
    with connection.execute_wrapper(lambda run, *args: counted.append(1) or run(*args)):
        counted = []
        find("design", "en")
        return len(counted)


def test_hits_name_what_was_found():
    right = practice("Design")

    (hit,) = find("design", "en").hits

    assert hit == Hit("practice", right.pk, hit.score, "en")
    assert hit.score > 0
