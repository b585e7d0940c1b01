"""Sheets as spreadsheet programs write them."""

import csv
import io
from pathlib import Path

from openpyxl import Workbook, load_workbook

FILES = Path(__file__).parent / "sheets"


def workbook(rows, **cells):
    """A workbook with these rows; cells by their names may be set besides."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, value in cells.items():
        book.active[name] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def csv_file(rows, mark=",", encoding="utf-8"):
    """A CSV file with these rows."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=mark).writerows(rows)
    return written.getvalue().encode(encoding)


def rows_of(records):
    """Records as rows under the names of their columns."""
    keys = list(dict.fromkeys(key for record in records for key in record))
    return [keys, *([record.get(key, "") for key in keys] for record in records)]


def sheet(*records):
    """A CSV file with one row for each record."""
    return csv_file(rows_of(records))


def records_of(data):
    """What a sheet of ours says, row by row."""
    if data.startswith(b"PK"):
        keys, *rows = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
        return [{key: "" if cell is None else cell for key, cell in zip(keys, row, strict=True)} for row in rows]
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
