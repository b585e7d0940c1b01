"""Serves a site to try out or to work on."""

import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections
from gunicorn.app.wsgiapp import WSGIApplication

from crossinno.demo import prepare
from mail.keeper import Keeper

WAITING = 2048  # connections that wait to be let in, as many as gunicorn's own door takes; further ones are turned away
NOTICE = """
  Crossinno is at   http://127.0.0.1:{}/
  Webmaster         {}  {}
  Stop it with      Ctrl-C
"""


class Command(BaseCommand):
    """Makes everything ready and serves it on this machine only; production runs plain gunicorn and a worker."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("This is for trying out. In production, run gunicorn: see docs/operations.md.")
        port = options["port"]
        if os.environ.get("RUN_MAIN") == "true":  # the development server, started anew by itself
            develop(port)
            return
        try:
            door = reserved(port)
            account = prepare(self.say)
        except (OSError, OperationalError) as error:
            sys.exit(f"Crossinno cannot start: {str(error).strip().splitlines()[0]}")
        notice = NOTICE.format(port, *account)
        if settings.DEBUG:
            self.say(notice)
            door.close()
            call_command("runserver", f"127.0.0.1:{port}")
        else:
            connections.close_all()
            serve(door, when_ready=lambda _server: self.say(notice))

    def say(self, line):
        """Shows the line at once, even where the output is a file or a pipe."""
        self.stdout.write(line)
        self.stdout.flush()


def reserved(port):
    """The port, taken before the long work begins, so that nobody else gets it meanwhile."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or "there is no such port"
        raise OSError(f"port {port} cannot be had ({why}); choose another with PORT=8001.") from error
    door.listen(WAITING)
    return door


def develop(port):
    """Runs the development server, and beside it a worker that knows the code as it is now."""
    keeper = Keeper()
    keeper.start()
    try:
        call_command("runserver", f"127.0.0.1:{port}")
    finally:
        keeper.stop()


def serve(door, when_ready):
    """Runs gunicorn in this process, as production does with the same configuration, until it is told to stop.

    A worker stands beside it, and has stopped before this process ends and perhaps takes the database with it.
    """
    keeper = Keeper()

    def ready(server):
        when_ready(server)
        keeper.start()

    class Server(WSGIApplication):
        def load_config(self):
            super().load_config()
            self.cfg.set("when_ready", ready)
            self.cfg.set("on_exit", lambda _server: keeper.stop())  # `finally` would come to gunicorn's workers as well

    os.chdir(settings.BASE_DIR)
    sys.argv = ["gunicorn", "--bind", f"fd://{door.fileno()}"]
    Server("%(prog)s", prog="gunicorn").run()
