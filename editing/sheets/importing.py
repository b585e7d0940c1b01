"""Does what the plan of a sheet says: all of it, or nothing."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from cities.models import City
from editing import versions
from editing.content import write
from editing.flow import do
from editing.sheets.planning import REFUSED, planned
from events.content.checking import slug_from
from practices.models import FormerSlug, Practice, Theme

NO_PROGRESS = lambda *_done: None  # noqa: E731


class Outdated(Exception):
    """The sheet would not do any more what was planned; `plan` says what it would do now."""

    def __init__(self, plan):
        super().__init__()
        self.plan = plan


def imported(person, table, digest=None, progress=NO_PROGRESS):
    """Imports the table and returns what was done; raises Outdated if that is not what the digest stands for.

    Nothing is published: what is new becomes a draft, and published practices get working copies.
    """
    try:
        with transaction.atomic():
            alone()
            plan = planned(person, table, locked=True, progress=progress)
            if plan.counts[REFUSED] or digest not in (None, plan.digest()):
                raise Outdated(plan)
            carry_out(plan, person, progress)
            return plan
    except (IntegrityError, PermissionDenied, ValidationError):  # somebody was faster, somewhere else than in a sheet
        raise Outdated(planned(person, table)) from None


def alone():
    """Waits until no other sheet is being imported."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import_practices'))")


def carry_out(plan, person, progress):
    """Writes what is new and what changed."""
    proposals = [proposal for proposal in plan.proposals if proposal.case is None or proposal.changed]
    for done, proposal in enumerate(proposals, start=1):
        practice = begun(proposal, person) if proposal.case else created(proposal)
        write(practice, proposal.changed)
        versions.record(practice, person)
        progress("importing", done, len(proposals))


def begun(proposal, person):
    """The row to change: the draft, with what it said until now kept, or a new working copy."""
    if proposal.case.is_copied:
        return do("revise", proposal.case.practice, person)
    versions.record(proposal.case.target)
    return proposal.case.target


def created(proposal):
    """The draft of a new practice."""
    content = proposal.new
    return Practice.objects.create(
        slug=proposal.rows[0].slug or free_slug(proposal.rows[0].title, content["city"]),
        city=City.objects.get(slug=content["city"]),
        theme=Theme.objects.get(slug=content["theme"]),
        original_language=content["original_language"],
    )


def free_slug(title, city):
    """A slug made from the title that no practice has or had; with the city and a number, if need be."""
    wish, number = slug_from(title), 1
    slug, further = wish, f"{wish[:100]}-{city}"
    while Practice.objects.filter(slug=slug).exists() or FormerSlug.objects.filter(slug=slug).exists():
        slug = further if number == 1 else f"{further}-{number}"
        number += 1
    return slug
