"""How a dry run is told: what each row of a sheet would change, and what an import did."""

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from editing.differences import words_changed
from editing.sheets.columns import COLUMNS
from editing.sheets.planning import CHANGED, NEW, REFUSED, STATUSES, UNCHANGED

ROWS_ON_A_PAGE = 50
LONGEST_COMPARED = 20_000
SHOWN_AROUND = 60
LONG = {"organisations", "sources", *(column.key for column in COLUMNS if column.of_texts)}
LABELS = {NEW: _("New"), CHANGED: _("Changed"), UNCHANGED: _("Unchanged"), REFUSED: _("Refused")}


def done(plan):
    """What an import did, in a sentence."""
    counts = plan.counts
    new = sum(proposal.case is None for proposal in plan.proposals)
    changed = sum(proposal.case is not None and bool(proposal.changed) for proposal in plan.proposals)
    said = [
        ngettext("%d new draft", "%d new drafts", new) % new,
        ngettext("%d practice changed", "%d practices changed", changed) % changed,
        ngettext("%d row unchanged", "%d rows unchanged", counts[UNCHANGED]) % counts[UNCHANGED],
    ]
    return _("The sheet is imported: %s.") % ", ".join(said)


def plan_context(upload, asked):
    """What the page of a dry run shows: rows of one status, or of all that matter, some at a time."""
    rows = upload.plan["rows"]
    counts = {status: sum(row["status"] == status for row in rows) for status in STATUSES}
    show = asked.get("show")
    if show in STATUSES:
        rows = [row for row in rows if row["status"] == show]
    else:
        show, rows = "", sorted(rows, key=lambda row: (row["status"] != REFUSED, row["number"]))
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(asked.get("page"))
    return {
        "upload": upload,
        "notes": upload.plan["notes"],
        "tabs": [("", _("All"), sum(counts.values())), *((name, LABELS[name], counts[name]) for name in STATUSES)],
        "show": show,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "rows": [with_pieces(row) for row in page],
        "refused": counts[REFUSED],
        "effective": counts[NEW] + counts[CHANGED],
    }


def with_pieces(row):
    """A row as the page shows it, with what went and what came marked."""
    is_new = row["status"] == NEW
    changes = [(key, [("same", new)] if is_new else shown(key, old, new), not new) for key, old, new in row["changes"]]
    return {**row, "label": LABELS[row["status"]], "changes": changes}


def shown(key, old, new):
    """What a cell said and would say: of texts what differs, word by word, with some of what stays around it."""
    if key not in LONG or not old or not new or len(old) + len(new) > LONGEST_COMPARED:
        arrow = " → " if old and new else ""
        return [(what, text) for what, text in (("del", old), ("same", arrow), ("ins", new)) if text]
    found = words_changed(old, new)
    last = len(found) - 1
    return [
        (what, around(text, place == 0, place == last) if what == "same" else text)
        for place, (what, text) in enumerate(found)
    ]


def around(text, is_first, is_last):
    """The ends of a text that stays, as far as they are next to something that does not, in whole words."""
    if len(text) <= 2 * SHOWN_AROUND + 20:
        return text
    begin = "" if is_first else f"{text[:SHOWN_AROUND].rsplit(' ', 1)[0]} "
    end = "" if is_last else f" {text[-SHOWN_AROUND:].split(' ', 1)[-1]}"
    return f"{begin}…{end}"
