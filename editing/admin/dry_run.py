"""How a dry run is told: what each row of a sheet would change."""

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from editing.differences import words_changed
from editing.sheets.columns import COLUMNS
from editing.sheets.planning import CHANGED, NEW, REFUSED, STATUSES, UNCHANGED

ROWS_ON_A_PAGE = 50
LONGEST_COMPARED = 20_000
SHOWN_AROUND = 60
LONG = {"organisations", "sources", *(column.key for column in COLUMNS if column.of_texts)}
LABELS = {NEW: _("New"), CHANGED: _("Changed"), UNCHANGED: _("Unchanged"), REFUSED: _("Refused")}


def plan_context(upload, asked):
    """What the page of a dry run shows: rows of one status, or of all that matter, some at a time."""
    counts = upload.plan["counts"]
    show = asked.get("show") if asked.get("show") in STATUSES else ""
    page = Paginator(upload.rows.shown(show, first=REFUSED), ROWS_ON_A_PAGE).get_page(asked.get("page"))
    return {
        "upload": upload,
        "outdated": upload.outdated,
        "notes": upload.plan["notes"],
        "tabs": [("", _("All"), sum(counts.values())), *((name, LABELS[name], counts[name]) for name in STATUSES)],
        "show": show,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "rows": [with_pieces(row.said) for row in page],
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
