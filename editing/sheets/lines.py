"""Cells that hold rows: the sources of a practice, and the organisations that take part."""

from django.utils.translation import gettext as _

from editing.sheets.cells import Wrong, fields_of, line_of
from editing.sheets.kinds import Column, checked


class Lines(Column):
    """Rows that belong to the practice, one to a line, their parts between upright strokes."""

    def __init__(self, key, model, parts, form, **more):
        super().__init__(key, **more)
        self.model, self.parts, self._form = model, parts, form

    def form(self):
        return str(self._form)

    def cell(self, value):
        return "\n".join(line_of([row[part] or "" for part in self.parts]) for row in value)

    def read(self, cell, names):
        lines = [line for line in cell.split("\n") if line.strip()]
        return [self.row(number, line, names) for number, line in enumerate(lines, start=1)]

    def row(self, number, line, names):
        """One line as a row; what is wrong with it is told with its number."""
        given = fields_of(line.rstrip("| \u00a0"))
        if len(given) > len(self.parts):
            raise Wrong(_("line %(line)d has more than %(most)d parts.") % {"line": number, "most": len(self.parts)})
        row = dict.fromkeys(self.parts, "") | dict(zip(self.parts, given, strict=False))
        try:
            if "role" in row:
                row["role"] = names.slug("roles", row["role"])
            return {name: self.part(name, value) for name, value in row.items()}
        except Wrong as wrong:
            raise Wrong(_("line %(line)d: %(wrong)s") % {"line": number, "wrong": wrong}) from None

    def part(self, name, value):
        field = self.model._meta.get_field(name)
        if not value and not field.blank:
            raise Wrong(_("“%s” is missing.") % name)
        return checked(field, value)
