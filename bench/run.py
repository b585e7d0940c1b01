"""Measures the site against bare Django on databases of several sizes, and writes the tables of `bench/README.md`.

make bench ARGS="44 10000 100000"     the databases stay under var/bench and are filled once
"""

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crossinno.database import EmbeddedServer  # noqa: E402

said = []
REQUESTS, ROUNDS = 200, 5
ENOUGH = 30_000_000  # nanoseconds of work after which a worker has loaded what it needs to answer
BARE_VIEW, NEW_PROJECT, QUERY_VIEW = "bare view", "bare view of a new project", "one-query view"
PLAIN = "identity"
SIZES = [44, 10_000, 100_000]
PAGE, MARK = ROOT / "bench" / "README.md", "<!-- what follows is written by `make bench` -->"
SITE, BARE = "crossinno.wsgi:application", "bench.bare:application"


def run(environment, *command):
    """What a command says on its error channel, where the benchmarks put their result."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return done.stderr


@contextmanager
def server(environment, application, workers):
    """Gunicorn with the settings of the site; gives its port, its processes and seconds from start to first answer."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    environment = environment | {"WEB_CONCURRENCY": str(workers), "BIND": f"127.0.0.1:{port}", "PYTHONPATH": str(ROOT)}
    environment["PYTHONPYCACHEPREFIX"] = str(ROOT / "var" / "bench" / "bytecode")  # compiled once, as in the image
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "gunicorn", application]
    begun = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as master:  # noqa: S603
        try:
            path = "/practices/" if application == SITE else "/query/"
            while True:
                try:
                    Reader(port).ask(path)
                    break
                except OSError:
                    if master.poll() is not None:
                        sys.exit(f"{application} does not start")
                    time.sleep(0.02)
            yield port, master.pid, time.monotonic() - begun
        finally:
            master.terminate()


class Reader:
    """One kept-alive connection, with as little work of its own as can be."""

    def __init__(self, port):
        self.port = port
        self.line = socket.create_connection(("127.0.0.1", port))

    def ask(self, path, encoding="gzip"):
        """Reads one page."""
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: {encoding}\r\n\r\n"
        self.line.sendall(head.encode())
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _end, body = got.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            sys.exit(f"{path} answers {head[:40]}")
        left = int(re.search(rb"(?i)content-length: (\d+)", head)[1]) - len(body)
        while left > 0:
            left -= len(self._more())

    def _more(self):
        chunk = self.line.recv(1 << 18)
        if not chunk:
            raise ConnectionError("closed")
        return chunk


def rate(server, paths, encoding):
    """Requests a second over one connection, and microseconds of the worker's own work for each."""
    port, master, _seconds = server
    reader = Reader(port)
    reader.ask(paths[0], encoding)
    worked, begun = work(master), time.perf_counter()
    for path in islice(cycle(paths), REQUESTS):
        reader.ask(path, encoding)
    return REQUESTS / (time.perf_counter() - begun), (work(master) - worked) / REQUESTS / 1000


def work(master):
    """Nanoseconds that the workers have been at work; unlike the clock, this hardly depends on who else is."""
    return sum(work_of(worker) for worker in workers_of(master))


def work_of(process):
    """Nanoseconds that one process has been at work."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads)


def workers_of(master):
    """The processes that answer."""
    return Path(f"/proc/{master}/task/{master}/children").read_text().split()


def rates(site, unkept, bare, project, addresses):
    """Median rates of the same moments: each is asked in turn, again and again.

    Pages that are made anew are asked for plain, because the bare views are not compressed either; kept ones are
    compressed once.
    """
    ways = {
        BARE_VIEW: (bare, ["/view/"], PLAIN),
        NEW_PROJECT: (project, ["/view/"], PLAIN),
        QUERY_VIEW: (bare, ["/query/"], PLAIN),
        "list, kept": (site, ["/practices/"], "gzip"),
        "home, kept": (site, ["/"], "gzip"),
        **{name: (unkept, addresses[name], PLAIN) for name in ("list", "filtered list", "search")},
    }
    found = {name: [] for name in ways}
    for _round in range(ROUNDS):
        for name, way in ways.items():
            found[name].append(rate(*way))
    return {name: [statistics.median(values) for values in zip(*pairs, strict=True)] for name, pairs in found.items()}


def memory(master):
    """Megabytes of a server's processes, what they share counted once."""
    pages = (Path(f"/proc/{process}/smaps_rollup").read_text() for process in [str(master), *workers_of(master)])
    return sum(int(re.search(r"Pss:\s+(\d+)", page)[1]) for page in pages) / 1024


def weight(environment, application, path):
    """Megabytes of two workers after some requests, seconds from start to first answer, and of work until then."""
    with server(environment, application, 2) as (port, master, seconds):
        worked = (work_of(master) + work(master)) / 1e9
        while len(workers_of(master)) < 2:
            time.sleep(0.1)
        time.sleep(1)  # until both wait for readers
        begun = {worker: work_of(worker) for worker in workers_of(master)}
        while any(work_of(worker) - before < ENOUGH for worker, before in begun.items()):
            readers = [Reader(port) for _reader in range(8)]
            for reader in readers:
                reader.ask(path)
        return memory(master), seconds, worked


def measure(size, database):
    """Fills a database, measures, and prints its part of the table; gives the times of the pages."""
    environment = os.environ | {"MODE": "demo", "DATABASE_URL": database, "SECRET_KEY": "x" * 60}
    run(environment, "bench/made_up.py", str(size))
    run(environment, "manage.py", "collectstatic", "--noinput")
    measured = json.loads(run(environment, "-m", "bench.pages").splitlines()[-1])
    addresses, times = measured["addresses"], measured["times"]
    say(f"\n### {size:,} practices")
    show_pages(times)
    unkept, new = environment | {"KEPT_PAGES_MB": "0"}, environment | {"BARE": "startproject"}
    with (
        server(environment, SITE, 1) as site,
        server(unkept, SITE, 1) as cold,
        server(environment, BARE, 1) as bare,
        server(new, BARE, 1) as project,
    ):
        show_rates(rates(site, cold, bare, project, addresses))
    weights = {
        "site": weight(environment, SITE, "/practices/"),
        "bare Django": weight(environment, BARE, "/query/"),
        "new project": weight(new, BARE, "/query/"),
    }
    show_weight(weights)
    return times


def show_pages(times):
    """The time of each page, beside the raw SQL of the same answer where there is one."""
    table("page", "median ms", "p95 ms", "own CPU ms", "database CPU ms", "kept ms", "raw SQL ms", "of raw SQL")
    for name, (median, p95, here, there) in times.items():
        if not name.endswith((", kept", ", raw")):
            kept, raw = times.get(f"{name}, kept", [""])[0], times.get(f"{name}, raw", [""])[0]
            row(name, median, p95, here, there, kept, raw, f"{median / raw:.2f}" if raw else "")


def show_rates(found):
    """Requests a second and the work of the worker, beside those of the bare views."""
    beside = (BARE_VIEW, NEW_PROJECT, QUERY_VIEW)
    columns = ["requests/s", *(f"of {name}" for name in beside), "µs of work", *(f"work of {name}" for name in beside)]
    table("on gunicorn, one worker", *columns)
    for name, (value, busy) in found.items():
        by_clock = [f"{value / found[other][0]:.2f}" for other in beside]
        by_work = [f"{found[other][1] / busy:.2f}" for other in beside]
        row(name, f"{value:.0f}", *by_clock, f"{busy:.0f}", *by_work)


def show_weight(weights):
    """Memory and seconds until the first answer, and how many times those of bare Django the site takes."""
    table("two workers", "memory, MB", "start to first answer, s", "work until then, s")
    for name, values in weights.items():
        row(name, *(f"{value:.2f}" for value in values))
    for name in ("bare Django", "new project"):
        ratios = (ours / theirs for ours, theirs in zip(weights["site"], weights[name], strict=True))
        row(f"site / {name}", *(f"{ratio:.2f}" for ratio in ratios))


def table(*columns):
    """The head of a table."""
    say(f"\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")


def row(*cells):
    """A row of a table."""
    say(f"| {' | '.join(map(str, cells))} |")


def say(line):
    """Prints a line, and notes it for the page that keeps the last full run."""
    said.append(line)
    print(line, flush=True)


def main(sizes):
    """Measures each size in a database of its own."""
    database, lists = EmbeddedServer(ROOT / "var" / "bench" / "postgres", durable=False), []
    for size in sizes:
        database.use(f"bench_{size}")
        lists.append(measure(size, database.url(f"bench_{size}"))["list"][0])
    say(f"\nThe unnarrowed list grows by {lists[-1] / lists[0]:.2f} from {sizes[0]:,} to {sizes[-1]:,} practices.")
    load = f"load of the machine at the end {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    say(f"\nMeasured on {date.today()}; {load}.")
    if sizes == SIZES:
        lines = [PAGE.read_text().partition(MARK)[0] + MARK, *said]
        PAGE.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
