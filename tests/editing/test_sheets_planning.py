import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from editing.sheets.planning import planned
from editing.sheets.tables import table_of
from tests.editing.people import coordinator_of
from tests.editing.sheet_files import sheet
from tests.editing.sheet_plans import NEW, draft, outcome, plan_of, problems
from tests.factories import (
    CityFactory,
    ParticipantFactory,
    PracticeSourceFactory,
    SectorFactory,
    ThemeFactory,
)


@pytest.fixture
def lyon():
    ThemeFactory(slug="brokerage")
    return CityFactory(slug="lyon")


@pytest.fixture
def writer(lyon):
    return coordinator_of(lyon)


def test_a_new_practice_is_told_with_all_that_it_would_say(writer):
    SectorFactory(slug="crafts", name="Crafts")
    record = NEW | {
        "city": " LYON ",
        "theme": "Brokerage",
        "language": "French",
        "creative_sectors": "crafts",
        "further_countries": "Estonia; AT",
        "start_year": "2012.0",
        "end_year": "2015-06-30",
        "outcome": "Did not work",
        "lat": "45,76",
        "lon": "4.83",
        "confirmed_by_project": "Yes",
        "analysis_fields": "Lessons learnt",
        "organisations": "lead | Atelier\nFunder | City | https://example.org",
        "sources": "Report | https://example.org/r | figures",
    }
    record["language"] = "Italian"

    (row,) = plan_of(writer, record).rows

    assert (row.status, row.language, row.problems) == ("new", "it", [])
    assert {column: new for column, old, new in row.changes if not old} == {
        "title": "Design voucher",
        "summary": "A grant.",
        "city": "lyon",
        "theme": "brokerage",
        "further_countries": "AT; EE",
        "creative_sectors": "crafts",
        "start_year": "2012",
        "end_year": "2015",
        "lat": "45.76",
        "lon": "4.83",
        "organisations": "lead | Atelier\nfunder | City | https://example.org",
        "sources": "Report | https://example.org/r | figures",
        "analysis_fields": "lessons",
    }
    assert [change for change in row.changes if change[1]] == [
        ["outcome", "unknown", "did-not-work"],
        ["confirmed_by_project", "no", "yes"],
    ]


def test_what_changes_is_told_with_old_and_new(writer, lyon):
    practice = draft(lyon, slug="a", title="One", summary="Old.", start_year=2010, tags=["craft"])
    PracticeSourceFactory(practice=practice, title="Report | 2012", url="")

    record = {"slug": "a", "summary": "New.", "start_year": "", "tags": "Craft; wood", "sources": "Report \\| 2012"}

    assert outcome(writer, record) == [
        ("changed", [["summary", "Old.", "New."], ["tags", "craft", "craft; wood"], ["start_year", "2010", ""]], [])
    ]


def test_what_is_not_in_the_file_stays_and_what_says_the_same_is_unchanged(writer, lyon):
    practice = draft(lyon, slug="a", title="One", lat=45.0, lon=4.25, outcome="running", description="a\r\nb")
    ParticipantFactory(practice=practice, name="Atelier", url="")
    record = {
        "slug": "a",
        "title": " One\u00a0",
        "city": lyon.name,
        "lat": "45,0",
        "lon": "4.250",
        "outcome": "RUNNING",
        "description": "a\nb",
        "organisations": "LEAD|Atelier||",
        "theme_from_source": "",
    }

    assert outcome(writer, record) == [("unchanged", [], [])]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("title", "x" * 201, "at most 200 characters"),
        ("title", "one\ntwo", "must be one line"),
        ("title", "", "is needed."),
        ("summary", "x" * 601, "at most 600 characters"),
        ("results", "x" * 50_001, "has more than 50000 characters."),
        ("city", "Atlantis", "“Atlantis” is not known here."),
        ("city", "", "is needed."),
        ("theme", "brokerages", "Did you mean “brokerage”?"),
        ("language", "Klingon", "“Klingon” is not known here."),
        ("creative_sectors", "mining", "“mining” is not known here."),
        ("further_countries", "Narnia", "“Narnia” is not known here."),
        ("start_year", "twelve", "must be a year such as 2012, not “twelve”."),
        ("start_year", "1066", "greater than or equal to 1800"),
        ("start_year", "2012.5", "must be a year such as 2012"),
        ("end_year", "12012", "less than or equal to 2100"),
        ("outcome", "great", "“great” is not known here."),
        ("lat", "north", "must be a number, not “north”."),
        ("lat", "nan", "must be a number, not “nan”."),
        ("lat", "91", "less than or equal to 90"),
        ("lat", "45", "A position needs both latitude and longitude."),
        ("website", "javascript:alert(1)", "valid URL"),
        ("website", "ftp://example.org", "valid URL"),
        ("confirmed_by_project", "perhaps", "must be yes or no, not “perhaps”."),
        ("tags", "x" * 101, "A tag has at most 100 characters."),
        ("organisations", "lead", "line 1: “name” is missing."),
        ("organisations", "lead | A\nboss | B", "line 2: “boss” is not known here."),
        ("organisations", "lead | A | no address", "line 1: Enter a valid URL."),
        ("sources", "a | b | c | d", "line 1 has more than 3 parts."),
        ("sources", "| https://example.org", "line 1: “title” is missing."),
        ("original_language", "Swedish", "must be a language in which the practice is written."),
        ("slug", "no spaces", "Enter a valid “slug”"),
    ],
)
def test_a_row_is_refused_by_column_and_in_plain_words(writer, column, cell, said):
    (row,) = plan_of(writer, NEW | {column: cell}).rows

    assert row.status == "refused"
    found = dict(row.problems)
    named = {"lat": "lon"} if "both" in said else {}
    assert said in found[named.get(column, column)], found


def test_years_must_be_in_order_and_the_whole_row_tells_all_that_is_wrong(writer):
    record = NEW | {"start_year": "2015", "end_year": "2012", "lat": "x", "theme": ""}

    assert problems(writer, record) == [
        [
            ["lat", "must be a number, not “x”."],
            ["theme", "is needed."],
            ["end_year", "The last year lies before the first year."],
        ]
    ]


@pytest.mark.parametrize(
    ("cell", "year"),
    [("2012", 2012), ("2012.0", 2012), ("2012,0", 2012), ("2012.", 2012), ("2012-05-01", 2012), ("1905-07-04", 2012)],
)
def test_a_year_is_understood_whatever_a_program_made_of_it(writer, cell, year):
    plan = plan_of(writer, NEW | {"start_year": cell})

    assert plan.proposals[0].new["start_year"] == year


def test_rows_in_several_languages_are_one_practice_and_facts_stand_in_one_of_them(writer):
    rows = [
        NEW | {"slug": "voucher", "language": "en", "start_year": "", "outcome": "running"},
        {"slug": "voucher", "language": "it", "title": "Buono", "start_year": "2012", "outcome": "running"},
    ]

    plan = plan_of(writer, *rows)

    assert [row.status for row in plan.rows] == ["new", "new"]
    (proposal,) = plan.proposals
    assert (proposal.new["start_year"], proposal.new["city"], proposal.new["original_language"]) == (2012, "lyon", "en")
    assert {code: text["title"] for code, text in proposal.new["texts"].items()} == {
        "en": "Design voucher",
        "it": "Buono",
    }
    assert [change for change in plan.rows[1].changes if change[0] == "start_year"] == [["start_year", "", "2012"]]


def test_facts_that_contradict_each_other_and_rows_that_are_there_twice_are_refused(writer):
    rows = [
        NEW | {"slug": "voucher", "start_year": "2012"},
        {"slug": "voucher", "language": "it", "title": "Buono", "start_year": "2013"},
        {"slug": "voucher", "language": "it", "title": "Altro"},
        {"slug": "voucher", "language": "sv", "title": ""},
    ]

    assert problems(writer, *rows) == [
        [],
        [["start_year", "differs from row 2, which is about the same practice: a fact is the same in all its rows."]],
        [["language", "Row 3 is about the same practice in the same language."]],
        [["title", "is needed."]],
    ]


def test_what_a_practice_cannot_be_without_is_not_emptied(writer, lyon):
    draft(lyon, slug="a")

    emptied = {"slug": "a", "title": "", "city": "", "theme": "", "original_language": "", "outcome": ""}

    assert problems(writer, emptied) == [
        [[name, "must not be empty."] for name in ("title", "city", "theme", "original_language")]
    ]


def test_a_new_practice_without_latin_letters_needs_a_slug(writer):
    assert problems(writer, NEW | {"title": "Ателье"}, NEW | {"title": "Ателье", "slug": "atelier"}) == [
        [["slug", "is needed: the title has no Latin letters to make it from."]],
        [],
    ]


def test_rich_text_is_cleaned_before_it_is_shown_or_written(writer):
    cell = "<p onclick='x()'>Who <strong>pays</strong></p><script>alert(1)</script><ul><li>one</li></ul>"

    (row,) = plan_of(writer, NEW | {"results": cell}).rows

    assert {key: new for key, _old, new in row.changes}["results"] == (
        "<p>Who <strong>pays</strong></p><ul><li>one</li></ul>"
    )


def test_the_digest_moves_with_what_would_be_done(writer, lyon):
    practice = draft(lyon, slug="a", title="One")
    record = {"slug": "a", "title": "Two"}
    before = plan_of(writer, record).digest()

    assert plan_of(writer, record).digest() == before
    practice.title = "Three"
    practice.save()
    assert plan_of(writer, record).digest() != before


def test_a_plan_asks_the_same_number_of_queries_for_one_row_and_for_many(writer, lyon):
    records = [{"slug": draft(lyon).slug, "title": "New", "city": "lyon", "tags": "a"} for _number in range(8)]

    def queries(some):
        with CaptureQueriesContext(connection) as taken:
            planned(writer, table_of(sheet(*some, *(NEW for _record in some))))
        return len(taken)

    queries(records[:1])
    assert queries(records) == queries(records[:1])


def test_refusals_speak_the_language_of_the_person(writer):
    with translation.override("de"):
        (row,) = plan_of(writer, NEW | {"website": "nowhere"}).rows

    assert "gültige" in dict(row.problems)["website"]
