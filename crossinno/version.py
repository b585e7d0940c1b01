"""The content version, as the web server asks for it before each page that it keeps."""

import os
import threading
import time

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

LONGEST = 0.1  # seconds that a request may come in and still take the answer to a question put at its beginning
FINE = {psycopg.pq.ExecStatus.COMMAND_OK, psycopg.pq.ExecStatus.TUPLES_OK}


class ContentVersionOnItsOwnLine:
    """The content version, asked on one connection of this process that is kept for it alone.

    Who has to wait while another one asks takes the answer to any question that was put after he came. A server that
    says when a request begins to come in has the question put then, and the answer is there when the request is read.
    """

    QUESTION = b"SELECT number FROM search_contentversion"
    NAME = b"content_version"

    def __init__(self):
        self.line = None
        self.number = None
        self.asked = self.answered = 0
        self.is_asked = False
        self.gate = threading.RLock()
        self.came = threading.local()
        os.register_at_fork(before=self.hang_up)  # two processes on one line would not understand a word

    def ahead(self):
        """Puts the question for somebody whose request begins to come in; he asks for the answer when it is read."""
        self.came.number, self.came.at = self.asked, time.monotonic()
        if self.line is None or not self.gate.acquire(blocking=False):
            return
        try:
            if not self.is_asked:
                self.asked += 1  # before it is sent: whoever comes now does not take the answer
                self.line.pgconn.send_query_prepared(self.NAME, [])
                self.is_asked = True
        except psycopg.Error:
            self.hang_up()
        finally:
            self.gate.release()

    def __call__(self):
        before = self._came()
        with self.gate:
            if self.is_asked:
                self._take_answer()
            if self.answered <= before:
                self.asked += 1
                self.number = self._ask()
                self.answered = self.asked
            return self.number

    def _came(self):
        """How many questions there were when the one who asks came."""
        number, self.came.number = getattr(self.came, "number", None), None
        if number is None or time.monotonic() - self.came.at > LONGEST:
            return self.asked
        return number

    def _take_answer(self):
        """Takes the answer to the question that was put ahead; if there is none, it is put again."""
        self.is_asked = False
        connection = self.line.pgconn
        try:
            result = self._checked(connection.get_result())
            while connection.get_result() is not None:
                pass
        except psycopg.Error:
            self.hang_up()
        else:
            self.number = int(result.get_value(0, 0) or 0)
            self.answered = self.asked

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
        if result is None or result.status not in FINE:
            raise psycopg.OperationalError(self.line.pgconn.get_error_message())
        return result

    def hang_up(self):
        """Closes the connection; the next question opens another one."""
        with self.gate:
            line, self.line = self.line, None
            self.is_asked = False
            if line is not None:
                line.close()
