"""What is asked of a coordinator, and by when."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editing.freshness import SOON, due
from editing.links import broken_of
from editing.models import Comment, Step, Typed
from editing.rights import OPEN, rights_of
from practices.models import Practice

State = Practice.State
#: A draft that nobody has touched for so long is asked about.
LIES = timedelta(days=30)
#: So much of each kind is shown.
SHOWN = 8


@dataclass(frozen=True)
class Task:
    """One thing that is asked: what, of which case, in which words, since or until when, and how to do it."""

    kind: str
    label: str
    title: str
    said: str
    day: date
    act: str
    address: str
    quote: str = ""
    is_due: bool = False
    is_late: bool = False


def asked_of(person, practices):
    """What is asked of somebody who writes these practices, the most pressing first."""
    rights = rights_of(person)
    return [
        *changes_requested(practices),
        *unsaved(person, rights.cities),
        *to_verify(practices),
        *broken(rights.cities),
        *lying(practices),
    ]


def changes_requested(practices):
    """Cases that a reviewer sent back, with what the reviewer said."""
    sent_back = practices.filter(state=State.CHANGES_REQUESTED).order_by("updated_at", "pk")
    sent_back = list(sent_back.prefetch_related("translations")[:SHOWN])
    cases = [practice.copy_of_id or practice.pk for practice in sent_back]
    steps = Step.objects.filter(practice__in=cases, act="request-changes").select_related("by")
    steps = {step.practice_id: step for step in steps.order_by("practice_id", "-at", "-pk").distinct("practice_id")}
    comments = Comment.objects.filter(practice__in=cases).open().order_by().values_list("practice")
    comments = Counter(dict(comments.annotate(Count("pk"))))
    for practice, case in zip(sent_back, cases, strict=True):
        step, number = steps.get(case), comments[case]
        yield Task(
            kind="changes-requested",
            label=State.CHANGES_REQUESTED.label,
            title=str(practice),
            said=ngettext("%d open comment", "%d open comments", number) % number if number else "",
            day=timezone.localdate(step.at if step else practice.updated_at),
            act=_("See what to change"),
            address=reverse("admin:editing_review", args=[practice.pk]),
            quote=f"{step.by or _('former editor')}: {Truncator(step.message).words(40)}" if step else "",
        )


def unsaved(person, cities):
    """Text that this person typed and did not save, as far as it can still be saved."""
    is_open = Q(practice__state__in=OPEN) | Q(practice__copy__state__in=OPEN)
    still_open = Q(practice=None) | Q(is_open, practice__city__in=cities)
    kept = (
        Typed.objects.filter(still_open, person=person)
        .select_related("practice__copy")
        .prefetch_related("practice__translations")
    )
    for typed in kept[:SHOWN]:
        form = (
            reverse("admin:practices_practice_change", args=[typed.row.pk])
            if typed.practice
            else reverse("admin:practices_practice_add")
        )
        yield Task(
            kind="unsaved",
            label=_("Unsaved text"),
            title=str(typed.practice or (typed.fields.get("title") or [""])[0] or _("A new case")),
            said=_("You typed into the form and did not save it."),
            day=timezone.localdate(typed.saved_at),
            act=_("Take it up again"),
            address=f"{form}?language={typed.language}&typed={typed.form}",
        )


def to_verify(practices):
    """Published practices of which somebody has to say now, or soon, whether they are still true."""
    today = timezone.localdate()
    for practice in due(practices, by=today + SOON).prefetch_related("translations")[:SHOWN]:
        yield Task(
            kind="verify",
            label=_("Still true?"),
            title=str(practice),
            said=_("Readers see “not verified since”.") if practice.due_at < today else _("Once a year."),
            day=practice.due_at,
            act=_("Still true"),
            address=reverse("admin:editing_verify", args=[practice.pk]),
            is_due=True,
            is_late=practice.due_at < today,
        )


def broken(cities):
    """Addresses in published practices that lead nowhere any more."""
    for use in broken_of(cities)[:SHOWN]:
        yield Task(
            kind="broken",
            label=_("Broken link"),
            title=str(use.practice),
            said=use.link.url,
            day=use.link.first_seen_broken,
            act=_("Go to the case"),
            address=reverse("admin:practices_practice_change", args=[use.practice_id]),
        )


def lying(practices):
    """Drafts that nobody has touched for long."""
    before = timezone.now() - LIES
    drafts = practices.filter(state=State.DRAFT, updated_at__lt=before).order_by("updated_at", "pk")
    for practice in drafts.prefetch_related("translations")[:SHOWN]:
        yield Task(
            kind="draft",
            label=State.DRAFT.label,
            title=str(practice),
            said=_("Finish it, or ask the webmaster to take it away."),
            day=timezone.localdate(practice.updated_at),
            act=_("Go on writing"),
            address=reverse("admin:practices_practice_change", args=[practice.pk]),
        )
