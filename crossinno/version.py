"""The content version, as the web server asks for it before each page that it keeps."""

import os
import threading
import time

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

from crossinno.changes import changes

LONGEST = 0.5  # seconds for which nobody is asked what others may have changed
FINE = {psycopg.pq.ExecStatus.COMMAND_OK, psycopg.pq.ExecStatus.TUPLES_OK}


class ContentVersionOnItsOwnLine:
    """The content version, asked on one connection of this process that is kept for it alone.

    It is asked when a process of this machine has stored a change, and after half a second, for others may have. Who
    has to wait while another one asks takes the answer to any question that was put after he came.
    """

    QUESTION = b"SELECT number FROM search_contentversion"
    NAME = b"content_version"

    def __init__(self):
        self.line = None
        self.number = None
        self.known = None, 0.0  # after which change on this machine it was asked, and how long that counts
        self.asked = self.answered = 0
        self.gate = threading.RLock()
        os.register_at_fork(before=self.hang_up)  # two processes on one line would not understand a word

    def __call__(self):
        change, now = changes.last(), time.monotonic()
        after, until = self.known
        if now < until and change is not None and change == after:
            return self.number
        before = self.asked
        with self.gate:
            if self.answered <= before:
                self.asked += 1
                self.number = self._ask()
                self.answered = self.asked
                self.known = change, now + LONGEST
            return self.number

    def _ask(self):
        if self.line is not None:
            try:
                return self._answer()
            except psycopg.Error:
                self.hang_up()
        line = connections.create_connection(DEFAULT_DB_ALIAS)
        line.connect()
        self.line = line.connection
        self._checked(self.line.pgconn.prepare(self.NAME, self.QUESTION))  # a third of the time of asking in full
        return self._answer()

    def _answer(self):
        result = self._checked(self.line.pgconn.exec_prepared(self.NAME, []))
        return int(result.get_value(0, 0) or 0)

    def _checked(self, result):
        if result.status not in FINE:
            raise psycopg.OperationalError(self.line.pgconn.get_error_message())
        return result

    def hang_up(self):
        """Closes the connection; the next question opens another one."""
        with self.gate:
            line, self.line = self.line, None
            if line is not None:
                line.close()
