"""Rows below a form that others have changed since it was opened."""

from practices.models import Practice


def with_rows_as_they_are(posted, practice):
    """The posted form with the rows that are gone as new ones, behind those that are still there.

    Without that the form would be refused because of a row that somebody else has deleted.
    """
    posted = posted.copy()
    for relation in Practice._meta.related_objects:
        prefix = relation.get_accessor_name()
        total = posted.get(f"{prefix}-TOTAL_FORMS", "")
        if not total.isdigit() or not hasattr(relation.related_model, "position"):
            continue
        there = set(map(str, getattr(practice, prefix).values_list("pk", flat=True)))
        rows = [_taken(posted, f"{prefix}-{number}-") for number in range(min(int(total), 1000))]
        old = [row for row in rows if row.get("id", [""])[0] in there]
        fresh = {"id": [""], relation.field.name: [str(practice.pk)]}  # what was typed into another working copy, too
        new = [row | fresh for row in rows if row.get("id", [""])[0] not in there]
        for number, row in enumerate([*old, *new]):
            for name, values in row.items():
                posted.setlist(f"{prefix}-{number}-{name}", values)
        posted[f"{prefix}-INITIAL_FORMS"] = str(len(old))
    return posted


def _taken(posted, start):
    """Takes the fields of one row out of the posted form."""
    names = [name for name in posted if name.startswith(start)]
    return {name.removeprefix(start): posted.pop(name) for name in names}
