"""A mail server that takes in what it is sent, at once or when it is let."""

import contextlib
import socketserver
import threading


class Post(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a mail takes. While its door is closed, it lets whoever comes wait."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Counter)
        self.door = threading.Event()
        self.door.set()
        self.came = threading.Event()
        self.letters = []

    @property
    def address(self):
        """What `EMAIL_URL` says of it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Counter(socketserver.StreamRequestHandler):
    """One conversation."""

    def handle(self):
        self.server.came.set()
        self.server.door.wait(30)
        with contextlib.suppress(OSError):
            self.say("220 post")
            for line in self.rfile:
                word = line.split()[0].upper()
                if word == b"DATA":
                    self.say("354 go on")
                    self.take()
                self.say("250 yes")
                if word == b"QUIT":
                    return

    def take(self):
        """Takes one letter."""
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.letters.append(b"".join(lines).decode())

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@contextlib.contextmanager
def open_post():
    """A mail server that is there meanwhile."""
    with Post() as post:
        threading.Thread(target=post.serve_forever, daemon=True).start()
        yield post
        post.door.set()
        post.shutdown()
