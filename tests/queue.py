"""Working off the queue as the worker would, in the midst of a test."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.django_connector import DjangoConnector

from mail.models import Job, JobError
from mail.worker import crew, note_error


class ConnectionOfTheTest(DjangoConnector):
    """What the worker asks for, asked over the connection of the test, which hands out JSON as Django wants it."""

    def execute_query_one(self, query, **arguments):
        row = super().execute_query_one(query, **arguments)
        return row | {"args": json.loads(row["args"])} if row.get("args") else row


def run_due_jobs(may_fail=False):
    """Does everything that is due, and what that puts into the queue; its mails are in `django.core.mail.outbox`.

    The tasks run in the thread of the test and see its transaction. Beside a browser, whose driver keeps an event loop
    in that thread, they run in one of their own, and see what the live server stored.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        work_off(may_fail)
    else:
        elsewhere(work_off, may_fail)


def elsewhere(function, *arguments):
    """Calls the function in a thread of its own, with a connection of its own."""
    with ThreadPoolExecutor(1) as thread:
        try:
            thread.submit(function, *arguments).result()
        finally:
            thread.submit(lambda: connection.close()).result()  # the one of that thread


def empty_queue():
    """Removes all jobs, for Django empties after a test only the tables that it manages."""
    elsewhere(lambda: Job.objects.all().delete())


def work_off(may_fail):
    """The worker itself, but for its threads, and for the connections that it closes after each job."""
    begun = timezone.now()

    async def here(function, *arguments):
        return await sync_to_async(function, thread_sensitive=True)(*arguments)

    with patch("procrastinate.utils.sync_to_async", here):
        options = {"wait": False, "listen_notify": False, "install_signal_handlers": False}
        async_to_sync(crew(ConnectionOfTheTest()).run_worker_async)(**options, task_middleware=[note_error])
    errors = list(JobError.objects.filter(at__gte=begun).values_list("text", flat=True))
    assert may_fail or not errors, errors
