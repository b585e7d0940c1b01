"""What the site writes to its log: one line per request and per record, without addresses, accounts or search words."""

import re
import time

import structlog
from django.dispatch import receiver
from django_structlog import signals

SAFE_REQUEST_ID = re.compile(r"[\w.:-]{1,100}")


def one_line_per_request(_logger, _method, event):
    """Leaves out that a request came in: that it was answered, or failed, says it all."""
    if event.get("event") == "request_started":
        raise structlog.DropEvent
    return event


BOTH = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

structlog.configure(
    processors=[
        one_line_per_request,
        *BOTH,
        structlog.processors.StackInfoRenderer(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


def logging_config(mode):
    """The configuration of Python's logging: JSON for machines, or lines for the person in front of them."""
    if mode == "production":
        rendering = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        rendering = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    gunicorn = "WARNING" if mode == "demo" else "INFO"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": BOTH,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
            }
        },
        "handlers": {
            "stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "lines"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stdout"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {"handlers": ["nowhere"], "propagate": False},  # the line of the request says it
            "procrastinate": {"level": "WARNING"},  # what failed for good; the rest is seen at the desk
            "gunicorn.error": {"handlers": ["stdout"], "level": gunicorn, "propagate": False},
        },
    }


@receiver(signals.bind_extra_request_metadata)
def begin(request, **_others):
    """Notes when the request came, and replaces a request id that somebody sent to be a nuisance."""
    request.came_at = time.monotonic()
    given = structlog.contextvars.get_contextvars()["request_id"]
    if not SAFE_REQUEST_ID.fullmatch(given):
        structlog.contextvars.bind_contextvars(request_id=re.sub(r"[^\w.:-]", "", given)[:100] or "none")


@receiver([signals.bind_extra_request_finished_metadata, signals.bind_extra_request_failed_metadata])
def describe(request, log_kwargs, response=None, **_others):
    """Says of a request its path without the words somebody searched for, and how long it took."""
    log_kwargs["request"] = f"{request.method} {path_without_key(request)}"
    log_kwargs["ms"] = round((time.monotonic() - request.came_at) * 1000)
    if response is not None:
        name_request(response)


def path_without_key(request):
    """The path of the request; a key in it, which opens something to whoever knows it, is left out."""
    match = request.resolver_match
    key = (match.kwargs.get("key") or match.kwargs.get("link")) if match else None
    return request.path.replace(key, "…") if key else request.path


@receiver(signals.update_failure_response)
def name_request(response, **_others):
    """Gives the reader the id by which the log knows the request."""
    response["X-Request-ID"] = structlog.contextvars.get_contextvars()["request_id"]
