"""How a worker of the web server answers: threads that each wait for readers, read, answer, and wait again.

gunicorn's own threaded worker waits in one thread, hands every request to another one and gets the connection handed
back. That takes longer than a kept page takes to be answered: `docs/decisions/kept-pages.md`. What a request is, how it
is read and what becomes of errors is all gunicorn's; only who waits is different, and how an answer is sent.
"""

import contextlib
import os
import select
import threading
import time

from gunicorn import util
from gunicorn.http import wsgi
from gunicorn.workers.base import Worker
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from crossinno.kept import TAKES_LINES

ONCE = select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLONESHOT  # one thread is told, and nobody else until it says so
ELSEWHERE = BlockingIOError, ConnectionAbortedError  # another worker took the reader, or he left


class WaitingThreads(ThreadWorker):
    """Threads that all wait for the same connections. Whoever takes a connection out of `keepalived_conns` owns it."""

    handle_exit = Worker.handle_exit
    handle_quit = Worker.handle_quit

    def init_process(self):
        self.poll = select.epoll()
        self.keepalived_conns = {}
        self.connections = set()
        self.doors = {door.fileno(): door for door in self.sockets}
        Worker.init_process(self)

    def run(self):
        for door in self.sockets:
            door.setblocking(False)
            self.poll.register(door, ONCE)
        for _thread in range(self.cfg.threads):
            threading.Thread(target=self.serve, daemon=True).start()
        while self.alive and self.is_parent_alive():
            self.look_around()
        self.alive = False
        for door in self.sockets:
            self.poll.unregister(door)
        leave, give_up = (time.monotonic() + seconds for seconds in (STOP_KEEPALIVE_LINGER, self.cfg.graceful_timeout))
        while self.connections and time.monotonic() < give_up:
            for connection in list(self.keepalived_conns.values()):
                connection.timeout = min(connection.timeout, leave)
            self.look_around()

    def look_around(self):
        """What the main thread does each second, and when a signal comes."""
        self.notify()
        if select.select([self.PIPE[0]], [], [], 1)[0]:
            os.read(self.PIPE[0], 100)
        now = time.monotonic()
        for number, connection in list(self.keepalived_conns.items()):
            if connection.timeout < now and self.keepalived_conns.pop(number, None):
                self.hang_up(connection, graceful=False)  # nothing is under way, and here nobody may keep us
        if self.alive and len(self.connections) < self.worker_connections:
            for door in self.sockets:
                self.poll.modify(door, ONCE)  # one that `welcome` left closed

    def serve(self):
        """What each thread does, as long as the process lives."""
        while True:
            for number, _event in self.poll.poll(-1, 1):
                try:
                    if number in self.doors:
                        self.welcome(self.doors[number])
                    else:
                        self.attend(number)
                except Exception:
                    self.log.exception("Error with a connection")

    def welcome(self, door):
        """Lets a reader in, and waits for the next one unless the house is full or the system has no room left."""
        try:
            socket, client = door.accept()
        except ELSEWHERE:
            self.reopen(door)
            return
        connection = TConn(self.cfg, socket, client, door.getsockname())
        connection.data_ready = True  # by the time it is attended to
        self.connections.add(connection)
        self.rest(socket.fileno(), connection, self.poll.register)
        if len(self.connections) < self.worker_connections:
            self.reopen(door)

    def reopen(self, door):
        """Waits for the next reader."""
        with contextlib.suppress(OSError):  # the worker has just stopped to listen
            self.poll.modify(door, ONCE)

    def attend(self, number):
        """Answers what has come in over a connection."""
        connection = self.keepalived_conns.pop(number, None)
        if connection is None:
            return  # it has just been closed
        while self.handle(connection):
            if not connection.parser.unreader.buf.getvalue():
                self.rest(number, connection, self.poll.modify)
                return
        self.hang_up(connection)

    def rest(self, number, connection, wait):
        """Leaves a connection to whoever is told first that something comes in."""
        connection.set_timeout()
        self.keepalived_conns[number] = connection
        wait(number, ONCE)

    def hang_up(self, connection, graceful=True):
        """Closes a connection; gracefully is not before the reader has got the whole answer."""
        self.connections.discard(connection)
        connection.close(graceful)

    def handle_request(self, req, conn):
        response, environ = wsgi.create(req, conn.sock, conn.client, conn.server, self.cfg, response_class=InOneGo)
        environ["wsgi.multithread"] = environ[TAKES_LINES] = True
        self.nr += 1
        if self.nr >= self.max_requests:
            self.alive = False  # another worker takes its place
        if not self.alive or len(self.keepalived_conns) >= self.max_keepalived:
            response.force_close()
        try:
            self.answer(environ, response)
        except OSError:
            raise
        except Exception:
            if not response.headers_sent:
                raise
            self.log.exception("Error handling request")
            util.close_graceful(conn.sock)
            raise StopIteration from None
        return not response.should_close()

    def answer(self, environ, response):
        """Has the application answer a request, and sends what it says."""
        chunks = self.wsgi(environ, response.start_response)
        try:
            if isinstance(chunks, wsgi.FileWrapper):
                response.write_file(chunks)
            else:
                for chunk in chunks:
                    response.write(chunk)
            response.close()
        finally:
            if hasattr(chunks, "close"):
                chunks.close()


class InOneGo(wsgi.Response):
    """An answer whose head leaves together with its body, if that is one piece of known length."""

    lines = None

    def process_headers(self, headers):
        self.lines = getattr(headers, "lines", None)  # of a kept page, looked at when it was made
        if self.lines is None:
            super().process_headers(headers)
        else:
            self.response_length = headers.length
            self.headers = headers

    def write(self, chunk):
        if self.headers_sent or self._omits_body or self.response_length != len(chunk):
            super().write(chunk)
            return
        lines = self.lines or "".join([f"{name}: {value}\r\n" for name, value in self.headers])
        head = f"{''.join(self.default_headers())}{lines}\r\n"
        self.headers_sent, self.sent = True, len(chunk)
        self.sock.sendall(head.encode("latin-1") + chunk)
