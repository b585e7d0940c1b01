import io
import tracemalloc

import pytest
from openpyxl import load_workbook

from editing.flow import do
from editing.sheets.blank import blank_csv, blank_workbook
from editing.sheets.cells import TOO_LONG
from editing.sheets.columns import HEADINGS
from editing.sheets.exporting import keys_of, pieces, visible_keys
from editing.sheets.importing import imported
from editing.sheets.planning import planned
from editing.sheets.tables import table_of
from practices.models import Practice
from tests.editing.cases import in_review, ready
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.editing.sheet_files import records_of, sheet
from tests.factories import (
    CityFactory,
    ParticipantFactory,
    PracticeFactory,
    PracticeSourceFactory,
    SectorFactory,
    ThemeFactory,
)

FORMS = ["csv", "xlsx"]


def exported(person, form="csv", chosen=None):
    return b"".join(pieces(form, visible_keys(person, chosen), Practice.objects.all()))


def slugs(person, chosen=None):
    return [record["slug"] for record in records_of(exported(person, chosen=chosen))]


def awkward(**facts):
    """A practice whose cells are hard to carry through a spreadsheet."""
    practice = PracticeFactory(
        title="=HYPERLINK(1)",
        summary="'-quoted\r\n\r\nsecond \x0b paragraph _x000D_",
        description="@SUM | \t \\| “curly” \u00a0 é",
        lat=-0.1234567,
        lon=1e-05,
        start_year=2012,
        further_countries=["AT", "FI"],
        analysis_fields=["challenge", "results"],
        tags=["a; b", "+c", "'=d"],
        creative_sectors=[SectorFactory(), SectorFactory()],
        growth_sectors=[SectorFactory(kind="growth")],
        further_themes=[ThemeFactory()],
        further_cities=[CityFactory()],
        **facts,
    )
    practice.create_translation("it", title="Due", summary="+39", description="")
    PracticeSourceFactory(practice=practice, title="A | B \\", url="", supports="all")
    PracticeSourceFactory(practice=practice, title="-", url="https://example.org/a|b", supports="")
    ParticipantFactory(practice=practice, name="=Org", url="")
    return practice


@pytest.mark.parametrize("form", FORMS)
def test_what_goes_out_comes_in_unchanged(form):
    awkward(slug="a")
    awkward(slug="b", state=Practice.State.DRAFT, confirmed_by_project=True, evidence="measured")
    PracticeFactory(slug="plain", tags=["craft, design"])

    plan = planned(webmaster(), table_of(exported(webmaster(), form)))

    assert [(row.slug, row.language, row.changes, row.problems) for row in plan.rows if row.status != "unchanged"] == []
    assert (plan.notes, len(plan.rows)) == ([], 5)


@pytest.mark.parametrize("form", FORMS)
def test_what_goes_out_for_one_site_can_be_entered_in_another(form):
    city, theme = CityFactory(slug="lyon"), ThemeFactory(slug="brokerage")
    awkward(slug="a", city=city, theme=theme)
    data = exported(webmaster(), form)
    Practice.objects.all().delete()

    imported(webmaster(), table_of(data))

    def told(data):
        facts = [{**record, "state": ""} for record in records_of(data)]
        return [{key: str(cell).replace("\r", "") for key, cell in record.items()} for record in facts]

    for one, other in zip(told(exported(webmaster(), form)), told(data), strict=True):
        assert {key: (one[key], other[key]) for key in one if one[key] != other[key]} == {}


@pytest.mark.parametrize("form", FORMS)
def test_no_cell_that_goes_out_is_a_formula(form):
    awkward(slug="a")

    records = records_of(exported(webmaster(), form))

    assert records[0]["title"] == "'=HYPERLINK(1)"
    assert records[0]["organisations"] == "lead | =Org"
    assert records[1]["summary"] == "'+39"
    cells = [cell for record in records for cell in record.values() if isinstance(cell, str)]
    numbers = {"-0.1234567"} if form == "csv" else set()
    assert {cell for cell in cells if cell[:1] in set("=+-@\t\r")} == numbers
    if form == "xlsx":
        book = load_workbook(io.BytesIO(exported(webmaster(), form)))
        assert {cell.data_type for row in book.active.iter_rows() for cell in row} == {"s", "n"}


def test_one_row_for_each_language_the_original_first_with_equal_facts():
    practice = PracticeFactory(slug="a", original_language="it", start_year=2012, title="English")
    practice.create_translation("it", title="Italiano", summary="")
    practice.create_translation("cs", title="Česky", summary="")

    records = records_of(exported(webmaster(), "xlsx"))

    assert list(records[0]) == HEADINGS
    assert [(record["language"], record["title"], record["start_year"]) for record in records] == [
        ("it", "Italiano", 2012),
        ("cs", "Česky", 2012),
        ("en", "English", 2012),
    ]


def test_everybody_exports_what_they_may_see_and_nothing_else():
    mine, theirs = CityFactory(slug="mine"), CityFactory(slug="theirs")
    for city in (mine, theirs):
        for state in Practice.State.values:
            PracticeFactory(city=city, slug=f"{city.slug}-{state}", state=state)
        do("revise", Practice.objects.get(slug=f"{city.slug}-published"), webmaster())
    judged = in_review(ready(city=theirs, slug="theirs-judged"), coordinator_of(theirs))

    own = sorted(f"mine-{state}" for state in Practice.State.values)
    assert slugs(coordinator_of(mine)) == [*own, "theirs-published"]
    assert slugs(coordinator_of(mine), Practice.objects.filter(city=theirs)) == ["theirs-published"]
    assert slugs(reviewer_of(judged.theme)) == ["mine-published", "theirs-judged", "theirs-published"]
    assert len(slugs(webmaster())) == 13
    assert slugs(coordinator_of()) == []


def test_a_working_copy_stands_in_the_place_of_its_practice():
    city = CityFactory()
    case = PracticeFactory(city=city, slug="a", title="Seen")
    copy = do("revise", case, coordinator_of(city))
    copy.title = "In the copy"
    copy.save()

    def told(person, chosen=None):
        records = records_of(exported(person, chosen=chosen))
        return [(record["slug"], record["title"], record["state"]) for record in records]

    in_the_copy = [("a", "In the copy", "working copy: draft")]
    assert told(coordinator_of(city)) == in_the_copy
    assert told(coordinator_of(city), Practice.objects.filter(pk=case.pk)) == in_the_copy
    assert told(coordinator_of(CityFactory())) == [("a", "Seen", "published")]


def test_what_is_hidden_while_the_sheet_is_written_is_left_out():
    kept, gone = PracticeFactory(slug="kept"), PracticeFactory(slug="gone")
    keys = keys_of(Practice.objects.all())
    Practice.objects.filter(pk=gone.pk).update(state=Practice.State.DRAFT)

    data = b"".join(pieces("csv", keys, Practice.objects.published()))

    assert [record["slug"] for record in records_of(data)] == [kept.slug]


def test_a_text_that_no_cell_can_hold_is_left_as_it_is():
    PracticeFactory(slug="a", description="x" * 40_000, state=Practice.State.DRAFT)
    data = exported(webmaster(), "xlsx")

    assert records_of(data)[0]["description"] == TOO_LONG
    assert [row.status for row in planned(webmaster(), table_of(data)).rows] == ["unchanged"]
    assert [row.status for row in planned(webmaster(), table_of(exported(webmaster()))).rows] == ["unchanged"]


def test_the_empty_sheets_hold_the_columns_and_explain_them():
    ThemeFactory(slug="brokerage")
    CityFactory(slug="lyon")
    book = load_workbook(io.BytesIO(blank_workbook()))
    first, second, lists = book.worksheets

    assert [cell.value for cell in first[1]] == HEADINGS
    assert records_of(blank_csv() + b"a")[0]["slug"] == "a"
    assert (second.title, lists.sheet_state) == ("What goes where", "hidden")
    told = {row[0]: row[1:] for row in second.iter_rows(values_only=True)}
    assert set(HEADINGS) <= told.keys()
    assert all(explained and form for key, (explained, form, _values) in told.items() if key in HEADINGS)
    assert (told["theme"][2], told["outcome"][2]) == ("brokerage", "running; ended; mixed; did-not-work; unknown")
    choices = {str(choice.sqref).split("2:")[0] for choice in first.data_validations.dataValidation}
    assert {"B", "M", "P"} <= choices


def test_a_filled_template_is_imported():
    city, theme = CityFactory(slug="lyon"), ThemeFactory(slug="brokerage")
    book = load_workbook(io.BytesIO(blank_workbook()))
    for key, value in {"title": "Voucher", "city": "lyon", "theme": "brokerage", "start_year": 2012}.items():
        book.active.cell(2, HEADINGS.index(key) + 1, value)
    filled = io.BytesIO()
    book.save(filled)

    imported(coordinator_of(city), table_of(filled.getvalue()))

    made = Practice.objects.get()
    assert (made.slug, made.state, made.theme, made.start_year) == ("voucher", "draft", theme, 2012)


def test_an_export_of_any_length_needs_little_memory(monkeypatch):
    PracticeFactory(slug="a", description="word " * 2_000)
    key = Practice.objects.get().pk
    for form in FORMS:
        tracemalloc.start()
        size = sum(len(piece) for piece in pieces(form, [key] * 500, Practice.objects.all()))
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert size > 20_000
        assert peak < 60 * 1024**2


def test_the_same_queries_for_few_and_for_many(django_assert_num_queries):
    for number in range(5):
        PracticeFactory(slug=f"p{number}", tags=[f"t{number}"])
    person, keys = webmaster(), keys_of(Practice.objects.all())
    with django_assert_num_queries(10):
        list(pieces("csv", keys[:1], Practice.objects.all()))

    with django_assert_num_queries(10):
        list(pieces("csv", keys, Practice.objects.all()))

    assert [row.status for row in planned(person, table_of(sheet({"slug": "p0", "title": "P0"}))).rows] == ["unchanged"]
