import asyncio
from datetime import timedelta

import pytest
from django.core.mail import send_mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from mail.models import Job, JobError, Mail
from mail.queue import TITLES, defer_once, state, task
from mail.tasks import send
from mail.worker import crew


@pytest.fixture
def closed_door(settings):
    """No mail server answers."""
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


@pytest.fixture
def made_for_the_test():
    """Tasks that a test makes are gone after it."""
    known = set(app.tasks)
    yield
    for name in set(app.tasks) - known:
        del app.tasks[name], TITLES[name]


def write(to="ona@example.org"):
    send_mail("Hello", "Come in.", None, [to])


def test_a_mail_is_tried_again_after_growing_pauses_for_two_days_and_then_failed(closed_door, run_queue):
    write()
    pauses = []

    while not pauses or pauses[-1] is not None:
        run_queue(may_fail=True)
        job = Job.objects.get()
        pauses.append(job.scheduled_at and round((job.scheduled_at - timezone.now()) / timedelta(minutes=1)))
        Job.objects.all().update(scheduled_at=None)

    mail = Mail.objects.get()
    assert pauses == [1, 5, 15, 60, 180, 360, 720, 1440, None]
    assert (job.status, job.attempts, mail.state, mail.attempts) == ("failed", 9, "failed", 9)
    assert mail.error == job.error.text == "ConnectionRefusedError: [Errno 111] Connection refused"


def test_a_mail_that_waits_for_its_next_attempt_is_not_tried_before(closed_door, run_queue):
    write()
    run_queue(may_fail=True)

    run_queue(may_fail=True)

    assert Mail.objects.get().attempts == 1


def test_a_mail_that_failed_first_is_sent_later_and_tells_no_more_of_it(closed_door, settings, run_queue, mailoutbox):
    write()
    run_queue(may_fail=True)
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Job.objects.all().update(scheduled_at=None)

    run_queue()

    mail = Mail.objects.get()
    assert len(mailoutbox) == 1
    assert (mail.state, mail.attempts, mail.error) == ("sent", 2, "")


def test_the_log_names_no_address_when_a_mail_fails(closed_door, run_queue, caplog):
    write()
    Job.objects.all().update(attempts=8)

    run_queue(may_fail=True)

    assert f"Mail {Mail.objects.get().pk} could not be sent." in caplog.text
    assert "ona@example.org" not in caplog.text


def test_a_job_done_twice_sends_one_mail_and_one_whose_mail_is_gone_sends_none(run_queue, mailoutbox):
    write()
    send.defer(mail=Mail.objects.get().pk)
    send.defer(mail=0)

    run_queue()

    assert len(mailoutbox) == 1
    assert set(Job.objects.values_list("status", flat=True)) == {"succeeded"}


def test_the_queue_says_in_one_query_how_it_stands(closed_door, run_queue):
    empty = state()
    write()
    Job.objects.all().update(attempts=8)
    run_queue(may_fail=True)
    write()
    run_queue(may_fail=True)
    write()

    with CaptureQueriesContext(connection) as taken:
        stands = state()

    first = Job.objects.get(status="todo", attempts=1).procrastinateevent_set.get(type="deferred")
    assert len(taken) == 1
    assert empty == (0, 0, None)
    assert stands == (2, 1, first.at)


def test_a_job_of_a_kind_waits_once(run_queue):
    write()
    mail = Mail.objects.get().pk
    Job.objects.all().delete()

    for _time in range(3):
        defer_once(send, "greeting", mail=mail)

    assert Job.objects.count() == 1
    run_queue()
    defer_once(send, "greeting", mail=mail)
    assert Job.objects.filter(status="todo").count() == 1


def test_errors_go_with_their_jobs(closed_door, run_queue):
    write()
    run_queue(may_fail=True)

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")

    assert JobError.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("made_for_the_test")
def test_what_a_job_puts_into_the_queue_is_part_of_its_transaction(monkeypatch, mailoutbox):
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)  # leaves no connection behind

    @task("Write two mails", retry=False, name="tests.write_two")
    def write_two():
        with transaction.atomic():
            write("kept@example.org")
        with transaction.atomic():
            write("taken-back@example.org")
            transaction.set_rollback(True)

    write_two.defer()

    workers = crew(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2))
    asyncio.run(work_off(workers))

    assert [mail.to for mail in mailoutbox] == [["kept@example.org"]]
    assert sorted(Job.objects.values_list("task_name", "status")) == [
        ("mail.tasks.send", "succeeded"),
        ("tests.write_two", "succeeded"),
    ]


async def work_off(workers):
    async with workers.open_async():
        await workers.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)
