"""Public pages kept ready-made in front of Django. Why and with what promises: `docs/decisions/kept-pages.md`."""

import gzip
import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from functools import lru_cache

import brotli
import psycopg
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.http import parse_etags

from crossinno.logs import SAFE_REQUEST_ID

SECONDS_TO_WAIT = 30
LONGEST_ADDRESS = 4_000
OVERHEAD = 2_000  # bytes that a page takes beside its body, roughly
TAKES_LINES = "crossinno.takes_lines"  # what our own worker says of itself; others take plain lists of headers only
WELL = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
QUICKLY = {  # a quarter more octets in an eighth of the time
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=1),
    "gzip": lambda body: gzip.compress(body, compresslevel=2, mtime=0),
}
LEFT_OUT_OF_304 = {"content-type", "content-length", "content-encoding", "content-language"}


class KeptPages:
    """A WSGI application before another one, which answers again what that one has once offered to everybody.

    `version` tells the number of the content as it is now, and raises an error of the database if nobody knows.
    """

    def __init__(self, application, version, size):
        self.application = application
        self.version = version
        self.today = today_at
        self.pages = Shelf(size)
        self.gate = threading.Lock()
        self.building = {}

    def __call__(self, environ, start_response):
        if not is_anonymous(environ) or not is_page(environ):
            return self.application(environ, start_response)
        try:
            state = self.version(), self.today(int(time.time()))
        except (DatabaseError, psycopg.Error):
            return self.application(environ, start_response)  # it knows what to say
        address = address_of(environ)
        page = self.pages.get(state, address, environ)
        if page is None:
            return self.build(state, address, environ, start_response)
        return page.answer(environ, start_response, request_id_of(environ))

    def build(self, state, address, environ, start_response):
        """Answers a page that is not kept. Of several readers who ask for it at once, the first one builds it."""
        key = state, address
        with self.gate:
            done = self.building.get(key)
            first = done is None
            if first:
                done = self.building[key] = threading.Event()
        if not first:
            done.wait(SECONDS_TO_WAIT)
            page = self.pages.get(state, address, environ)
            if page:
                return page.answer(environ, start_response, request_id_of(environ))
        try:
            return self.ask(state, address, environ, start_response)
        finally:
            if first:
                with self.gate:
                    del self.building[key]
                done.set()

    def ask(self, state, address, environ, start_response):
        """Lets the application answer, and keeps what it offers."""
        offer = Offer()
        head = environ["REQUEST_METHOD"] == "HEAD"
        asked = environ | {"REQUEST_METHOD": "GET", Offer.KEY: offer}
        chunks = self.application(asked, offer.start_response)
        if not offer.made:
            start_response(*offer.started)
            return emptied(chunks) if head else chunks
        try:
            body = b"".join(chunks)
        finally:
            chunks.close()
        status, headers = offer.started
        page = Page(status, headers, body)
        self.pages.put(state, address, environ, page)
        request_id = dict(headers).get("X-Request-ID") or request_id_of(environ)
        return page.answer(environ, start_response, request_id, is_new=True)


class Offer:
    """What passes between the application and `KeptPages`: whether anybody may have the answer, and its head."""

    KEY = "crossinno.offer"

    def __init__(self):
        self.made = False
        self.started = None

    def start_response(self, status, headers, *exc_info):
        """Notes the head of the answer until it is known who sends it."""
        self.started = status, headers, *exc_info


class Page:
    """A ready answer: compressed quickly for whoever it is made for, and once, well, for all who come after."""

    def __init__(self, status, headers, body):
        self.status = status
        given = {name.lower(): value for name, value in headers}
        self.varies = tuple(
            f"HTTP_{name.strip().upper().replace('-', '_')}"
            for name in given.get("vary", "").split(",")
            if name.strip() and name.strip().lower() != "accept-encoding"
        )
        self.etag = given.get("etag", f'"{hashlib.sha256(body).hexdigest()[:24]}"').removeprefix("W/")
        left_out = {"content-length", "content-encoding", "etag", "x-request-id"}
        self.headers = [(name, value) for name, value in headers if name.lower() not in left_out]
        self.headers.append(("ETag", f"W/{self.etag}"))
        self.head_of_304 = Head((name, value) for name, value in self.headers if name.lower() not in LEFT_OUT_OF_304)
        self.gate = threading.Lock()
        self.encoded = {"": self._with_head("", body)}
        self.size = len(body) * 3 // 2 + OVERHEAD

    def answer(self, environ, start_response, request_id, is_new=False):
        """Starts the answer to this request and returns its chunks; `is_new` if the reader waited for the page."""
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and self._is(asked):
            start_response("304 Not Modified", self.head_of_304.to(request_id, environ))
            return []
        encoding = encoding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        head, body = self._quickly(encoding) if is_new and encoding else self._encoded(encoding)
        start_response(self.status, head.to(request_id, environ))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _is(self, asked):
        return any(etag == "*" or etag.removeprefix("W/") == self.etag for etag in parse_etags(asked))

    def _quickly(self, encoding):
        """Head and body, packed for one reader."""
        return self._with_head(encoding, QUICKLY[encoding](self.encoded[""][1]))

    def _encoded(self, encoding):
        """Head and body in this encoding."""
        found = self.encoded.get(encoding)
        if found is None:
            with self.gate:
                if encoding not in self.encoded:
                    self.encoded[encoding] = self._with_head(encoding, WELL[encoding](self.encoded[""][1]))
                found = self.encoded[encoding]
        return found

    def _with_head(self, encoding, body):
        named = [("Content-Encoding", encoding)] if encoding else []
        return Head([*self.headers, *named, ("Content-Length", str(len(body)))], len(body)), body


class Head(list):
    """Headers that are written out once: whoever knows how sends `lines`, and need not look at each of them again."""

    def __init__(self, headers, length=None, lines=None):
        super().__init__(headers)
        self.length = length
        self.lines = "".join([f"{name}: {value}\r\n" for name, value in self]) if lines is None else lines

    def to(self, request_id, environ):
        """The same with the id of one request, as the server takes it that says so in the environment."""
        if TAKES_LINES not in environ:
            return [*self, ("X-Request-ID", request_id)]
        return Head([*self, ("X-Request-ID", request_id)], self.length, f"{self.lines}X-Request-ID: {request_id}\r\n")


class Shelf:
    """Pages by address and by the headers that they vary on; the addresses longest unused go when there is no room."""

    def __init__(self, size):
        self.room = size
        self.taken = 0
        self.gate = threading.Lock()
        self.state = None
        self.kept = OrderedDict()

    def get(self, state, address, environ):
        """The page at this address in this state of the content, if it is here."""
        with self.gate:
            found = self.kept.get(address) if state == self.state else None
            if found is None:
                return None
            self.kept.move_to_end(address)
            varies, pages = found
            return pages.get(tuple(map(environ.get, varies)))

    def put(self, state, address, environ, page):
        """Keeps a page; what was kept of another state of the content goes."""
        if page.size > self.room // 8:
            return
        with self.gate:
            if state != self.state:
                self.state, self.taken = state, 0
                self.kept.clear()
            varies, pages = self.kept.get(address, (page.varies, {}))
            if varies != page.varies:  # another kind of answer than before: only the newer one counts
                self._drop(address)
                pages = {}
            self.kept[address] = page.varies, pages
            self.kept.move_to_end(address)
            key = tuple(map(environ.get, page.varies))
            self.taken += page.size - (pages[key].size if key in pages else 0)
            pages[key] = page
            while self.taken > self.room:
                self._drop(next(iter(self.kept)))

    def _drop(self, address):
        _varies, pages = self.kept.pop(address)
        self.taken -= sum(page.size for page in pages.values())


def is_anonymous(environ):
    """Whether this is somebody reading a page whom we know nothing about, so that any reader would see the same."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in environ:
        return False
    cookies = environ.get("HTTP_COOKIE", "")
    return not cookies or not (f"{settings.SESSION_COOKIE_NAME}=" in cookies or "messages=" in cookies)


def is_page(environ):
    """Whether a page may be at this address: no file, nothing for whoever watches over the site, no endless query."""
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    files = settings.STATIC_URL, settings.MEDIA_URL, "/health/"
    return not path.startswith(files) and len(path) + len(query) <= LONGEST_ADDRESS


def address_of(environ):
    """The whole address as the application sees it; its language is part of the path."""
    return (
        environ.get("HTTP_HOST") or (environ.get("SERVER_NAME"), environ.get("SERVER_PORT")),
        environ.get("wsgi.url_scheme"),
        environ.get("HTTP_X_FORWARDED_PROTO"),
        environ.get("SCRIPT_NAME"),
        environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
    )


@lru_cache(maxsize=1)
def today_at(_second):
    """The date here, on which pages about what is current depend; worked out once a second."""
    return timezone.localdate()


@lru_cache(maxsize=256)
def encoding_of(accepted):
    """The best encoding that a reader accepts: br, gzip, or none."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameters = part.partition(";")
        _q, _equals, weight = parameters.partition("=")
        weights[name.strip()] = weight.strip().rstrip("0.") != "" if parameters else True
    return next((name for name in WELL if weights.get(name)), "")


def emptied(chunks):
    """Closes an answer of which only the head was asked for."""
    if hasattr(chunks, "close"):
        chunks.close()
    return []


def request_id_of(environ):
    """The name under which the log knows the request: the one that came with it if it is harmless, else a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if given and SAFE_REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
