"""How gunicorn serves the site. What the environment does not change, the command line can."""

import gc
import os
import select
import signal

from gunicorn.glogging import Logger

from crossinno.logs import logging_config
from crossinno.warm import share, warm


class NoAccessLog(Logger):
    """The site writes a line for each request itself; gathering what would stand in another one takes time."""

    access_log_enabled = False


gc.disable()  # until there are workers: all that is loaded stays, and searching it for garbage takes time
wsgi_app = "crossinno.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "crossinno.worker.WaitingThreads" if hasattr(select, "epoll") else "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # refuses bad settings once, before any worker starts, and shares memory
limit_request_line = 8190  # questions of some hundred words
timeout = 60
graceful_timeout = 20
keepalive = 75  # longer than a reverse proxy keeps an idle connection, so that it is never the one to hit a closed one
max_requests = 10_000  # a worker that leaks is replaced
max_requests_jitter = 1_000
control_socket_disable = True
logger_class = NoAccessLog
logconfig_dict = logging_config(os.environ.get("MODE", "production"))


def post_worker_init(worker):
    """Leaves Ctrl-C to the master, which passes it on: told twice at once, a worker waits for itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def on_starting(server):
    """Once, before there are workers."""
    if server.app.app_uri.startswith(wsgi_app):
        warm(server.app.wsgi())


def pre_fork(_server, _worker):
    """Before each worker."""
    share()
