import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from editing.sheets import files, tables
from editing.sheets.files import Unreadable
from editing.sheets.tables import Table, table_of
from tests.editing.sheet_files import FILES, csv_file, workbook

ROWS = [["slug", "language", "title"], ["cafe", "en", "Café “Zoé” – 10 €"]]


def cells(data):
    return [row.cells for row in table_of(data).rows]


def refusal(data):
    with pytest.raises(Unreadable) as refused:
        table_of(data)
    return refused.value.status, str(refused.value)


def repacked(data, **changed):
    """The workbook with some of its parts exchanged."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name.rpartition("/")[2].partition(".")[0]) or old.read(name))
    return written.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_is_read_as_spreadsheet_programs_of_several_countries_write_it(encoding, mark):
    table = table_of(csv_file(ROWS, mark, encoding))

    assert [row.cells for row in table.rows] == [{"slug": "cafe", "language": "en", "title": "Café “Zoé” – 10 €"}]
    assert [note[:40] for note in table.notes] == (
        ["The file is not in UTF-8; it was read as"] if encoding == "cp1252" else []
    )


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_csv_may_end_its_lines_in_any_way_and_name_its_separator(ends):
    data = ends.join(["sep=;", 'Slug;TITLE *;"Further  themes"', '"a";"one;, two";x']).encode()

    assert cells(data) == [{"slug": "a", "title": "one;, two", "further_themes": "x"}]


def test_rows_are_known_by_the_number_that_the_program_shows():
    data = csv_file([["Practices of 2024"], [], *ROWS, [], ["b", "en", "B"], ["", "", " "], []])

    assert [(row.number, row.cells["slug"]) for row in table_of(data).rows] == [(4, "cafe"), (6, "b")]


@pytest.mark.parametrize("name", ["libreoffice.xlsx", "libreoffice-western.csv", "libreoffice-utf16.csv"])
def test_files_of_libreoffice_are_read(name):
    table = table_of((FILES / name).read_bytes())

    assert table.notes[-1] == "The column “Responsible” is not known and was left out."
    assert [(row.number, row.faults) for row in table.rows] == [(4, {}), (6, {}), (7, {})]
    first, second, third = (row.cells for row in table.rows)
    assert first["title"] == "Café des métiers – l’atelier"
    assert first["summary"] == "A “maker” café\u00a0: one line.\n\nAnd a second paragraph."
    assert (first["start_year"], first["end_year"], first["lat"], first["lon"]) == (
        "2012",
        "2015-06-30",
        "45,76",
        "4.83",
    )
    assert (second["title"], second["summary"], second["city"]) == ("=1+1 is a title", "-10 % for all", "LYON")
    assert third == {"slug": "minus", "language": "de", "title": "Zwei Sprachen", "summary": "@home"}


def test_a_formula_without_its_result_is_refused_and_an_error_is_named():
    book = Workbook()
    book.active.append(["slug", "title", "start_year"])
    book.active.append(["a", "A", "=2010+2"])
    book.active.append(["b", "#N/A", 2012])
    written = io.BytesIO()
    book.save(written)

    first, second = table_of(written.getvalue()).rows

    assert first.cells == {"slug": "a", "title": "A"}
    assert first.faults["start_year"].startswith("holds a formula without its result.")
    assert second.cells == {"slug": "b", "start_year": "2012"}
    assert second.faults == {"title": "holds the error #N/A of the spreadsheet program."}


def test_a_text_that_begins_like_a_formula_is_a_text():
    book = Workbook()
    for row in [["slug", "title", "summary"], ["a", "x", "y"]]:
        book.active.append(row)
    for name, text in (("B2", "=1+1"), ("C2", "'@cmd")):
        book.active[name].value = text
        book.active[name].data_type = "s"
    written = io.BytesIO()
    book.save(written)

    assert cells(written.getvalue()) == [{"slug": "a", "title": "=1+1", "summary": "@cmd"}]


def test_codes_of_excel_for_characters_are_decoded():
    data = workbook([["slug", "title", "summary"], ["a", "one_x000D_\ntwo", "_x005F_x000D_"], ["b", "_x0000_", ""]])

    rows = table_of(data).rows

    assert rows[0].cells == {"slug": "a", "title": "one\ntwo", "summary": "_x000D_"}
    assert rows[1].faults == {"title": "contains the character U+0000, which no page can show."}


def test_the_sheet_with_the_column_names_is_found_below_titles_and_beside_others():
    book = Workbook()
    book.active.append(["Notes of the coordinator"])
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    hidden.append(["slug", "language", "title", "summary"])
    sheet = book.create_sheet("Data")
    sheet["A1"] = "All of our practices"
    sheet.merge_cells("A1:C1")
    for place, name in enumerate(["slug", "language", "title"], start=2):
        sheet.cell(3, place, name)
        sheet.cell(4, place, name.upper())
    sheet.cell(900, 1).number_format = "0.00"
    written = io.BytesIO()
    book.save(written)

    assert [(row.number, row.cells) for row in table_of(written.getvalue()).rows] == [
        (4, {"slug": "SLUG", "language": "LANGUAGE", "title": "TITLE"})
    ]


def test_unknown_columns_are_named_with_what_may_have_been_meant():
    table = table_of(csv_file([["slug", "language", "titel", "sumary", "Who", ""], ["a", "b", "c", "d", "e", "f"]]))

    assert table.notes == [
        "The column “titel” is not known and was left out. Did you mean “title”?",
        "The column “sumary” is not known and was left out. Did you mean “summary”?",
        "The column “Who” is not known and was left out.",
    ]


def test_a_table_is_the_same_after_it_was_stored():
    table = table_of(csv_file([*ROWS, ["b", "en", "a\x7fb"]]))

    assert Table.restored(table.stored()) == table


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b" \r\n ", "The file is empty."),
        (b"\xd0\xcf\x11\xe0rest", "old Excel format"),
        (b"%PDF-1.7\n\x00\x01\x02\xff\xfe", "neither a workbook (XLSX) nor a CSV file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither a workbook (XLSX) nor a CSV file"),
        (b"\xff\xfe\x00", "neither a workbook (XLSX) nor a CSV file"),
        (b"<html><body>slug, title</body></html>", "No row with column names"),
        (b"PKrubbish", "The file is damaged"),
        (b"one,two\n1,2\n", "No row with column names"),
        (b"slug,title\n", "There is no row under the column names."),
        (b"slug,title,Slug\na,b,c\n", "The column “slug” is there twice."),
        (b'slug,title\na,"b" c\n', "Line 2 of the file cannot be read: a quotation mark"),
    ],
)
def test_what_is_no_sheet_is_refused_in_plain_words(data, said):
    status, sentence = refusal(data)

    assert (status, said in sentence) == (400, True), sentence


def test_other_packages_and_broken_workbooks_are_refused_by_what_is_in_them():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as package:
        package.writestr("word/document.xml", "<w/>")

    assert refusal(written.getvalue()) == (400, "This is an OpenDocument file. Save it as XLSX or CSV.")
    assert refusal(document.getvalue()) == (400, "This is neither a workbook (XLSX) nor a CSV file.")
    for part in ("workbook", "sheet1", "styles"):
        assert "damaged" in refusal(repacked(workbook(ROWS), **{part: b"<broken"}))[1]


def test_bombs_are_refused_before_they_are_unpacked():
    large = io.BytesIO()
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<x/>")
        package.writestr("xl/sharedStrings.xml", b" " * (files.LARGEST_UNPACKED + 1))
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as package:
        for number in range(files.MOST_PARTS + 1):
            package.writestr(f"xl/{number}.xml", "")

    assert len(large.getvalue()) < 200_000
    for data in (large.getvalue(), many.getvalue()):
        assert refusal(data) == (413, "The file becomes larger than 80 MB when it is unpacked.")
    assert refusal(b"a" * (files.LARGEST + 1)) == (413, "The file is larger than 10 MB.")


@pytest.mark.parametrize("part", ["workbook", "sheet1", "styles", "sharedStrings"])
def test_xml_that_expands_is_refused(part):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'

    status, sentence = refusal(repacked((FILES / "libreoffice.xlsx").read_bytes(), **{part: bomb}))

    assert (status, "could do harm" in sentence) == (400, True)


def test_more_rows_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    rows = [["slug", "title"], ["a", "A"], ["b", "B"], [], []]

    assert len(table_of(csv_file(rows)).rows) == 2
    assert refusal(csv_file([*rows, ["c", "C"]])) == (413, "The file has more than 2 rows. Divide it into several.")


def test_a_row_far_below_is_reached_without_delay():
    book = load_workbook(io.BytesIO(workbook(ROWS)))
    book.active.cell(500_000, 1).value = "far"
    written = io.BytesIO()
    book.save(written)

    assert [row.number for row in table_of(written.getvalue()).rows] == [2, 500_000]
