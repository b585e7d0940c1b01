"""What became of an uploaded sheet, in a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editing.sheets.planning import UNCHANGED


def outcome_of(upload):
    """What the import did, or that it did nothing."""
    if upload.state != upload.State.DONE:
        return _("Nothing was imported, because something has changed since you looked at it. Look at it again.")
    drafts, practices, rows = (
        upload.plan["drafts"],
        upload.plan["practices"],
        upload.plan["counts"][UNCHANGED],
    )
    said = [
        ngettext("%d new draft", "%d new drafts", drafts) % drafts,
        ngettext("%d practice changed", "%d practices changed", practices) % practices,
        ngettext("%d row unchanged", "%d rows unchanged", rows) % rows,
    ]
    return _("The sheet is imported: %s.") % ", ".join(said)
