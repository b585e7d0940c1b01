"""Who does the work that waits in the queue."""

import asyncio
import sys
from contextlib import suppress

from asgiref.sync import sync_to_async
from django.utils import timezone
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from procrastinate.worker import Worker

from mail.models import JobError

PATIENCE = 20  # seconds that jobs have to come to their end when the worker stops
DAY = 24 * 3600
MOST_ATTEMPTS = 12  # a job at which one worker after the other dies is not begun for ever


def note_error(call_next, context, worker):
    """Keeps what went wrong with a job for the webmaster."""
    try:
        return call_next()
    except Exception as error:
        keep_error(context.job.id, getattr(error, "why", f"{type(error).__name__}: {error}"))
        raise


def keep_error(job, text):
    """Notes what went wrong with this job last."""
    JobError.objects.update_or_create(job_id=job, defaults={"text": text, "at": timezone.now()})


def crew(connector):
    """Those who do the tasks of the site over this connection.

    What tasks themselves put into the queue still goes through Django's own connection and its transaction, which it
    would not if the site's connector were replaced, as procrastinate's own command does.
    """
    workers = DjangoApp(
        connector=connector,
        worker_defaults={"task_middleware": [note_error]},
        periodic_defaults={"max_delay": 2 * DAY},  # a site that slept at night does its daily work when it wakes up
    )
    workers.tasks = app.tasks
    return workers


async def work(concurrency, silence, until_input_ends):
    """Works until a signal, or the end of the input if asked so; a worker silent for so many seconds counts as dead."""
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=concurrency + 2)
    workers = crew(connector)
    workers.periodic_registry = app.periodic_registry
    worker = Worker(
        workers,
        concurrency=concurrency,
        shutdown_graceful_timeout=PATIENCE,
        update_heartbeat_interval=silence / 3,
        stalled_worker_timeout=silence,
        **workers.worker_defaults,
    )
    async with workers.open_async():
        working = asyncio.create_task(worker.run())
        rescue = asyncio.create_task(take_over(workers.job_manager, silence))
        rescue.add_done_callback(lambda _task: worker.stop())
        if until_input_ends:
            stop_at_end_of_input(worker)
        try:
            await working
        finally:
            while not rescue.done():  # what waits for a connection may miss the first call
                rescue.cancel()
                await asyncio.wait([rescue], timeout=1)
    if not rescue.cancelled():
        rescue.result()


def stop_at_end_of_input(worker):
    """Has the worker finish what it is at, once whoever started it has closed its input or died."""
    loop = asyncio.get_running_loop()

    def stop():
        loop.remove_reader(sys.stdin)
        worker.stop()

    loop.add_reader(sys.stdin, stop)


async def take_over(jobs, silence):
    """Puts back into the queue, again and again, what workers had begun that died since."""
    while True:
        for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=silence):
            with suppress(ConnectorException):  # another worker was faster
                if job.attempts < MOST_ATTEMPTS:
                    await jobs.retry_job(job)
                else:
                    await jobs.finish_job(job, Status.FAILED, delete_job=False)
                    await sync_to_async(keep_error)(job.id, "The worker died again and again.")
        await asyncio.sleep(silence / 3)
