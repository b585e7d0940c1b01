"""Judging a case: comments on its fields, the checklist of criteria, how strong its evidence is and what it costs."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editing import versions
from editing.models import Judgement
from editing.rights import rights_of
from practices.models import Practice


def unjudged(practice):
    """What stands against publishing the practice, one sentence each: criteria, open comments, evidence."""
    case = practice.case
    judged = {judgement.criterion: judgement for judgement in case.judgements.all()}
    missing = []
    for criterion in Judgement.Criterion:
        name = criterion.label.partition(":")[0]
        if criterion not in judged:
            missing.append(_("“%s” is not judged yet.") % name)
        elif not judged[criterion].is_met:
            missing.append(_("“%s” is not met.") % name)
    if number := case.comments.open().count():
        missing.append(_("Comments that nobody has resolved: %d.") % number)
    if not practice.evidence:
        missing.append(_("The strength of the evidence is not judged yet."))
    return missing


def may_comment(person, practice):
    """Whether this person takes part in the review of the practice."""
    rights = rights_of(person)
    return rights.writes(practice) or rights.judges(practice) or practice.theme_id in rights.themes


@transaction.atomic
def comment(practice, person, field, text):
    """Remarks something on a field of the case."""
    if not may_comment(person, practice):
        raise PermissionDenied
    return practice.case.comments.create(field=field, text=text, by=person)


@transaction.atomic
def resolve(comment, practice, person):
    """Notes that what a comment asked for is done, or is not to be done."""
    if not may_comment(person, practice) or comment.practice_id != practice.case.pk:
        raise PermissionDenied
    comment.resolved_at, comment.resolved_by = timezone.now(), person
    comment.save(update_fields=["resolved_at", "resolved_by"])


@transaction.atomic
def judge(practice, person, judgements, evidence, cost_band, reason):
    """Notes which criteria are met ({criterion: (is met, note)}), and sets evidence and cost with the reason for it.

    The reason stands in the log whenever one of the two changes. Raises PermissionDenied unless this person may judge
    the practice as it stands.
    """
    practice = Practice.objects.select_for_update(of=("self",)).select_related("copy_of").get(pk=practice.pk)
    if not rights_of(person).may("judge", practice):
        raise PermissionDenied
    case = practice.case
    for criterion, (is_met, note) in judgements.items():
        case.judgements.update_or_create(criterion=criterion, defaults={"is_met": is_met, "note": note, "by": person})
    case.judgements.exclude(criterion__in=judgements).delete()
    if (practice.evidence, practice.cost_band) == (evidence, cost_band):
        return
    versions.record(practice)
    practice.evidence, practice.cost_band = evidence, cost_band
    practice.save()
    case.steps.create(
        act="judge",
        before=practice.state,
        after=practice.state,
        of_copy=practice.copy_of_id is not None,
        by=person,
        message=reason,
        version=versions.record(practice),
    )
