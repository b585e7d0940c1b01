"""The whole site, started from a clean checkout as its readers start it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from crossinno.database import PACKAGE, EmbeddedServer

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("launch"),
    pytest.mark.skipif(PACKAGE is None, reason="the embedded server is not installed"),
    pytest.mark.skipif(not (ROOT / ".venv" / ".installed-embedded").exists(), reason="not installed by make"),
]
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_INDEX_URL": "http://127.0.0.1:9/"}
OURS = {"MODE", "SECRET_KEY", "DATABASE_URL", "VAR_DIR", "DJANGO_SETTINGS_MODULE", "ALLOWED_HOSTS", "ARGS", "PORT"}
OURS |= {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}


class Checkout:
    """A clean checkout in a folder with a space in its name, with the packages installed and no way to the network."""

    def __init__(self, folder):
        self.folder = folder
        for name in subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")[:-1]:
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        (folder / ".venv").symlink_to(ROOT / ".venv")
        self.database = EmbeddedServer(folder / "var" / "postgres")
        self.environment = {name: value for name, value in os.environ.items() if name not in OURS} | OFFLINE

    def make(self, *arguments, **options):
        """Runs make to its end."""
        command = ["make", *arguments]
        return subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True, **options)

    def say(self, code):
        """What a line of Python says in the shell of the site."""
        return self.make("manage", f"ARGS=shell --no-imports -c '{code}'").stdout.strip()

    def processes(self):
        """What runs with this folder in its command or as its place."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if str(self.folder) in f"{(process / 'cmdline').read_text()} {(process / 'cwd').readlink()}":
                    found.append(int(process.name))
        return sorted(found)

    @contextlib.contextmanager
    def running(self):
        """The site, started by `make run` in a terminal of its own and stopped by Ctrl-C."""
        site = Site(self)
        try:
            site.wait_until_ready()
            yield site
        finally:
            site.interrupt()


class Site:
    """One run of the site."""

    def __init__(self, checkout):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.output = checkout.folder.with_name("output")
        self.begun = time.monotonic()
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                ["make", "run", f"PORT={self.port}"],
                cwd=checkout.folder,
                env=checkout.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def get(self, address):
        """Status, headers and text of a page; no status while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{address}", timeout=10) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers, answer.read().decode()
        except OSError:
            return None, {}, ""

    def send(self, address, **fields):
        """The status that a form gets."""
        body = urllib.parse.urlencode(fields).encode()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{address}", body, timeout=10) as answer:
            return answer.status

    def wait_until_ready(self):
        """Waits for the site, and notes how many seconds it took."""
        while self.get("/health/ready")[0] != 200:
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < self.begun + 300, self.output.read_text()
            time.sleep(0.05)
        self.seconds = time.monotonic() - self.begun

    def interrupt(self):
        """Presses Ctrl-C, which reaches every process of the terminal."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=60)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    return Checkout(tmp_path_factory.mktemp("launch") / "a folder with spaces")


@pytest.fixture(scope="module")
def first_run(checkout):
    """What the first run showed and said while somebody changed a name by hand, and what ran when it had ended."""
    shown = SimpleNamespace()
    with checkout.running() as site, psycopg.connect(checkout.database.url("crossinno")) as connection:
        shown.home, shown.practices = site.get("/"), site.get("/practices/")
        shown.password = (checkout.folder / "var" / "webmaster_password").read_text()
        shown.said, shown.port = site.output.read_text(), site.port
        connection.execute("UPDATE accounts_user SET name = 'Edited by hand'")
    shown.left = checkout.processes(), (checkout.database.folder / "postmaster.pid").exists()
    return shown


def test_make_run_serves_the_whole_content_and_leaves_nothing_running(first_run):
    assert (first_run.home[0], first_run.practices[0]) == (200, 200)
    assert "63" in first_run.practices[2]
    assert f"http://127.0.0.1:{first_run.port}/" in first_run.said
    assert f"webmaster@crossinno.example  {first_run.password}" in first_run.said
    assert first_run.left == ([], False)


def test_second_run_serves_soon_keeps_every_edit_and_outlives_a_database_that_goes_and_comes_back(checkout, first_run):
    with checkout.running() as site:
        with psycopg.connect(checkout.database.url("crossinno")) as connection:
            names = connection.execute("SELECT name FROM accounts_user").fetchall()
        checkout.database.stop()
        status, headers, page = site.get("/de/practices/")
        ready = site.get("/health/ready")
        live = site.get("/health/live")
        checkout.database.start()
        again = site.get("/de/practices/")

    assert names == [("Edited by hand",)]
    assert site.seconds < 5 * max(1, os.getloadavg()[0] / os.cpu_count())  # 5 on a machine that does nothing else
    assert (status, headers["Retry-After"], headers["Set-Cookie"]) == (503, "30", None)
    assert '<html lang="de"' in page
    assert (ready[0], ready[2]) == (503, "The database does not answer.\n")
    assert (live[0], again[0]) == (200, 200)


def test_next_run_recovers_after_everything_was_killed_and_has_what_was_typed(checkout):
    with checkout.running() as site:
        token = checkout.say(
            "from accounts.models import User; from editing.typing import token_for;"
            'print(token_for(User.objects.get(), None, "en"))'
        )
        kept = site.send("/admin/practices/practice/typed/", typing=token, title="Half a case")
        for process in checkout.processes():
            os.kill(process, signal.SIGKILL)
        site.process.wait(timeout=10)

    with checkout.running() as site, psycopg.connect(checkout.database.url("crossinno")) as connection:
        home = site.get("/")
        typed = connection.execute("SELECT fields -> 'title' FROM editing_typed").fetchall()

    assert (kept, home[0]) == (200, 200)
    assert typed == [(["Half a case"],)]


def test_taken_port_is_told_in_one_sentence(checkout):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]

        refused = checkout.make("run", f"PORT={port}", timeout=30)

    said = [line for line in refused.stderr.splitlines() if not line.startswith("make")]
    assert refused.returncode == 2
    assert said == [f"Port {port} cannot be had (Address already in use); choose another with PORT=8001."]


def test_port_that_is_no_port_is_told_in_one_sentence(checkout):
    refused = checkout.make("run", "PORT=http", timeout=30)

    said = [line for line in refused.stderr.splitlines() if not line.startswith("make")]
    assert said == ["PORT is http; it is a number from 1 to 65535."]


def test_commands_run_on_the_same_database(checkout):
    counted = checkout.make(
        "manage", "ARGS=shell --no-imports -c 'from cities.models import City; print(City.objects.count())'"
    )

    assert (counted.stdout, counted.stderr) == ("11\n", "")
