"""The worker of the web server, with applications that do what ours would do only in bad moments."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crossinno.kept import Head

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = """
worker_class = "crossinno.worker.WaitingThreads"
workers, threads, control_socket_disable, graceful_timeout = 1, 2, True, 5
"""
GREETING = b"hello"


def application(environ, start_response):
    """Answers as its address says."""
    return ACTS[environ["PATH_INFO"]](environ, start_response)


def whole(environ, start_response):
    start_response("200 OK", [("Content-Length", "5"), ("X-Of", environ["REMOTE_PORT"])])
    return [GREETING]


def kept(environ, start_response):
    start_response("200 OK", Head([("Content-Length", "5")], 5).to("a-name", environ))
    return [GREETING]


def unchanged(environ, start_response):
    start_response("304 Not Modified", Head([("ETag", '"1"')]).to("a-name", environ))
    return []


def in_pieces(_environ, start_response):
    start_response("200 OK", [])
    return iter([b"one ", b"two ", b"three"])


def file(environ, start_response):
    start_response("200 OK", [("Content-Length", str(Path(__file__).stat().st_size))])
    return environ["wsgi.file_wrapper"](Path(__file__).open("rb"))


def echo(environ, start_response):
    said = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(said)))])
    return [said]


def slow(_environ, start_response):
    time.sleep(1)
    return whole({"REMOTE_PORT": "1"}, start_response)


def broken(_environ, _start_response):
    raise RuntimeError("broken before the answer")


def torn(_environ, start_response):
    start_response("200 OK", [])
    yield b"begun"
    raise RuntimeError("broken in the middle")


ACTS = {f"/{act.__name__}": act for act in (whole, kept, unchanged, in_pieces, file, echo, slow, broken, torn)}


@contextlib.contextmanager
def server(folder, more=""):
    """A web server with one worker of two threads; gives its address and its process."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        address = door.getsockname()
    (folder / "configuration.py").write_text(CONFIGURATION + more)
    command = [sys.executable, "-m", "gunicorn", "--config", f"{folder}/configuration.py"]
    command += ["--bind", f"127.0.0.1:{address[1]}", "tests.crossinno.test_worker:application"]
    with (folder / "log").open("w") as log, subprocess.Popen(command, cwd=ROOT, stderr=log) as master:
        for _attempt in range(300):
            with contextlib.suppress(OSError), socket.create_connection(address):
                break
            time.sleep(0.05)
        try:
            yield address, master
        finally:
            master.terminate()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with server(tmp_path_factory.mktemp("worker")) as (address, _master):
        yield address


def until(happened):
    """Whether something happens within ten seconds."""
    for _attempt in range(100):
        if happened():
            return True
        time.sleep(0.1)
    return False


class Reader:
    """One connection, and what comes in over it."""

    everybody = []

    def __init__(self, address):
        self.line = socket.create_connection(address, timeout=20)
        self.read = self.line.makefile("rb")
        self.everybody.append(self)

    def leave(self):
        """Hangs up."""
        self.read.close()
        self.line.close()

    def ask(self, path, method="GET", body=b"", headers=""):
        """Sends a request without waiting."""
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        self.line.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\n{length}{headers}\r\n".encode() + body)

    def hear(self, method="GET"):
        """Status, headers and body of the next answer."""
        status = int(self.read.readline().split()[1])
        headers = dict(line.decode().rstrip().split(": ", 1) for line in iter(self.read.readline, b"\r\n"))
        if headers.get("Transfer-Encoding") == "chunked":
            sizes = iter(lambda: int(self.read.readline(), 16), 0)
            body = b"".join((self.read.read(size), self.read.readline())[0] for size in sizes)
            self.read.readline()
        else:
            body = b"" if method == "HEAD" or status == 304 else self.read.read(int(headers["Content-Length"]))
        return status, headers, body

    def is_closed(self):
        """Whether nothing more will come."""
        return self.read.read() == b""


@pytest.fixture(autouse=True)
def everybody_leaves():
    yield
    while Reader.everybody:
        Reader.everybody.pop().leave()


@pytest.fixture
def reader(address):
    return Reader(address)


def get(reader, path, **options):
    reader.ask(path, **options)
    return reader.hear(options.get("method", "GET"))


def test_many_answers_come_over_one_connection(reader):
    answers = [get(reader, "/whole") for _time in range(20)]

    assert [(status, body) for status, _headers, body in answers] == [(200, GREETING)] * 20
    assert {headers["Connection"] for _status, headers, _body in answers} == {"keep-alive"}
    assert len({headers["X-Of"] for _status, headers, _body in answers}) == 1


def test_kept_page_goes_out_with_its_own_head_and_the_id_of_the_request(reader):
    status, headers, body = get(reader, "/kept")

    assert (status, body) == (200, GREETING)
    assert {name: headers[name] for name in ("Content-Length", "X-Request-ID", "Connection")} == {
        "Content-Length": "5",
        "X-Request-ID": "a-name",
        "Connection": "keep-alive",
    }
    assert set(headers) == {"Content-Length", "X-Request-ID", "Connection", "Server", "Date"}


def test_answer_without_body_leaves_the_connection_fit_for_the_next(reader):
    unchanged, head, whole = get(reader, "/unchanged"), get(reader, "/kept", method="HEAD"), get(reader, "/whole")

    assert [answer[0] for answer in (unchanged, head, whole)] == [304, 200, 200]
    assert (unchanged[1]["ETag"], unchanged[1]["X-Request-ID"]) == ('"1"', "a-name")
    assert head[1]["Content-Length"] == "5"
    assert whole[2] == GREETING


def test_answer_in_pieces_and_file_arrive_whole(reader):
    pieces, whole_file = get(reader, "/in_pieces"), get(reader, "/file")

    assert pieces[2] == b"one two three"
    assert whole_file[2] == Path(__file__).read_bytes()


@pytest.mark.parametrize("size", [1, 100_000])
def test_what_is_posted_is_read_and_what_is_left_unread_disturbs_nobody(reader, size):
    body = b"x" * size

    assert get(reader, "/echo", method="POST", body=body)[2] == body
    assert get(reader, "/whole", method="POST", body=b"y" * 100)[2] == GREETING
    assert get(reader, "/whole")[2] == GREETING


def test_requests_sent_at_once_are_answered_in_their_order(reader):
    one = "GET /{} HTTP/1.1\r\nHost: x\r\n\r\n"
    reader.line.sendall("".join(map(one.format, ("whole", "in_pieces", "kept"))).encode())

    assert [reader.hear()[2] for _answer in range(3)] == [GREETING, b"one two three", GREETING]


def test_reader_who_wants_no_more_is_let_go(reader):
    _status, headers, _body = get(reader, "/whole", headers="Connection: close\r\n")

    assert headers["Connection"] == "close"
    assert reader.is_closed()


def test_readers_who_say_nothing_keep_nobody_waiting(address):
    silent = [Reader(address) for _reader in range(10)]

    assert get(Reader(address), "/whole")[2] == GREETING
    assert [get(reader, "/whole")[2] for reader in silent] == [GREETING] * 10


def test_slow_answer_does_not_hold_up_others(address):
    waiting, quick = Reader(address), Reader(address)
    waiting.ask("/slow")
    time.sleep(0.1)

    begun = time.monotonic()
    answers = [get(quick, "/whole")[0] for _time in range(10)]

    assert answers == [200] * 10
    assert time.monotonic() - begun < 0.8
    assert waiting.hear()[2] == GREETING


def test_error_before_the_answer_is_500_and_one_within_it_cuts_it_off(address):
    assert get(Reader(address), "/broken")[0] == 500
    reader = Reader(address)
    reader.ask("/torn")

    assert reader.read.read().endswith(b"\r\n\r\n5\r\nbegun\r\n")
    assert get(Reader(address), "/whole")[0] == 200


@pytest.mark.parametrize(("line", "status"), [("GET / HTTP/9\r\n\r\n", 400), ("GET /" + "x" * 9000, 414)])
def test_what_is_no_request_gets_a_client_error(reader, line, status):
    reader.line.sendall(line.encode())

    assert int(reader.read.readline().split()[1]) == status
    reader.read.read()


def test_worker_told_to_stop_finishes_what_it_has_begun(tmp_path):
    with server(tmp_path) as (address, master):
        busy, idle = Reader(address), Reader(address)
        get(idle, "/whole")
        busy.ask("/slow")
        time.sleep(0.3)

        master.send_signal(signal.SIGTERM)

        assert busy.hear()[2] == GREETING
        assert idle.is_closed()
        assert master.wait(10) == 0


def test_connection_on_which_nothing_comes_is_closed(tmp_path):
    with server(tmp_path, "keepalive = 1") as (address, _master):
        used, unused = Reader(address), Reader(address)
        get(used, "/whole")

        assert used.is_closed()
        assert unused.is_closed()


def test_worker_that_has_answered_enough_is_replaced(tmp_path):
    with server(tmp_path, "max_requests = 5") as (address, master):
        children = Path(f"/proc/{master.pid}/task/{master.pid}/children")
        before = children.read_text()
        reader = Reader(address)
        answers = [get(reader, "/whole") for _time in range(5)]

        assert [headers["Connection"] for _status, headers, _body in answers] == ["keep-alive"] * 4 + ["close"]
        assert get(Reader(address), "/whole")[0] == 200
        assert until(lambda: children.read_text() not in {"", before})
        assert get(Reader(address), "/whole")[0] == 200


def test_full_house_lets_new_readers_in_when_others_have_left(tmp_path):
    with server(tmp_path, "worker_connections, keepalive = 4, 60") as (address, _master):
        readers = [Reader(address) for _reader in range(4)]
        for reader in readers:
            get(reader, "/whole")
        late = Reader(address)
        late.ask("/whole")

        for reader in readers:
            reader.leave()

        assert late.hear()[2] == GREETING


def test_process_ends_with_its_master(tmp_path):
    with server(tmp_path) as (address, master):
        reader = Reader(address)
        get(reader, "/whole")
        worker = int(Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text())

        master.kill()

        assert reader.is_closed()
        assert until(lambda: not Path(f"/proc/{worker}").exists())
