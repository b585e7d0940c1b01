"""An empty sheet to begin with: the column names, what goes where, and lists of the allowed values."""

import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from editing.sheets.columns import COLUMNS, HEADINGS, IDENTITY
from editing.sheets.exporting import TITLE
from editing.sheets.kinds import OneOf, Yes
from editing.sheets.names import Names
from editing.sheets.tables import MOST_ROWS
from practices.sheets import csv_pieces

BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
WIDE = {"title", "organisations", "sources", *(column.key for column in COLUMNS if column.of_texts)}


def blank_csv():
    """A CSV file with the column names alone."""
    return b"".join(csv_pieces([[HEADINGS]]))


def blank_workbook():
    """A workbook whose second sheet explains the columns of the first, with lists to choose from."""
    book, names = Workbook(), Names()
    sheet = book.active
    sheet.title = TITLE
    sheet.append(HEADINGS)
    sheet.freeze_panes = "B2"
    explain(book.create_sheet(_("What goes where")), names)
    lists = book.create_sheet("Lists")
    lists.sheet_state = "hidden"
    for place, column in enumerate((*IDENTITY, *COLUMNS), start=1):
        sheet.cell(1, place).font = BOLD
        sheet.column_dimensions[get_column_letter(place)].width = 36 if column.key in WIDE else 18
        if isinstance(column, OneOf | Yes):
            offer(sheet, lists, place, column.choices(names))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def explain(sheet, names):
    """One row for each column: what goes into it, how it is written, and which values are allowed."""
    sheet.append([_("Column"), _("What goes there"), _("How it is written"), _("Allowed values")])
    for column in (*IDENTITY, *COLUMNS):
        sheet.append([column.key, column.explained(), column.form(), "; ".join(column.choices(names))])
    rules = [
        _("A column that is not in the file stays as it is; an empty cell empties the field."),
        _("Nothing is published by an import: new practices become drafts, published ones get a working copy."),
    ]
    for rule in rules:
        sheet.append(["", rule])
    for letter, width in zip("ABCD", (22, 70, 44, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = WRAPPED
            cell.font = BOLD if cell.row == 1 or cell.column == 1 else Font()
    sheet.freeze_panes = "A2"


def offer(sheet, lists, place, values):
    """Lets the cells of a column be chosen from a list; other words may still be typed."""
    for number, value in enumerate(values, start=1):
        lists.cell(number, place, value)
    letter = get_column_letter(place)
    choice = DataValidation("list", formula1=f"Lists!${letter}$1:${letter}${len(values) or 1}", allow_blank=True)
    choice.errorStyle, choice.showErrorMessage = "warning", False
    choice.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    sheet.add_data_validation(choice)
