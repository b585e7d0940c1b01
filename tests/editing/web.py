"""A small web of other people's servers, on this machine."""

import socket
import threading
import time
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

HUGE = 50 * 1024 * 1024


class Pages(BaseHTTPRequestHandler):
    """Answers as the server's `pages` say: (status, headers, body), by path; a function does as it likes."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        self.server.asked.append((self.command, self.path, dict(self.headers), time.monotonic()))
        page = self.server.pages.get((self.command, self.path)) or self.server.pages.get(self.path)
        if callable(page):
            page(self)
            return
        status, headers, body = page or (404, {}, b"")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET = answer

    def log_message(self, *args):
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """One server with its pages, and what it was asked."""

    daemon_threads = True

    def __init__(self, pages, context=None):
        super().__init__(("127.0.0.1", 0), Pages)
        self.pages, self.asked = pages, []
        self.host = f"127.0.0.1:{self.server_port}"
        self.url = f"http://{self.host}"
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.url = f"https://localhost:{self.server_port}"

    def handle_error(self, request, client_address):
        """A client that hangs up is no fault of the server."""

    def paths(self):
        """What was asked, without what robots must know."""
        return [(method, path) for method, path, _headers, _at in self.asked if path != "/robots.txt"]


@contextmanager
def serving(settings, pages, context=None):
    """A server that the link check may ask in this test."""
    server = Server(pages, context)
    let_in = [server.host, f"localhost:{server.server_port}"]
    settings.LINK_CHECK_PRIVATE = [*settings.LINK_CHECK_PRIVATE, *let_in]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ok(body=b"Here it is.", **headers):
    """A page."""
    return 200, headers, body


def to(location, status=301):
    """A page that sends on."""
    return status, {"Location": location}, b""


def unused_port():
    """A port of this machine at which nobody listens."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture
def calls(monkeypatch):
    """Whom this process calls; a call that would leave this machine fails before it is made."""
    made, connect = [], socket.socket.connect

    def watched(self, address):
        if self.family != socket.AF_UNIX:
            made.append(address[0])
            if not (address[0].startswith("127.") or address[0] == "::1"):
                raise ConnectionRefusedError("The test does not let anybody call the outside.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    return made
