"""Keeping published practices true: which are due, whom we ask, and what they answer."""

import hashlib
import secrets
from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import Signer
from django.db import transaction
from django.db.models import Count, DateField, DurationField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import MailLevel, User
from accounts.roles import COORDINATORS, WEBMASTERS
from editing.flow import do
from editing.models import Enquiry
from editing.rights import rights_of
from mail.letters import write
from practices.freshness import known_since
from practices.models import Practice

#: An unanswered question is asked again after so many days, and so often; then it is for the webmaster to see.
REMIND_AFTER = timedelta(days=30)
REMINDERS = 3
LINK_LASTS = timedelta(days=60)
SOON = timedelta(days=30)
State, Answer = Practice.State, Enquiry.Answer
#: What the log calls what is said here of a case.
NOTED = {"verify": gettext_lazy("Verified: still true"), "needs-change": gettext_lazy("Needs a change")}
signer = Signer(sep=".", salt="editing.freshness")


def with_due_date(practices):
    """The published ones of these practices with `due_at`, when each is to be verified again; the first due first."""
    year = Value(timedelta(days=settings.VERIFY_AFTER_DAYS), DurationField())
    published = practices.published().annotate(known_since=known_since())
    due_at = Cast(F("known_since") + year, DateField())
    return published.annotate(due_at=due_at).order_by("known_since", "pk")


def due(practices, by=None):
    """The published ones of these practices that are to be verified by this day (today), the longest overdue first."""
    last = (by or timezone.localdate()) - timedelta(days=settings.VERIFY_AFTER_DAYS)
    return with_due_date(practices).filter(known_since__lte=last)


def numbers(practices):
    """How many of these practices are published, due, due soon, and were never verified, in one query."""
    today = timezone.localdate()
    last = today - timedelta(days=settings.VERIFY_AFTER_DAYS)
    return (
        practices.published()
        .order_by()
        .annotate(known_since=known_since())
        .aggregate(
            published=Count("pk"),
            due=Count("pk", filter=Q(known_since__lte=last)),
            soon=Count("pk", filter=Q(known_since__gt=last, known_since__lte=last + SOON)),
            never=Count("pk", filter=Q(verified_at=None)),
        )
    )


def to_ask():
    """Practices of which somebody is to be asked today, with `asked`, how often we did since they are due.

    Not those whose working copy is with the reviewers: to approve it is to verify it.
    """
    earlier = Enquiry.objects.filter(practice=OuterRef("pk"), sent_at__date__gte=OuterRef("due_at"))
    latest = earlier.order_by("-sent_at", "-number")
    practices = due(Practice.objects.exclude(copy__state=State.IN_REVIEW)).annotate(
        asked=Coalesce(Subquery(latest.values("number")[:1]), 0),
        asked_at=Subquery(latest.values("sent_at__date")[:1]),
    )
    rested = Q(asked__lte=REMINDERS, asked_at__lte=timezone.localdate() - REMIND_AFTER)
    return practices.filter(Q(asked=0) | rested).prefetch_related("translations")


def writable(people):
    """Those of these people who work here and want mail about what they must act on."""
    return people.filter(is_active=True, is_staff=True).exclude(mails=MailLevel.NONE).order_by("pk").distinct()


def people_to_ask(practices):
    """For each of these practices the people who are asked about it: the coordinators of its city, else webmasters."""
    cities = {practice.city_id for practice in practices}
    of_city = defaultdict(list)
    coordinators = writable(User.objects.filter(groups__name=COORDINATORS, cities__in=cities))
    for person in coordinators.prefetch_related("cities"):
        for city in person.cities.all():
            of_city[city.pk].append(person)
    webmasters = list(writable(User.objects.filter(Q(groups__name=WEBMASTERS) | Q(is_superuser=True))))
    return [(practice, of_city[practice.city_id] or webmasters) for practice in practices]


@transaction.atomic
def ask():
    """Asks by mail whether the practices that are due are still true; everybody gets one mail for all of theirs."""
    asked = defaultdict(list)
    for practice, people in people_to_ask(list(to_ask())):
        for person in people:
            asked[person].append(practice)
    for person, practices in asked.items():
        write_to(person, practices)


def write_to(person, practices):
    """One mail to one person, with a link for each of these practices."""
    rows = [(practice, link_for(practice, person)) for practice in practices]
    write("still-true", {"rows": rows, "days": LINK_LASTS.days}, person.language, to=[person.email]).send()


def link_for(practice, person):
    """The last part of the address at which this person, and nobody else, answers for this practice once."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    Enquiry.objects.create(
        practice=practice,
        person=person,
        number=practice.asked + 1,
        token_hash=hash_of(token),
        sent_at=now,
        expires_at=now + LINK_LASTS,
    )
    return signer.sign(token)


def hash_of(token):
    """The fingerprint of a link, which is all that we keep of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def enquiry_of(link, lock=False):
    """The question that a link answers. Raises BadSignature if we did not make it, DoesNotExist if it is forgotten."""
    enquiries = Enquiry.objects.select_related("practice__theme", "person")
    if lock:
        enquiries = enquiries.select_for_update(of=("self", "practice"))
    return enquiries.get(token_hash=hash_of(signer.unsign(link)))


@transaction.atomic
def verify(practice, person):
    """Notes that all of a published practice is still true: today, by this person. Changes nothing else of it.

    Raises PermissionDenied if the person may not, ValidationError if readers do not see the practice any more.
    """
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    if not practice.is_published:
        raise ValidationError(_("“%(practice)s” is not published."), code="state", params={"practice": practice})
    if not rights_of(person).may("verify", practice):
        raise PermissionDenied
    Practice.objects.filter(pk=practice.pk).update(verified_at=timezone.localdate(), verified_by=person)
    practice.steps.create(act="verify", before=practice.state, after=practice.state, by=person)


@transaction.atomic
def want_change(practice, person, message=""):
    """Begins a working copy for what is not true any more; if there is one already, the log says what was said.

    Returns the working copy.
    """
    practice = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    copy = Practice.objects.filter(copy_of=practice).first()
    if copy is None:
        return do("revise", practice, person, message)
    if not rights_of(person).may("revise", practice):
        raise PermissionDenied
    practice.steps.create(
        act="needs-change", before=practice.state, after=practice.state, by=person, message=message.strip()
    )
    return copy


@transaction.atomic
def answer(enquiry, said, message=""):
    """Takes in what somebody answers to a question, once; returns the working copy if it needs a change."""
    copy = None
    if said == Answer.STILL_TRUE:
        verify(enquiry.practice, enquiry.person)
    else:
        copy = want_change(enquiry.practice, enquiry.person, message)
    enquiry.used_at, enquiry.answer = timezone.now(), said
    enquiry.save(update_fields=["used_at", "answer"])
    return copy
