"""Does what the plan of a sheet says: all of it, or nothing."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from cities.rows import Slugs
from editing import versions
from editing.content import WRITTEN
from editing.flow import do
from editing.sheets.planning import REFUSED, planned
from editing.sheets.standing import CHUNK
from events.content.slugs import slug_from
from practices.layouts import PRACTICES
from practices.models import Practice


class Outdated(Exception):
    """The sheet would not do any more what was planned; `plan` says what it would do now."""

    def __init__(self, plan):
        super().__init__()
        self.plan = plan


def imported(person, table, digest=None, progress=None):
    """Imports the table and returns what was done; raises Outdated if that is not what the digest stands for.

    Nothing is published: what is new becomes a draft, and published practices get working copies.
    """
    try:
        with transaction.atomic():
            alone()
            plan = planned(person, table, locked=True, progress=progress)
            if plan.counts[REFUSED] or digest not in (None, plan.digest()):
                raise Outdated(plan)
            carry_out(plan, person, progress or (lambda *_done: None))
            return plan
    except (IntegrityError, PermissionDenied, ValidationError):  # somebody was faster, somewhere else than in a sheet
        raise Outdated(planned(person, table)) from None


def alone():
    """Waits until no other sheet is being imported."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import_practices'))")


def carry_out(plan, person, progress):
    """Writes what is new and what changed, some hundred practices at a time."""
    slugs = Slugs()
    new = [proposal for proposal in plan.proposals if proposal.case is None]
    changed = [proposal for proposal in plan.proposals if proposal.case and proposal.changed]
    steps = [(create, some) for some in chunks(new)] + [(change, some) for some in chunks(changed)]
    done = 0
    for act, some in steps:
        act(some, person, slugs)
        done += len(some)
        progress("importing", done, len(new) + len(changed))


def chunks(proposals):
    """Some hundred of them at a time."""
    return [proposals[start : start + CHUNK] for start in range(0, len(proposals), CHUNK)]


def create(proposals, person, slugs):
    """Adds drafts."""
    taken = slugs.of(Practice)
    contents = []
    for proposal in proposals:
        first = proposal.rows[0]
        slug = first.slug or free_slug(first.title, proposal.new["city"], taken)
        taken[slug] = (slug, None)
        contents.append(proposal.new | {"slug": slug, "state": Practice.State.DRAFT})
    keys = PRACTICES.create(contents, slugs)
    written = WRITTEN.read(Practice.objects.filter(pk__in=keys))
    versions.record_many(written, person)


def change(proposals, person, slugs):
    """Changes drafts, and working copies of what is published; what they said until now is kept as a version."""
    targets = {begun(proposal, person).pk: proposal for proposal in proposals}
    cases = {key: proposal.case.practice.pk for key, proposal in targets.items()}
    rows = Practice.objects.filter(pk__in=targets)
    old = WRITTEN.read(rows)
    versions.record_many({cases[key]: content for key, content in old.items()})
    WRITTEN.update({key: (old[key], old[key] | proposal.changed) for key, proposal in targets.items()}, slugs)
    versions.record_many({cases[key]: content for key, content in WRITTEN.read(rows).items()}, person)


def begun(proposal, person):
    """The row to change: the draft, or a new working copy."""
    if proposal.case.is_copied:
        return do("revise", proposal.case.practice, person)
    return proposal.case.target


def free_slug(title, city, taken):
    """A slug made from the title that no practice has or had; with the city and a number, if need be."""
    wish, number = slug_from(title), 1
    slug, further = wish, f"{wish[:100]}-{city}"
    while slug in taken:
        slug = further if number == 1 else f"{further}-{number}"
        number += 1
    return slug
