"""One act for many practices: each by itself as the flow wants it, all that can be done in one transaction."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from editing import freshness
from editing.flow import do
from practices.models import Practice


@dataclass
class Outcome:
    """What came of it: the keys and titles of what was done, and (title, why) of what was not."""

    done: list = field(default_factory=list)
    refused: list = field(default_factory=list)


@transaction.atomic
def each(practices, act):
    """Does an act, a function, with each of these practices; what is refused stays as it was and says why."""
    outcome = Outcome()
    for practice in practices:
        try:
            with transaction.atomic():
                act(practice)
        except ValidationError as refusal:
            outcome.refused.append((str(practice), " ".join(refusal.messages)))
        except PermissionDenied:
            outcome.refused.append((str(practice), _("You may not do this with it.")))
        else:
            outcome.done.append((practice.pk, str(practice)))
    return outcome


def archive(practices, person, reason):
    """Withdraws these practices from publication."""
    return each(practices, lambda practice: do("archive", practice, person, reason))


def republish(practices, person):
    """Publishes these practices again as they were when they were withdrawn."""
    return each(practices, lambda practice: do("republish", practice, person))


def withdraw_again(practices, person, reasons):
    """Withdraws again what was published again: for the reasons, and replaced by what, it was withdrawn before."""
    others = Practice.objects.in_bulk([other for _reason, other in reasons.values() if other])

    def act(practice):
        reason, other = reasons[str(practice.pk)]
        do("archive", practice, person, reason or _("Published again by mistake."), others.get(other))

    return each(practices, act)


def ask(practices):
    """Asks by mail whether these published practices are still true, even if they are not due."""
    outcome, found = Outcome(), []
    for practice in practices:
        if practice.is_published:
            practice.asked = 0
            found.append(practice)
        else:
            outcome.refused.append((str(practice), _("It is not published.")))
    letters = {}
    for practice, people in freshness.people_to_ask(found):
        if people:
            outcome.done.append((practice.pk, str(practice)))
        else:
            outcome.refused.append((str(practice), _("Nobody can be asked by mail.")))
        for person in people:
            letters.setdefault(person, []).append(practice)
    with transaction.atomic():
        for person, asked in letters.items():
            freshness.write_to(person, asked)
    return outcome
