"""The editorial flow: draft → in review → published → archived, and the ways back. Each step is an act by somebody.

draft ──submit──▶ in review ──approve──▶ published ──archive──▶ archived
  ▲ ◀──take back──  │  ▲                   │  ▲                   │
  │                 │  └─submit─┐          │  └────republish──────┘
  │          request│changes    │       revise: a working copy, which begins as a draft
  │                 ├──▶ changes requested
  └──reopen── rejected ◀──reject
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editing import versions
from editing.content import content_of, write
from editing.letters import tell
from editing.readiness import lacks
from editing.review import unjudged
from editing.rights import rights_of
from practices.indexing import index_practices
from practices.models import Practice

State = Practice.State


@dataclass(frozen=True)
class Act:
    """A step of the flow: from which states to which, how its button is called, and what it asks for."""

    name: str
    label: str
    done: str
    before: frozenset
    after: str
    explained: str = ""
    needs_message: bool = False
    leads_on: bool = False


def _act(name, label, done, before, after, **more):
    return Act(name, label, done, frozenset(before), after, **more)


ACTS = {
    act.name: act
    for act in (
        _act(
            "submit",
            _("Submit for review"),
            _("“%s” is in review now."),
            [State.DRAFT, State.CHANGES_REQUESTED],
            State.IN_REVIEW,
            explained=_("Reviewers get a mail. While they read, the text stays as it is; you can take it back."),
            leads_on=True,
        ),
        _act(
            "take-back",
            _("Take back"),
            _("“%s” is a draft again."),
            [State.IN_REVIEW],
            State.DRAFT,
            explained=_("You can change the text again, and submit it when it is ready."),
        ),
        _act(
            "request-changes",
            _("Request changes"),
            _("Changes of “%s” are requested."),
            [State.IN_REVIEW],
            State.CHANGES_REQUESTED,
            explained=_("The coordinators of the city get a mail with your message and your open comments."),
            needs_message=True,
        ),
        _act(
            "approve",
            _("Approve and publish"),
            _("“%s” is published."),
            [State.IN_REVIEW],
            State.PUBLISHED,
            explained=_("Readers see it at once. Your message says in one sentence what changed and why; they see it."),
            leads_on=True,
        ),
        _act(
            "reject",
            _("Reject"),
            _("“%s” is rejected."),
            [State.IN_REVIEW],
            State.REJECTED,
            explained=_("The coordinators of the city get a mail with the reason."),
            needs_message=True,
        ),
        _act(
            "reopen",
            _("Open again as a draft"),
            _("“%s” is a draft again."),
            [State.REJECTED],
            State.DRAFT,
        ),
        _act(
            "revise",
            _("Change this practice"),
            _("You work on a copy of “%s” now; readers see the published text until the copy is approved."),
            [State.PUBLISHED],
            State.PUBLISHED,
            leads_on=True,
        ),
        _act(
            "discard",
            _("Discard the working copy"),
            _("The working copy of “%s” is gone; its text stays in the history."),
            [State.DRAFT, State.CHANGES_REQUESTED, State.REJECTED],
            "",
        ),
        _act(
            "archive",
            _("Withdraw from publication"),
            _("“%s” is archived."),
            [State.PUBLISHED],
            State.ARCHIVED,
            explained=_("Readers who come to its address are told that it was withdrawn, why, and what replaced it."),
            needs_message=True,
        ),
        _act(
            "republish",
            _("Publish again"),
            _("“%s” is published again, as it was when it was withdrawn."),
            [State.ARCHIVED],
            State.PUBLISHED,
        ),
    )
}


def possible(person, practice):
    """The acts that this person can do with the practice now, in the order of the flow."""
    rights = rights_of(person)
    return [act for act in ACTS.values() if _fits(act, practice) and rights.may(act.name, practice)]


def _fits(act, practice):
    if practice.state not in act.before:
        return False
    if act.name == "discard":
        return practice.copy_of_id is not None
    return True


@transaction.atomic
def do(name, practice, person, message="", replaced_by=None):
    """Does an act with a practice, or its working copy: state, log, versions, index and mails, all or nothing.

    Returns the practice that the person goes on with. Raises PermissionDenied if the person may not, and
    ValidationError if the practice is not in a state for it, lacks something, or the act needs a message.
    """
    act = ACTS[name]
    practice = Practice.objects.select_for_update(of=("self",)).select_related("copy_of").get(pk=practice.pk)
    if not rights_of(person).may("see", practice):
        raise PermissionDenied
    if not _fits(act, practice):
        raise ValidationError(
            _("Somebody was faster: “%(practice)s” stands elsewhere by now. Its state: %(state)s."),
            code="state",
            params={"practice": practice, "state": practice.get_state_display()},
        )
    if not rights_of(person).may(name, practice):
        raise PermissionDenied
    message = message.strip()
    if act.needs_message and not message:
        raise ValidationError(_("Please say why in the message."), code="message")
    before, case, of_copy = practice.state, practice.case, practice.copy_of_id is not None
    version = versions.record(practice, person if name in {"submit", "discard"} else None)
    reached = DEEDS.get(name, _move)(act, practice, person, message, replaced_by) or practice
    step = case.steps.create(
        act=name, before=before, after=act.after, of_copy=of_copy, by=person, message=message, version=version
    )
    tell(step, act, reached)
    return reached


def _move(act, practice, _person, _message, _replaced_by):
    practice.move_to(act.after)


def _submit(act, practice, *_others):
    missing = lacks(practice)
    if missing:
        raise ValidationError(missing)
    practice.move_to(act.after)


def _approve(act, practice, person, message, _replaced_by):
    """Publishes a draft, or puts the content of a working copy in the place of what readers saw."""
    case, now = practice.case, timezone.now()
    if missing := unjudged(practice):
        raise ValidationError(missing)
    if practice.copy_of_id:
        if Practice.objects.select_for_update().get(pk=case.pk).state != State.PUBLISHED:
            raise ValidationError(
                _("“%(practice)s” is withdrawn: a webmaster has to publish it again before a change is approved."),
                code="withdrawn",
                params={"practice": case},
            )
        versions.record_published(case)
        version = versions.record(practice)
        write(case, content_of(practice))
        practice.delete()
        case = Practice.objects.get(pk=case.pk)
    else:
        version = versions.record(practice)
    case.verified_at, case.verified_by = timezone.localdate(), person
    case.move_to(State.PUBLISHED)
    case.versions.filter(pk=version.pk).update(published_at=now, note=message)
    case.judgements.all().delete()
    index_practices(Practice.objects.filter(pk=case.pk))
    return case


def _revise(_act, practice, person, *_others):
    """Makes the working copy of a published practice; there is only ever one."""
    if Practice.objects.filter(copy_of=practice).exists():
        raise ValidationError(
            _("There is a working copy of “%(practice)s” already."), code="copy", params={"practice": practice}
        )
    versions.record_published(practice)
    copy = Practice.objects.create(
        slug=f"{practice.slug[:130]}--copy-{practice.pk}",
        city=practice.city,
        theme=practice.theme,
        original_language=practice.original_language,
        copy_of=practice,
    )
    write(copy, content_of(practice))
    return Practice.objects.get(pk=copy.pk)


def _discard(_act, practice, *_others):
    case = practice.case
    practice.delete()
    return case


def _archive(act, practice, _person, message, replaced_by):
    practice.withdrawn_because, practice.replaced_by = message, replaced_by
    practice.move_to(act.after)
    index_practices(Practice.objects.filter(pk=practice.pk))


def _republish(act, practice, *_others):
    practice.withdrawn_because, practice.replaced_by = "", None
    practice.move_to(act.after)
    index_practices(Practice.objects.filter(pk=practice.pk))


DEEDS = {
    "submit": _submit,
    "approve": _approve,
    "revise": _revise,
    "discard": _discard,
    "archive": _archive,
    "republish": _republish,
}
