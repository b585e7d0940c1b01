"""What a webmaster keeps in order: each number leads to the list of exactly what it counts."""

from typing import NamedTuple

from django.db.models import DateTimeField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from contact.models import Message
from editing import freshness
from editing.models import Link, Step
from mail import queue
from practices.models import Practice
from search.models import Asked

SHOWN = 10
SEARCHES = 5


class Number(NamedTuple):
    """How much there is of something to look after, where it is listed, and what is said when there is nothing."""

    name: str
    count: int
    address: str
    if_none: str


def webmaster_desk(request):
    """The first page of a webmaster: what waits for a decision, what is not as it should be, what readers miss."""
    waiting = Practice.objects.filter(state=Practice.State.IN_REVIEW)
    listed = reverse("admin:practices_practice_changelist")
    nothing_found = Asked.objects.filter(hits=0)
    return {
        "queue": with_people(review_queue(waiting)[:SHOWN]),
        "waiting": waiting.count(),
        "waiting_address": f"{listed}?state__exact={Practice.State.IN_REVIEW}",
        "numbers": numbers(),
        "searches": list(nothing_found[:SEARCHES]),
        "searches_in_all": nothing_found.count(),
        "searches_address": f"{reverse('admin:search_asked_changelist')}?found=nothing",
    }


def review_queue(practices):
    """These practices in the order in which they were submitted, with since when they wait and who submitted them."""
    submitted = Step.objects.filter(practice=Coalesce(OuterRef("copy_of"), OuterRef("pk")), act="submit")
    latest = submitted.order_by("-at", "-pk")
    since = Coalesce(Subquery(latest.values("at")[:1]), "updated_at", output_field=DateTimeField())
    return (
        practices.annotate(since=since, submitter=Subquery(latest.values("by")[:1]))
        .select_related("city", "theme")
        .prefetch_related("translations", "city__translations", "theme__translations")
        .order_by("since", "pk")
    )


def with_people(practices):
    """The practices of the queue as rows: each with whole days of waiting and the person who submitted it."""
    practices = list(practices)
    people = User.objects.in_bulk({practice.submitter for practice in practices} - {None})
    today = timezone.localdate()
    return [
        (practice, people.get(practice.submitter), (today - timezone.localdate(practice.since)).days)
        for practice in practices
    ]


def numbers():
    """What is not as it should be: how much of each."""
    listed = reverse("admin:practices_practice_changelist")
    due = freshness.due(Practice.objects.all()).count()
    broken = Link.objects.broken().count()
    messages = Message.objects.filter(answered=False).count()
    invited = User.objects.standing(User.Standing.INVITED).count()
    failed = queue.state().failed
    return [
        Number(
            _("not verified for a year"),
            due,
            f"{listed}?verified=due",
            _("Everything published was verified within a year."),
        ),
        Number(
            ngettext("broken link", "broken links", broken),
            broken,
            reverse("admin:editing_link_changelist"),
            _("No link is known to be broken."),
        ),
        Number(
            ngettext("message to answer", "messages to answer", messages),
            messages,
            f"{reverse('admin:contact_message_changelist')}?answered__exact=0",
            _("Every message is answered."),
        ),
        Number(
            ngettext("invitation not accepted", "invitations not accepted", invited),
            invited,
            f"{reverse('admin:accounts_user_changelist')}?standing={User.Standing.INVITED}",
            _("Everybody who was invited has come."),
        ),
        Number(
            ngettext("mail or job that failed", "mails and jobs that failed", failed),
            failed,
            f"{reverse('admin:mail_job_changelist')}?state={queue.Job.State.FAILED}",
            _("All mails went out, all jobs are done."),
        ),
    ]
