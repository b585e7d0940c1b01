import asyncio

import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from mail.worker import work


class Command(BaseCommand):
    """Does the background work of the site, mails above all, until it is told to stop (SIGTERM or Ctrl-C)."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--concurrency", type=int, default=2, help="how many jobs at the same time: 2")
        parser.add_argument("--silence", type=float, default=30, help="seconds after which a worker counts as dead: 30")
        parser.add_argument("--until-input-ends", action="store_true", help="stop when standard input is closed, too")

    def handle(self, concurrency, silence, until_input_ends, **options):
        try:
            connection.ensure_connection()  # or the pool would go on trying for half a minute
            connection.close()
            asyncio.run(work(concurrency, silence, until_input_ends))
        except (ConnectorException, PoolTimeout, psycopg.Error, DatabaseError) as error:
            raise CommandError(f"The worker stops: the database does not answer ({type(error).__name__}).") from error
