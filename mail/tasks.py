"""What this app does in the background."""

from datetime import timedelta

from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from mail.models import Mail
from mail.queue import HOUR, MINUTE, TWO_DAYS, Patience, task
from mail.schedule import daily, do_daily_work

KEPT_DAYS = 90


class MailNotSent(Exception):
    """A mail could not be handed over. Only the desk is told why: the log names no addresses."""

    def __init__(self, mail):
        super().__init__(f"Mail {mail.pk} could not be sent.")
        self.why = mail.error


@task(_("Send a mail"), pass_context=True)
def send(context, mail):
    """Sends a mail that waits. Whoever comes second waits for the first, and finds it sent."""
    with transaction.atomic():
        found = Mail.objects.select_for_update().filter(pk=mail, state=Mail.State.WAITING).first()
        if found:
            found.try_to_send(last_time=TWO_DAYS.is_over(context.job))
    if found and found.error:
        raise MailNotSent(found)


class DailyWorkFailed(Exception):
    """Some of the daily work could not be done."""


@app.periodic(cron="30 2 * * *")
@task(_("Do the daily work"), retry=Patience(10 * MINUTE, HOUR, 3 * HOUR))
def work_daily(timestamp):
    """Does the daily work, should nobody else have done it today."""
    failed = [name for name, outcome in do_daily_work() if outcome == "failed"]
    if failed:
        raise DailyWorkFailed(", ".join(failed))


@daily
def forget_old_sessions():
    """Removes sessions that have ended."""
    call_command("clearsessions")


@daily
def forget_old_mails_and_jobs():
    """Removes mails and jobs that came to an end, good or bad, about three months ago."""
    old = Mail.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    old.exclude(state=Mail.State.WAITING).delete()
    async_to_sync(app.job_manager.delete_old_jobs)(
        nb_hours=KEPT_DAYS * 24, include_failed=True, include_cancelled=True, include_aborted=True
    )
