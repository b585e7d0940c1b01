"""What an uploaded file says: under the headings that are known, row by row."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from editing.sheets.cells import Wrong, did_you_mean, word
from editing.sheets.columns import HEADINGS
from editing.sheets.files import Unreadable, sheets_of
from events.content.problems import nearest

MOST_ROWS = 5_000
SEARCHED = 20


@dataclass
class Row:
    """One row: its number in the sheet, its texts by column, and what is wrong with cells that have none."""

    number: int
    cells: dict
    faults: dict = field(default_factory=dict)


@dataclass
class Table:
    """The rows of a sheet under the keys of its columns, with notes about what was left out."""

    keys: list
    rows: list
    notes: list

    def stored(self):
        """The table as JSON knows it."""
        return {
            "keys": self.keys,
            "notes": self.notes,
            "rows": [[row.number, row.cells, row.faults] for row in self.rows],
        }

    @classmethod
    def restored(cls, stored):
        """The table that was stored."""
        return cls(stored["keys"], [Row(*row) for row in stored["rows"]], stored["notes"])


def table_of(data):
    """The table in a file: the first sheet, read with the mark between cells, in which column names are found."""
    sheets, notes = sheets_of(data)
    rows, (heading, keys, number) = most_columns(sheets)
    table = Table(list(keys.values()), body(rows, keys, number), [*notes, *left_out(heading, keys)])
    if not table.rows:
        raise Unreadable(_("There is no row under the column names."))
    return table


def most_columns(sheets):
    """The sheet, or the way of reading it, in which most column names are found, and where it begins."""
    found, refusal = [], None
    for rows in sheets:
        try:
            if start := beginning(rows):
                found.append((rows, start))
        except Unreadable as unreadable:
            refusal = unreadable
    if found:
        return max(found, key=lambda sheet: len(sheet[1][1]))
    raise refusal or Unreadable(
        _("No row with column names such as “title”, “city” and “theme” was found. The template shows how it is meant.")
    )


def beginning(rows):
    """The row of column names, which of its cells are known, and its number; rows above it are titles of the sheet."""
    for number, cells in zip(range(1, SEARCHED + 1), rows, strict=False):
        keys = known(cells)
        if len(keys) >= 2:
            return cells, keys, number
    return None


def known(cells):
    """The keys of the columns that these cells name, by their place."""
    keys = {}
    for place, cell in enumerate(cells):
        key = "" if isinstance(cell, Wrong) else word(cell).strip(" *:").replace(" ", "_").replace("-", "_")
        if key in HEADINGS:
            if key in keys.values():
                raise Unreadable(_("The column “%s” is there twice.") % key)
            keys[place] = key
    return keys


def left_out(heading, keys):
    """Notes about columns whose names are not known."""
    notes = []
    for place, cell in enumerate(heading):
        if place in keys or isinstance(cell, Wrong) or not cell:
            continue
        meant = [name for name in nearest(cell.replace("_", "-"), frozenset(HEADINGS)) if name not in keys.values()]
        said = _("The column “%s” is not known and was left out.") % cell[:80]
        notes.append(f"{said} {did_you_mean(meant[0])}" if meant else said)
    return notes


def body(rows, keys, start):
    """The rows under the column names that say anything."""
    found = []
    for number, cells in enumerate(rows, start=start + 1):
        texts, faults = {}, {}
        for place, key in keys.items():
            cell = cells[place] if place < len(cells) else ""
            if isinstance(cell, Wrong):
                faults[key] = str(cell)
            elif cell:
                texts[key] = cell
        if texts or faults:
            found.append(Row(number, texts, faults))
            if len(found) > MOST_ROWS:
                raise Unreadable(_("The file has more than %d rows. Divide it into several.") % MOST_ROWS, 413)
    return found
