"""PostgreSQL as Django speaks to it, with less to say on each page: `docs/decisions/database-connection.md`."""

import select

import psycopg
from django.db.backends.postgresql import base

from crossinno.changes import changes

FINE = {psycopg.pq.TransactionStatus.IDLE, psycopg.pq.TransactionStatus.INTRANS}


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that need not ask whether the server is there, plans statements once, and tells of changes."""

    def init_connection_state(self):
        """As Django; plans of prepared statements serve whatever is asked, and all processes here are told of changes.

        They are told when a change of content that was made on this connection is stored.
        """
        super().init_connection_state()
        own = self.connection.info.backend_pid
        self.connection.add_notify_handler(lambda told: changes.mark() if told.pid == own else None)
        self.connection.execute("LISTEN content_changed; SET plan_cache_mode = force_generic_plan")

    def is_usable(self):
        """Whether the server is still there; it is asked only if it has said something meanwhile, such as goodbye.

        Django asks `SELECT 1` before every page instead.
        """
        if self.connection is None or self.connection.info.transaction_status not in FINE:
            return False
        heard = select.poll()
        heard.register(self.connection.fileno(), select.POLLIN)
        return super().is_usable() if heard.poll(0) else True

    def prepared_cursor(self):
        """A cursor for statements that are always the same: the server plans each once for this connection."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(psycopg.Cursor(self.connection))
