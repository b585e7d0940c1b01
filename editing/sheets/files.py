"""Uploaded files as rows of cells: workbooks (XLSX), and CSV as spreadsheet programs of several countries write it."""

import csv
import io
import warnings
import zipfile
from functools import partial

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from editing.sheets.cells import FORBIDDEN, Wrong, decoded, text_of

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 200
MOST_LINES = 1_048_576
SEPARATORS = ",;\t"
OLE = b"\xd0\xcf\x11\xe0"


class Unreadable(Exception):
    """Why a file cannot be read as a sheet, in a sentence, and the status that the answer has."""

    def __init__(self, sentence, status=400):
        super().__init__(sentence)
        self.status = status


def sheets_of(data):
    """The sheets that a file may hold, each as a generator of rows, with notes; what it is, its content says."""
    if len(data) > LARGEST:
        raise Unreadable(_("The file is larger than %d MB.") % (LARGEST // 1024**2), 413)
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    if data.startswith(b"PK"):
        return workbook_sheets(data), []
    if data.startswith(OLE):
        raise Unreadable(
            _("This is a workbook in the old Excel format (XLS), or one with a password. Save it as XLSX without one.")
        )
    text, notes = decoded_text(data)
    return [csv_rows(text, mark) for mark in separators(text)], notes


def workbook_sheets(data):
    """The rows of each sheet of a workbook, after its size was looked at; nothing in it is run."""
    check_package(data)
    sheets = [sheet for sheet in opened(data, False).worksheets if sheet.sheet_state == "visible"]
    return [workbook_rows(sheet, Results(data, sheet.title)) for sheet in sheets]


def check_package(data):
    """Refuses what is not a workbook, and what is larger than it looks."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            kind = package.read("mimetype")[:80] if "mimetype" in package.namelist()[:1] else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        raise Unreadable(broken()) from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable(
            _("The file becomes larger than %d MB when it is unpacked.") % (LARGEST_UNPACKED // 1024**2), 413
        )
    if b"opendocument" in kind:
        raise Unreadable(_("This is an OpenDocument file. Save it as XLSX or CSV."))
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable(_("This is neither a workbook (XLSX) nor a CSV file."))


def opened(data, results):
    """The workbook, to be read row by row: formulas as they are written, or the results that were kept of them."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells about parts that it leaves out
        return guarded_from(load_workbook, io.BytesIO(data), read_only=True, data_only=results, keep_links=False)


def guarded_from(read, *args, **options):
    """What openpyxl reads; whatever it trips over makes the file unreadable."""
    try:
        return read(*args, **options)
    except Exception as error:  # of a broken file anything can be expected
        if isinstance(error.__context__ or error, DefusedXmlException):
            raise Unreadable(_("The file contains XML that could do harm, and was not read.")) from None
        raise Unreadable(broken()) from None


def broken():
    """What is said of a workbook that cannot be read."""
    return _("The file is damaged, or is not a workbook (XLSX). Open it in your spreadsheet program and save it again.")


class Results:
    """What a spreadsheet program kept as results of the formulas of a sheet; looked up only if there are formulas."""

    def __init__(self, data, title):
        self.data, self.title = data, title
        self.rows, self.number, self.row = None, 0, ()

    def at(self, number, column):
        """The cell with the result; rows are asked for in their order."""
        if self.rows is None:
            sheet = opened(self.data, True)[self.title]
            sheet.reset_dimensions()
            self.rows = sheet.iter_rows()
        while self.number < number:
            self.row, self.number = next(self.rows), self.number + 1
        return self.row[column]


def workbook_rows(sheet, results):
    """The rows of a sheet as texts; what is wrong with a cell stands in its place."""
    sheet.reset_dimensions()
    rows, number = sheet.iter_rows(), 0
    while (row := guarded_from(next, rows, None)) is not None:
        number += 1
        if number > MOST_LINES:
            raise Unreadable(_("The sheet has too many rows."), 413)
        yield [
            cell_of(cell, partial(guarded_from, results.at, number, place))
            for place, cell in enumerate(row[:MOST_COLUMNS])
        ]


def cell_of(cell, result):
    """The text of a cell, or what is wrong with it."""
    if cell.data_type == "f":
        cell = result()
        if cell.value is None:
            return Wrong(
                _("holds a formula without its result. Save the file in your spreadsheet program, or enter the value.")
            )
    if cell.data_type == "e":
        return Wrong(_("holds the error %s of the spreadsheet program.") % cell.value)
    try:
        return text_of(decoded(cell.value) if isinstance(cell.value, str) else cell.value)
    except Wrong as wrong:
        return wrong


def decoded_text(data):
    """The text of a CSV file in any of the encodings that spreadsheet programs write, with a note if it was guessed."""
    encoding = encoding_of(data)
    try:
        text, notes = data.decode(encoding), []
    except UnicodeDecodeError:
        text, notes = western(data, encoding)
    if "\0" in text or len(FORBIDDEN.findall(text)) > len(text) / 20:
        raise Unreadable(_("This is neither a workbook (XLSX) nor a CSV file."))
    return text.removeprefix("\ufeff"), notes


def encoding_of(data):
    """UTF-16 if the first two bytes say so, else UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if data[:1] == b"\0" else "utf-8-sig"


def western(data, encoding):
    """The text as Excel of Western Europe writes it, which cannot be told from other old encodings."""
    note = _(
        "The file is not in UTF-8; it was read as Western European (Windows-1252). If letters with accents look wrong "
        "below, save it as “CSV UTF-8” or XLSX, and upload that."
    )
    try:
        return data.decode("cp1252" if encoding == "utf-8-sig" else "utf-8"), [note]
    except UnicodeDecodeError:
        raise Unreadable(_("This is neither a workbook (XLSX) nor a CSV file.")) from None


def separators(text):
    """The marks that may stand between the cells; one, if the first line names it as Excel understands it."""
    if text[:4].lower() == "sep=" and text[4:5] in SEPARATORS:
        return text[4]
    return [mark for mark in SEPARATORS if mark in text[:5000]] or SEPARATORS[:1]


def csv_rows(text, mark):
    """The rows of a CSV file with this mark between the cells."""
    csv.field_size_limit(LARGEST)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for row in rows:
            yield [csv_cell(cell) for cell in row[:MOST_COLUMNS]]
    except csv.Error:
        raise Unreadable(
            _("Line %d of the file cannot be read: a quotation mark opens or closes a cell where it should not.")
            % rows.line_num
        ) from None


def csv_cell(cell):
    """The text of a cell, or what is wrong with it."""
    try:
        return text_of(cell)
    except Wrong as wrong:
        return wrong
