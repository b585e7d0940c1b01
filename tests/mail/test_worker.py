"""Workers as they run beside the site: processes of their own, which die as processes do."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.mail import send_mail
from django.db import connection, transaction

from crossinno.database import PACKAGE
from editing.models import Upload
from editing.sheets.uploads import confirmed, kept
from editing.tasks import go_on_with
from mail.keeper import Keeper
from mail.models import Job, Mail
from practices.models import Practice
from tests.editing.people import coordinator_of
from tests.editing.sheet_files import csv_file
from tests.factories import CityFactory, ThemeFactory
from tests.mail.post import open_post

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(PACKAGE is None, reason="the embedded server is not installed"),
]


@pytest.fixture
def post(monkeypatch):
    """A mail server that the workers of this test use, on the database of the tests."""
    with open_post() as post:
        database = connection.get_connection_params()
        where = f"host={quote(database['host'])}&port={database['port']}"
        monkeypatch.setenv("DATABASE_URL", f"postgresql://{database['user']}@/{database['dbname']}?{where}")
        monkeypatch.setenv("EMAIL_URL", post.address)
        yield post


@contextlib.contextmanager
def worker(*options, **more):
    """A worker that takes another for dead after two seconds of silence."""
    command = [sys.executable, "manage.py", "work", "--silence", "2", *options]
    with subprocess.Popen(command, cwd=ROOT, **more) as process:
        try:
            yield process
        finally:
            process.kill()


def write(number=1):
    for each in range(number):
        send_mail(f"Hello {each}", "Come in.", None, ["ona@example.org"])


def until(true, seconds=40):
    """Waits until it is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It took too long."
        time.sleep(0.05)


def test_what_a_killed_worker_had_begun_is_done_by_another(post):
    post.door.clear()
    write()
    with worker() as first:
        assert post.came.wait(40)
        first.kill()
    left = Job.objects.get(task_name="mail.tasks.send").status
    post.door.set()
    post.letters.clear()

    with worker():
        until(lambda: Mail.objects.get().state == "sent")

    assert left == "doing"
    assert len(post.letters) == 1


def test_an_import_that_dies_in_the_middle_leaves_nothing_and_is_done_by_another(post):
    ThemeFactory(slug="brokerage")
    person = coordinator_of(CityFactory(slug="lyon"))
    rows = [[f"p-{each}", "Practice", "lyon", "brokerage"] for each in range(300)]
    upload = kept(person, "many.csv", csv_file([["slug", "title", "city", "theme"], *rows]))
    go_on_with(upload)
    with worker():
        until(lambda: Upload.objects.get().state == "planned")
    go_on_with(confirmed(upload.token, person))

    with worker() as first, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE editing_version IN SHARE MODE")  # practices are written, their versions wait
        until(lambda: waits_for(cursor, "editing_version"))
        first.kill()
        first.wait()
    left = Job.objects.get(task_name="editing.tasks.import_sheet").status, Practice.objects.count()
    with worker():
        until(lambda: Upload.objects.get().state == "done")

    assert left == ("doing", 0)
    assert Practice.objects.count() == 300
    assert sum(practice.versions.count() for practice in Practice.objects.all()) == 300


def waits_for(cursor, table):
    """Whether somebody waits for a lock on this table."""
    cursor.execute("SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted", [table])
    return cursor.fetchone()[0]


def test_a_worker_that_is_told_to_stop_finishes_what_it_is_at(post):
    post.door.clear()
    write()
    with worker() as process:
        assert post.came.wait(40)
        process.send_signal(signal.SIGTERM)
        time.sleep(1)
        busy = process.poll()
        post.door.set()
        ended = process.wait(20)

    assert (busy, ended) == (None, 0)
    assert Mail.objects.get().state == "sent"


def test_a_mail_is_sent_soon_after_it_was_written_and_by_one_worker_only(post):
    with worker(), worker():
        until(lambda: Job.objects.filter(task_name="mail.tasks.work_daily", status="succeeded").exists())
        begun = time.monotonic()
        write(20)
        until(lambda: not Mail.objects.exclude(state="sent").exists())
        seconds = time.monotonic() - begun

    subjects = [re.search(r"Subject: (.*)\r", letter)[1] for letter in post.letters]
    assert sorted(subjects) == sorted(f"Hello {each}" for each in range(20))
    assert seconds < 5 * max(1, os.getloadavg()[0])


def test_a_worker_without_a_database_says_so_in_one_sentence(post, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@/none?host={quote(str(tmp_path))}")

    with worker(stderr=subprocess.PIPE, text=True) as process:
        _out, said = process.communicate(timeout=60)

    assert process.returncode == 1
    assert said == "CommandError: The worker stops: the database does not answer (OperationalError).\n"


def test_a_worker_whose_site_is_gone_before_it_began_ends_at_once(post):
    with worker("--until-input-ends", stdin=subprocess.PIPE) as process:
        process.stdin.close()
        ended = process.wait(30)

    assert ended == 0


def test_the_keeper_replaces_a_worker_that_died_and_leaves_nothing_behind(post):
    keeper = Keeper()
    keeper.start()
    try:
        until(lambda: children(keeper.process.pid))
        (first,) = children(keeper.process.pid)
        os.kill(first, signal.SIGKILL)
        until(lambda: children(keeper.process.pid) not in ([], [first]))
        write()
        until(lambda: Mail.objects.get().state == "sent")
        (second,) = children(keeper.process.pid)
    finally:
        keeper.stop()

    assert not Path(f"/proc/{second}").exists()
    assert keeper.process.returncode == 0


def children(process):
    """The processes that this one has started."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
