"""Who does the work that waits in the queue."""

from django.utils import timezone
from procrastinate.contrib.django import DjangoApp, app

from mail.models import JobError


def note_error(call_next, context, worker):
    """Keeps what went wrong with a job for the webmaster, until the job succeeds."""
    try:
        return call_next()
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
        JobError.objects.update_or_create(job_id=context.job.id, defaults={"text": text, "at": timezone.now()})
        raise


def crew(connector):
    """Those who do the tasks of the site over this connection.

    What tasks themselves put into the queue still goes through Django's own connection and its transaction, which it
    would not if the site's connector were replaced, as procrastinate's own command does.
    """
    workers = DjangoApp(connector=connector, worker_defaults={"task_middleware": [note_error]})
    workers.tasks = app.tasks
    return workers
