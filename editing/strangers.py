"""Asking a web server of somebody else one question, and never one that stands inside a network of our own.

An address of the web can be entered by anybody who writes a practice, and a server may send us on to wherever it likes.
So whoever asks first resolves the name, refuses everything that is not on the public internet, and then connects to
the very address that was judged: a name that means something else a moment later changes nothing.
"""

import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from socket import IPPROTO_TCP, SHUT_RDWR, create_connection, getaddrinfo, socket
from urllib.parse import urlsplit

from django.conf import settings

from editing.models import Link

PORTS = {"http": 80, "https": 443}
MOST_BYTES = 64 * 1024
Reason = Link.Reason


class NotAsked(Exception):
    """An address that we do not ask for; nothing was sent."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class NoAnswer(Exception):
    """A server that cannot be reached, or does not answer as one of the web does."""

    def __init__(self, reason, connected=False):
        super().__init__(reason)
        self.reason, self.connected = reason, connected


@dataclass(frozen=True)
class Target:
    """Where a question goes: the address taken apart, and the addresses of the network that were found to be public."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple

    @property
    def netloc(self):
        """The host as the server is told it."""
        return netloc_of(self.scheme, self.host, self.port)


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    code: int
    location: str
    body: bytes


def netloc_of(scheme, host, port):
    """The host, in brackets if it is a number of IPv6, with the port if it is not the usual one."""
    bare = f"[{host}]" if ":" in host else host
    return bare if port == PORTS[scheme] else f"{bare}:{port}"


def is_public(address):
    """Whether this is the address of one machine of the public internet, however it is written."""
    number = ip_address(address)
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    if inner and not is_public(inner):
        return False
    number = getattr(number, "ipv4_mapped", None) or number
    return number.is_global and not (number.is_multicast or number.is_reserved)


def target_of(url):
    """Where the question for this address goes; raises NotAsked or NoAnswer if it cannot or must not be asked."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port or PORTS.get(parts.scheme)
    except ValueError as error:  # UnicodeError is one
        raise NoAnswer(Reason.ADDRESS) from error
    if not host or parts.scheme not in PORTS or "@" in parts.netloc:
        raise NoAnswer(Reason.ADDRESS)
    let_in = is_let_in(host, port)
    if port not in PORTS.values() and not let_in:
        raise NotAsked(Reason.PORT)
    try:
        found = tuple(sorted({row[4][0] for row in getaddrinfo(host, port, proto=IPPROTO_TCP)}, key=in_family_order))
    except OSError as error:
        raise NoAnswer(Reason.NO_HOST) from error
    if not let_in and not all(is_public(address) for address in found):
        raise NotAsked(Reason.PRIVATE)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, found)


def is_let_in(host, port):
    """Whether a test has named this server on its own machine; nothing else ever makes an exception."""
    return settings.MODE == "test" and f"{host}:{port}" in settings.LINK_CHECK_PRIVATE


def in_family_order(address):
    """IPv4 first: it works where IPv6 is only announced."""
    return ":" in address, address


@lru_cache(maxsize=1)
def trust():
    """Which certificates are believed."""
    return ssl.create_default_context()


def hang_up(line, over):
    """Ends a connection that another thread is waiting on, and says so."""
    over.set()
    with suppress(OSError):
        socket.shutdown(line, SHUT_RDWR)


@dataclass(frozen=True)
class Stranger:
    """Somebody who asks servers, says who it is, and does not wait for ever."""

    agent: str
    connect_seconds: float = 5
    read_seconds: float = 10
    all_seconds: float = 20

    def ask(self, method, target, most_bytes=0, **headers):
        """Asks once, at the address that was judged, and reads no more of the body than these bytes."""
        connection = HTTPConnection(target.host, target.port)
        connection.auto_open = False
        with self.connected(target) as connection.sock:
            headers |= {"Host": target.netloc, "User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
            try:
                connection.request(method, target.path, headers=headers)
                with connection.getresponse() as response:
                    body = response.read(min(most_bytes, MOST_BYTES)) if most_bytes else b""
                    return Answer(response.status, response.getheader("Location", ""), body)
            except (OSError, HTTPException, ValueError) as error:
                raise NoAnswer(Reason.NO_ANSWER, connected=True) from error

    @contextmanager
    def connected(self, target):
        """The connection for one question; it ends after `all_seconds`, however slowly the server drips."""
        line = self.line_to(target)
        over = threading.Event()
        watch = threading.Timer(self.all_seconds, hang_up, [line, over])
        watch.daemon = True
        watch.start()
        try:
            yield line
            if over.is_set():
                raise NoAnswer(Reason.NO_ANSWER, connected=True)
        finally:
            watch.cancel()
            line.close()

    def line_to(self, target):
        """The line to the first address that takes the call."""
        line = None
        for address in target.addresses[:2]:
            try:
                line = create_connection((address, target.port), timeout=self.connect_seconds)
                break
            except OSError:
                continue
        if line is None:
            raise NoAnswer(Reason.NO_ANSWER)
        try:
            if target.scheme == "https":
                line = trust().wrap_socket(line, server_hostname=target.host)
        except ssl.SSLCertVerificationError as error:
            line.close()
            raise NoAnswer(Reason.CERTIFICATE) from error
        except OSError as error:
            line.close()
            raise NoAnswer(Reason.NO_ANSWER) from error
        line.settimeout(self.read_seconds)
        return line
