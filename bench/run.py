"""Measures the site against bare Django on databases of several sizes, and prints the tables of `bench/README.md`.

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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crossinno.database import EmbeddedServer  # noqa: E402

REQUESTS, ROUNDS = 200, 7
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
                    time.sleep(0.02)
            yield port, master.pid, time.monotonic() - begun
        finally:
            master.terminate()


class Reader:
    """One kept-alive connection, with as little work of its own as can be."""

    def __init__(self, port):
        self.port = port
        self.line = socket.create_connection(("127.0.0.1", port))

    def ask(self, path):
        """Reads one page."""
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept-Encoding: gzip\r\n\r\n"
        self.line.sendall(head.encode())
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _end, body = got.partition(b"\r\n\r\n")
        left = int(re.search(rb"(?i)content-length: (\d+)", head)[1]) - len(body)
        while left > 0:
            left -= len(self._more())

    def _more(self):
        chunk = self.line.recv(1 << 18)
        if not chunk:
            raise ConnectionError("closed")
        return chunk


def rate(server, path):
    """Requests a second over one connection, and microseconds of the worker's own work for each."""
    port, master, _seconds = server
    reader = Reader(port)
    reader.ask(path)
    worked, begun = work(master), time.perf_counter()
    for _request in range(REQUESTS):
        reader.ask(path)
    return REQUESTS / (time.perf_counter() - begun), (work(master) - worked) / REQUESTS / 1000


def work(master):
    """Nanoseconds that the workers have been at work; unlike the clock, this hardly depends on who else is."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    threads = [thread for child in children for thread in Path(f"/proc/{child}/task").iterdir()]
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads)


def rates(site, unkept, bare):
    """Median rates of the same moments: each is asked in turn, again and again."""
    ways = {
        "bare view": (bare, "/view/"),
        "one-query view": (bare, "/query/"),
        "list, kept": (site, "/practices/"),
        "home, kept": (site, "/"),
        "list": (unkept, "/practices/"),
    }
    found = {name: [] for name in ways}
    for _round in range(ROUNDS):
        for name, way in ways.items():
            found[name].append(rate(*way))
    return {name: [statistics.median(values) for values in zip(*pairs, strict=True)] for name, pairs in found.items()}


def memory(master):
    """Megabytes of a server's processes, what they share counted once."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    pages = (Path(f"/proc/{process}/smaps_rollup").read_text() for process in [str(master), *children])
    return sum(int(re.search(r"Pss:\s+(\d+)", page)[1]) for page in pages) / 1024


def weight(environment, application, path):
    """Megabytes of two workers after some requests, and seconds from start to first answer."""
    with server(environment, application, 2) as (port, master, seconds):
        for _reader in range(30):
            Reader(port).ask(path)
        return memory(master), seconds


def measure(size, database):
    """Fills a database, measures, and prints its part of the table."""
    environment = os.environ | {"MODE": "demo", "DATABASE_URL": database, "SECRET_KEY": "x" * 60}
    run(environment, "bench/made_up.py", str(size))
    run(environment, "manage.py", "collectstatic", "--noinput")
    times = json.loads(run(environment, "-m", "bench.pages").splitlines()[-1])
    print(f"\n### {size:,} practices\n\n| page | median ms | p95 ms | kept ms |\n|---|---|---|---|")
    for name, (median, p95) in times.items():
        if not name.endswith(", kept"):
            print(f"| {name} | {median} | {p95} | {times.get(f'{name}, kept', ['', ''])[0]} |")
    unkept = environment | {"KEPT_PAGES_MB": "0"}
    with server(environment, SITE, 1) as site, server(unkept, SITE, 1) as cold, server(environment, BARE, 1) as bare:
        found = rates(site, cold, bare)
    print(
        "\n| on gunicorn, one worker | requests/s | of bare view | of one-query view | µs of work | bare view’s by it |"
    )
    print("|---|---|---|---|---|---|")
    (view, view_work), (query, _query_work) = found["bare view"], found["one-query view"]
    for name, (value, busy) in found.items():
        ratios = f"{value / view:.2f} | {value / query:.2f} | {busy:.0f} | {view_work / busy:.2f}"
        print(f"| {name} | {value:.0f} | {ratios} |")
    site, bare = weight(environment, SITE, "/practices/"), weight(environment, BARE, "/query/")
    print("\n| two workers | site | bare Django | ratio |\n|---|---|---|---|")
    for name, ours, theirs in zip(("memory, MB", "start to first answer, s"), site, bare, strict=True):
        print(f"| {name} | {ours:.1f} | {theirs:.1f} | {ours / theirs:.2f} |", flush=True)


def main(sizes):
    """Measures each size in a database of its own."""
    database = EmbeddedServer(ROOT / "var" / "bench" / "postgres", durable=False)
    for size in sizes:
        database.use(f"bench_{size}")
        measure(size, database.url(f"bench_{size}"))
    print(f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [44, 10_000, 100_000])
