"""Kept pages of several workers and servers, over the network as readers ask for them."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from crossinno.database import PACKAGE
from practices.models import Practice
from tests.factories import PracticeFactory

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("launch"), pytest.mark.django_db(transaction=True)]


def free_port():
    with contextlib.closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@contextlib.contextmanager
def server(port, **settings):
    """A web server with two workers on the database of the tests."""
    database = connection.get_connection_params()
    address = (
        f"postgresql://{database['user']}@/{database['dbname']}?host={quote(database['host'])}&port={database['port']}"
    )
    environment = os.environ | {"DATABASE_URL": address, "WEB_CONCURRENCY": "2", "BIND": f"127.0.0.1:{port}"} | settings
    with subprocess.Popen(
        [sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    ) as run:
        try:
            for _attempt in range(300):
                with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live"):
                    break
                time.sleep(0.1)
            yield
        finally:
            run.terminate()


def page(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.read().decode(), answer.headers["ETag"]


@pytest.mark.skipif(PACKAGE is None, reason="the embedded server is not installed")
def test_change_is_seen_by_the_next_request_here_and_within_a_second_elsewhere(tmp_path):
    practice = PracticeFactory()
    here, there = free_port(), free_port()
    with server(here), server(there, VAR_DIR=str(tmp_path)):
        for number in range(5):
            for port in (here, there) * 6:
                page(port, "/practices/")

            Practice.objects.get(pk=practice.pk).translations.update(title=f"Title number {number}")

            answers = [page(here, "/practices/") for _time in range(6)]
            time.sleep(1)
            later = [page(there, "/practices/") for _time in range(6)]
            assert [f"Title number {number}" in text for text, _etag in answers + later] == [True] * 12
            assert len(set(answers)) == len(set(later)) == 1  # to the byte, whichever worker
