"""What sheets would change."""

from editing.sheets.planning import planned
from editing.sheets.tables import table_of
from practices.models import Practice
from tests.editing.sheet_files import sheet
from tests.factories import PracticeFactory

NEW = {"title": "Design voucher", "summary": "A grant.", "city": "lyon", "theme": "brokerage"}


def plan_of(person, *records):
    """The plan for a sheet with these records."""
    return planned(person, table_of(sheet(*records)))


def outcome(person, *records):
    """What becomes of each row: its status, its changes and what is wrong."""
    return [(row.status, row.changes, row.problems) for row in plan_of(person, *records).rows]


def problems(person, *records):
    """What is wrong with each row."""
    return [row.problems for row in plan_of(person, *records).rows]


def draft(city, **facts):
    """A draft of the city."""
    return PracticeFactory(**{"city": city, "state": Practice.State.DRAFT, **facts})
