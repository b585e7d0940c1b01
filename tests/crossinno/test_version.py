"""The content version as the web server asks for it, of a database that others change."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection, connections

from crossinno.changes import Changes
from crossinno.version import LONGEST, ContentVersionOnItsOwnLine
from practices.models import Practice
from tests.factories import PracticeFactory

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


def address():
    """Where others find the database of the tests."""
    database = connection.get_connection_params()
    where = f"?host={quote(database['host'])}&port={database['port']}"
    return f"postgresql://{database['user']}@/{database['dbname']}{where}"


@pytest.fixture(autouse=True)
def changes(monkeypatch, settings, tmp_path):
    """What tells of changes, in a file that tests which run meanwhile do not share."""
    settings.VAR_DIR = tmp_path
    changes = Changes()
    for module in ("crossinno.version", "crossinno.postgresql.base"):
        monkeypatch.setattr(f"{module}.changes", changes)
    return changes


@pytest.fixture
def version():
    version = ContentVersionOnItsOwnLine()
    yield version
    version.hang_up()


@pytest.fixture
def clock(monkeypatch):
    """The clock of the version, which goes on only where a test says so."""
    clock = SimpleNamespace(now=0.0)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr("crossinno.version.time", clock)
    return clock


def test_version_moves_with_the_change_and_not_before_it_is_stored(version, clock):
    practice = PracticeFactory()
    before = version()

    with connections["default"].cursor() as cursor:
        cursor.execute("BEGIN")
        Practice.objects.filter(pk=practice.pk).update(state="archived")
        during = version()
        cursor.execute("COMMIT")

    assert during == before
    assert version() != before


def test_same_version_is_told_again_on_the_same_line_without_asking(version, clock):
    first = version()
    line, asked = version.line, version.asked

    assert [version() for _time in range(3)] == [first] * 3
    assert (version.line, version.asked) == (line, asked)


def test_change_that_another_process_of_this_machine_stores_is_known_at_once(version, clock, tmp_path):
    practice = PracticeFactory()
    before = version()
    code = (
        "import django; django.setup(); from practices.models import Practice;"
        f" Practice.objects.filter(pk={practice.pk}).update(state='archived')"
    )

    settings = os.environ | {"DATABASE_URL": address(), "VAR_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=settings, cwd=ROOT, check=True)

    assert version() != before


def test_change_that_nobody_here_made_is_known_after_half_a_second(version, clock):
    practice = PracticeFactory()
    before = version()

    with psycopg.connect(address(), autocommit=True) as other:
        other.execute("UPDATE practices_practice SET state = 'archived' WHERE id = %s", [practice.pk])

    clock.now += LONGEST
    assert version() != before


def test_change_that_was_taken_back_is_told_to_nobody(version, changes):
    practice = PracticeFactory()
    version()
    before = changes.last()

    with connections["default"].cursor() as cursor:
        cursor.execute("BEGIN")
        Practice.objects.filter(pk=practice.pk).update(state="archived")
        cursor.execute("ROLLBACK")

    assert changes.last() == before


def test_version_is_asked_each_time_where_no_file_can_be_shared(version, monkeypatch, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "file" / "folder"
    settings.VAR_DIR.parent.touch()
    monkeypatch.setattr("crossinno.version.changes", Changes())

    assert version() == version()
    assert version.asked == 2


def test_line_that_was_cut_is_replaced(version):
    first = version()
    version.known = None, 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [version.line.info.backend_pid])

    assert version() == first


def test_nobody_knows_the_version_of_a_database_that_is_gone(version, monkeypatch):
    version()
    version.hang_up()
    version.known = None, 0.0
    with monkeypatch.context() as gone:
        gone.setitem(connection.settings_dict, "HOST", "/nowhere")
        for _time in range(2):
            with pytest.raises(psycopg.OperationalError, match="nowhere"):
                version()

    assert version() == version.number


class Gate:
    """A gate that says who has come to it."""

    def __init__(self):
        self.lock, self.came = threading.RLock(), threading.Semaphore(0)

    def __enter__(self):
        self.came.release()
        return self.lock.__enter__()

    def __exit__(self, *error):
        self.lock.__exit__(*error)


class Slow(ContentVersionOnItsOwnLine):
    """Takes its time for the first question."""

    def __init__(self):
        super().__init__()
        self.gate = Gate()
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.questions = 0

    def _ask(self):
        self.questions += 1
        if self.questions == 1:
            self.begun.set()
            self.go_on.wait(10)
        return super()._ask()


def test_those_who_wait_share_a_question_that_was_put_after_they_came():
    version, told = Slow(), []
    threads = [threading.Thread(target=lambda: told.append(version())) for _reader in range(5)]
    threads[0].start()
    assert version.begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    for _reader in threads:
        assert version.gate.came.acquire(timeout=10)

    version.go_on.set()
    for thread in threads:
        thread.join(10)
    version.hang_up()

    assert len(set(told)) == 1
    assert version.questions == 2  # not the first, which may have been answered before they came


def test_process_that_has_children_does_not_share_its_line(version):
    first = version()

    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)

    assert version.line is None
    version.known = None, 0.0
    assert version() == first
