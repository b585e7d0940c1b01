"""The content version as the web server asks for it, of a database that others change."""

import os
import threading

import psycopg
import pytest
from django.db import connection, connections

from crossinno.version import ContentVersionOnItsOwnLine
from practices.models import Practice
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def version():
    version = ContentVersionOnItsOwnLine()
    yield version
    version.hang_up()


def test_version_moves_with_the_change_and_not_before_it_is_stored(version):
    practice = PracticeFactory()
    before = version()

    with connections["default"].cursor() as cursor:
        cursor.execute("BEGIN")
        Practice.objects.filter(pk=practice.pk).update(state="archived")
        during = version()
        cursor.execute("COMMIT")

    assert during == before
    assert version() != before


def test_same_version_is_told_again_on_the_same_line(version):
    first = version()
    line = version.line

    assert [version() for _time in range(3)] == [first] * 3
    assert version.line is line


def test_line_that_was_cut_is_replaced(version):
    first = version()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [version.line.info.backend_pid])

    assert version() == first


def test_nobody_knows_the_version_of_a_database_that_is_gone(version, monkeypatch):
    version()
    version.hang_up()
    with monkeypatch.context() as gone:
        gone.setitem(connection.settings_dict, "HOST", "/nowhere")
        for _time in range(2):
            with pytest.raises(psycopg.OperationalError, match="nowhere"):
                version()

    assert version() == version.number


class Slow(ContentVersionOnItsOwnLine):
    """Takes its time for the first question."""

    def __init__(self):
        super().__init__()
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
    version.begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    while sum(thread.is_alive() for thread in threads) < 5:
        pass
    waiting = threading.Event()
    waiting.wait(0.2)  # until they stand before the gate

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
    assert version() == first
