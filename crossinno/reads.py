"""How often practices are read, counted in front of everything, because most pages never reach a view.

Only sums are kept, by practice and day: no cookie, no address, nothing of who read. Why here and how exact:
`docs/decisions/counting-reads.md`.
"""

import atexit
import logging
import re
import threading
import time
from collections import Counter, deque
from datetime import datetime
from functools import lru_cache

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from crossinno.kept import is_anonymous

SECONDS = 30  # between two times that the sums are written
MOST = 50_000  # sums that wait for a database which is gone
ADDRESS = re.compile(r"(?:/[a-z-]{2,10})?/practices/([-\w]+)/(attachments/[^?]+\.pdf)?")
ANSWERED = "200", "304"  # a browser that asks whether its copy is still true shows it to a reader
MACHINES = re.compile(
    r"(?<!cu)bot\b|bots|crawl|spider|slurp|archiver|preview|fetch|scan|monitor|check|probe|headless|lighthouse|facebookexternalhit"
    "|curl|wget|python|java/|okhttp|go-http|libwww|httpclient|axios|node|php|ruby|perl|feed",
    re.IGNORECASE,
)

logger = logging.getLogger(__name__)


class CountedReads:
    """A WSGI application before another one, which notes each practice that one gives to a reader.

    `reads` is the model of the sums.
    """

    def __init__(self, application, reads):
        self.application = application
        self.reads = reads
        self.noted = deque()
        self.sums = Counter()
        self.gate = threading.RLock()
        self.writer = None

    def __call__(self, environ, start_response):
        found = ADDRESS.fullmatch(environ["PATH_INFO"])
        if found is None or environ["REQUEST_METHOD"] != "GET" or not is_reader(environ):
            return self.application(environ, start_response)

        def note(status, headers, error=None):
            if status.startswith(ANSWERED):
                self.note(*found.groups())
            return start_response(status, headers, error)

        return self.application(environ, note)

    def note(self, slug, file):
        """Notes that a practice was read, or a file of it downloaded; it is written later."""
        self.noted.append((time.time(), slug, file))
        if self.writer is None:
            self.start()

    def start(self):
        """Starts to write, in a thread of this process; what is left at its end is written then."""
        with self.gate:
            if self.writer is None:
                self.writer = threading.Thread(target=self.keep_writing, name="reads", daemon=True)
                self.writer.start()
                atexit.register(self.write)

    def keep_writing(self):
        """Writes the sums again and again."""
        while True:
            time.sleep(SECONDS)
            close_old_connections()
            self.write()

    def write(self):
        """Writes what was noted; keeps it for the next time if the database is gone."""
        with self.gate:
            for _read in range(len(self.noted)):
                moment, slug, file = self.noted.popleft()
                kind = self.reads.Kind.DOWNLOAD if file else self.reads.Kind.READ
                self.sums[slug, day_of(moment), kind] += 1
            if not self.sums:
                return
            try:
                self.reads.objects.add(self.sums)
                self.sums.clear()
            except Error:
                logger.warning("reads_wait")
                connection.close()
                self.sums = Counter(dict(self.sums.most_common(MOST)))


def is_reader(environ):
    """Whether a person reads whom we know nothing about: no machine, no browser that only loads ahead, no editor."""
    ahead = environ.get("HTTP_SEC_PURPOSE") or environ.get("HTTP_PURPOSE")
    if ahead is not None and "prefetch" in ahead:
        return False
    return not is_machine(environ.get("HTTP_USER_AGENT", "")) and is_anonymous(environ)


@lru_cache(maxsize=1024)
def is_machine(name):
    """Whether a program that gives itself this name works without a reader."""
    return not name or MACHINES.search(name) is not None


def day_of(moment):
    """The day here of a moment in seconds."""
    return datetime.fromtimestamp(moment, timezone.get_default_timezone()).date()
