from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from procrastinate.contrib.django import app

from mail import schedule
from mail.models import DailyAct, Job, Mail
from mail.schedule import daily, do_daily_work
from mail.tasks import work_daily

MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)


@pytest.fixture
def done(monkeypatch):
    """Two acts of which the first fails while `broken` is in the list, and what they did."""
    monkeypatch.setattr(schedule, "ACTS", {})
    done = []

    @daily
    def sweep():
        Session.objects.create(session_key="half", expire_date=timezone.now())
        if "broken" in done:
            raise OSError("no broom")
        done.append("sweep")

    @daily
    def wind_the_clock():
        done.append("wind")

    return done


def name(act):
    return f"tests.mail.test_schedule.{act}"


def test_each_act_is_done_once_a_day(done):
    first = dict(do_daily_work(MONDAY))
    again = dict(do_daily_work(MONDAY))
    Session.objects.all().delete()
    next_day = dict(do_daily_work(TUESDAY))

    assert first == next_day == {name("sweep"): "done", name("wind_the_clock"): "done"}
    assert set(again.values()) == {"done before"}
    assert done == ["sweep", "wind"] * 2


def test_one_that_fails_leaves_nothing_half_done_stops_no_other_and_is_tried_again(done):
    done.append("broken")
    first = dict(do_daily_work(MONDAY))
    note = DailyAct.objects.get(name=name("sweep"))
    halves = Session.objects.count()
    done.remove("broken")

    again = dict(do_daily_work(MONDAY))

    assert first == {name("sweep"): "failed", name("wind_the_clock"): "done"}
    assert (note.day, note.error, halves) == (None, "OSError: no broom", 0)
    assert again == {name("sweep"): "done", name("wind_the_clock"): "done before"}
    assert done == ["wind", "sweep"]


def test_the_command_says_what_it_did_and_fails_if_anything_failed(done):
    done.append("broken")
    said = StringIO()

    with pytest.raises(CommandError, match=f"Failed: {name('sweep')}"):
        call_command("do_daily_work", stdout=said)

    assert said.getvalue() == f"{name('sweep')}: failed\n{name('wind_the_clock')}: done\n"


def test_the_worker_does_the_daily_work_and_tries_again_what_failed(done, run_queue):
    done.append("broken")
    work_daily.defer(timestamp=0)

    run_queue(may_fail=True)

    job = Job.objects.get()
    assert (job.status, job.attempts, job.error.text) == ("todo", 1, f"DailyWorkFailed: {name('sweep')}")
    assert {task for task, _id in app.periodic_registry.periodic_tasks} == {work_daily.name}


def test_sessions_that_ended_are_removed():
    now = timezone.now()
    Session.objects.create(session_key="over", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="open", expire_date=now + timedelta(days=1))

    call_command("do_daily_work", stdout=StringIO())

    assert [session.pk for session in Session.objects.all()] == ["open"]


def test_mails_and_jobs_are_forgotten_after_three_months_unless_they_still_wait(run_queue):
    for to in ("old@example.org", "young@example.org"):
        send_mail("Hello", "Come in.", None, [to])
    run_queue()
    send_mail("Hello", "Come in.", None, ["waiting@example.org"])
    age("old@example.org", 91)
    age("young@example.org", 89)
    age("waiting@example.org", 91)

    call_command("do_daily_work", stdout=StringIO())

    assert set(Mail.objects.values_list("to", flat=True)) == {"young@example.org", "waiting@example.org"}
    assert set(Job.objects.filter(task_name="mail.tasks.send").values_list("args__mail", flat=True)) == set(
        Mail.objects.values_list("pk", flat=True)
    )


def age(to, days):
    """Makes a mail and its job that old."""
    moment = timezone.now() - timedelta(days=days)
    mail = Mail.objects.get(to=to)
    Mail.objects.filter(pk=mail.pk).update(created_at=moment)
    events = Job.objects.get(args={"mail": mail.pk}).procrastinateevent_set
    events.all().update(at=moment)
