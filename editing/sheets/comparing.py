"""The cells of the rows of one practice, compared with what it says."""

from django.utils.translation import gettext as _

from cities.rows import bare
from editing.sheets.cells import TOO_LONG, Wrong, said


class Comparison:
    """What the rows of one practice would change in it; each row speaks of its own texts, and of the facts together."""

    def __init__(self, proposal, rows, names, left_aside):
        self.old, self.new = proposal.old, proposal.new
        self.rows = rows
        self.names = names
        self.left_aside = left_aside

    def compare(self, texts, facts):
        """Notes the changes and problems in the plans of the rows, and makes the new content."""
        languages = {}
        for row, plan in self.rows:
            first = languages.setdefault(plan.language, row.number)
            if first != row.number:
                what = _("Row %d is about the same practice in the same language.")
                plan.problems.append(["language", what % first])
                continue
            for column in texts:
                self.compare_cell(column, row, plan)
        for column in facts:
            self.compare_fact(column)

    def compare_fact(self, column):
        """A fact stands in one row of the practice, or is the same in all that have it."""
        stated = [(row, plan) for row, plan in self.rows if column.key in row.cells or column.key in row.faults]
        row, plan = (stated or self.rows)[0]
        for other, others_plan in stated[1:]:
            if other.cells.get(column.key) != row.cells.get(column.key):
                what = _("differs from row %d, which is about the same practice: a fact is the same in all its rows.")
                others_plan.problems.append([column.key, what % row.number])
        self.compare_cell(column, row, plan)

    def compare_cell(self, column, row, plan):
        """One cell; what it says as the sheet would have been written is not even read, so that nothing gets lost."""
        cell = row.cells.get(column.key, "")
        told = column.told(self.old, plan.language)
        if column.key in row.faults or cell in (said(told), TOO_LONG):
            return
        if column.decided_by:
            if cell:
                self.left_aside[column].append(row.number)
            return
        try:
            if column.needed and not cell:
                self.miss(column, plan)
                return
            value = column.read(cell, self.names)
        except Wrong as wrong:
            plan.problems.append([column.key, str(wrong)])
            return
        if bare(value) == bare(column.value(self.old, plan.language)) or not (value or told):
            return
        column.put(self.new, plan.language, value)
        plan.changes.append([column.key, said(told), said(column.told(self.new, plan.language))])

    def miss(self, column, plan):
        """A cell that must not be emptied; of a new practice it is told with what else is lacking."""
        if column.value(self.old, plan.language):
            plan.problems.append([column.key, _("must not be empty.")])
