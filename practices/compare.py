"""Two to four practices side by side."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.meta import Meta, shown_in
from practices.catalogue import catalogue
from practices.models import Practice
from practices.related import related_keys

FEWEST, MOST = 2, 4


@dataclass
class Row:
    """What one thing is in each of the practices; `same` if it is so in all of them."""

    label: str
    cells: list
    is_text: bool = False

    @property
    def same(self):
        """Whether all practices agree."""
        return all(cell == self.cells[0] for cell in self.cells)


@require_safe
def practice_compare(request):
    """The practices whose slugs the address names, side by side, with what differs marked."""
    known = catalogue()
    asked = list(dict.fromkeys(request.GET.getlist("p")))
    keys = [known.slugs[slug] for slug in asked if slug in known.slugs]
    practices = known.cards(keys[:MOST])
    problems = []
    if len(keys) < len(asked):
        problems.append(_("Some of the practices you chose do not exist, or not any more. They were left out."))
    if len(keys) > MOST:
        problems.append(_("At most four practices fit side by side. You see the first four."))
    context = {
        "practices": practices,
        "rows": rows_of(known, practices) if len(practices) >= FEWEST else [],
        "problems": problems,
        "offered": offered(known, [practice.pk for practice in practices]) if len(practices) < MOST else [],
        "meta": Meta(_("Compare practices"), _("Two to four practices side by side."), noindex=bool(asked)),
    }
    return render(request, "practices/compare.html", context, status=400 if problems else 200)


def offered(known, keys):
    """Practices one might want beside these."""
    near = (other for key in keys for other in related_keys(known.facets, key))
    wanted = [other for other in dict.fromkeys(near) if other not in keys]
    return known.cards((wanted or [key for key in known.facets.keys[:MOST] if key not in keys])[:MOST])


def rows_of(known, practices):
    """The facts and then the sections of the practices."""
    values = [known.facets.values_of(practice.pk) for practice in practices]
    facts = [
        (_("City"), [_names(known.terms("city", value["city"])) for value in values]),
        (_("Country"), [", ".join(known.label("country", code) for code in value["country"]) for value in values]),
        (_("Theme"), [_names(known.terms("theme", value["theme"])) for value in values]),
        (_("First year"), [practice.start_year or _("not known") for practice in practices]),
        (_("Last year"), [practice.end_year or "–" for practice in practices]),
        (_("What became of it"), [practice.get_outcome_display() for practice in practices]),
        (
            _("Strength of evidence"),
            [practice.get_evidence_display() or _("Not yet assessed") for practice in practices],
        ),
        (_("Cost"), [practice.get_cost_band_display() or _("not known") for practice in practices]),
        (_("Creative sectors"), [_names(known.terms("creative", value.get("creative", ()))) for value in values]),
        (_("Growth sectors"), [_names(known.terms("growth", value.get("growth", ()))) for value in values]),
        (_("Tags"), [", ".join(known.tags[tag] for tag in value.get("tag", ())) for value in values]),
        (
            _("Confirmed by the project"),
            [_("Yes") if practice.confirmed_by_project else _("No") for practice in practices],
        ),
    ]
    texts = [
        Row(
            section.label,
            [{"text": getattr(practice, section.value), "language": shown_in(practice)} for practice in practices],
            is_text=True,
        )
        for section in Practice.Section
    ]
    told = [row for row in texts if any(cell["text"] for cell in row.cells)]
    return [Row(label, cells) for label, cells in facts] + told


def _names(terms):
    return ", ".join(term.name for term in terms)
