"""The queue of background work: how work is put into it, and how it stands. Why so: `docs/decisions/queue.md`."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from mail.models import Job

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

#: What each task is called on a page.
TITLES = {}


class Patience(BaseRetryStrategy):
    """Tries again after each of these pauses, and then no more."""

    def __init__(self, *pauses):
        self.pauses = pauses

    def get_retry_decision(self, *, exception, job):
        if self.is_over(job):
            return None
        return RetryDecision(retry_at=timezone.now() + self.pauses[job.attempts])

    def is_over(self, job):
        """Whether the job is on its last attempt."""
        return job.attempts >= len(self.pauses)


#: Two days in all: a mail server may be down over a weekend's night, or put off whom it does not know.
TWO_DAYS = Patience(MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR)


def task(title="", *, retry=TWO_DAYS, **options):
    """Makes a function of a `tasks.py` something that can be done in the background: `function.defer(number=1)`.

    The job is stored in the transaction in which it is deferred and done after that, at least once: the function has to
    bear being called twice. An error makes it try again as `retry` says. The title says on pages what it does.
    """

    def decorate(function):
        made = app.task(retry=retry, **options)(function)
        TITLES[made.name] = title or made.name
        return made

    return decorate


def defer_once(task, key, **arguments):
    """Puts a job into the queue, unless one with this key waits there already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.configure(queueing_lock=key).defer(**arguments)


class State(NamedTuple):
    """How the queue stands."""

    waiting: int
    failed: int
    oldest: datetime | None  #: since when the job waits that waits longest


def state():
    """How many jobs wait or run, how many failed, and since when the oldest waits; one query."""
    waiting = Q(status__in=[Job.State.WAITING, Job.State.RUNNING])
    put_in = Q(procrastinateevent__type="deferred")
    found = Job.objects.filter(waiting | Q(status=Job.State.FAILED)).aggregate(
        waiting=Count("pk", filter=waiting, distinct=True),
        failed=Count("pk", filter=Q(status=Job.State.FAILED), distinct=True),
        oldest=Min("procrastinateevent__at", filter=waiting & put_in),
    )
    return State(**found)
