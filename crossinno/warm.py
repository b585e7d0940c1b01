"""What the first pages need is made ready before the web server has workers, so that all of them share its memory."""

import gc
import logging
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import connections
from django.urls import reverse
from django.utils.translation import override


def warm(application):
    """Asks the site for its first pages in each language, as a reader would, and leaves no connection behind."""
    logging.disable(logging.INFO)  # nobody asked for these pages
    for language in settings.INTERFACE_LANGUAGES:
        with override(language):
            for address in (reverse("practices:list"), reverse("home")):
                ask(application, address)
    logging.disable(logging.NOTSET)
    connections.close_all()


def ask(application, address):
    """Asks for one page."""
    host = (settings.ALLOWED_HOSTS or ["localhost"])[0].lstrip(".").replace("*", "localhost")
    environ = {"SCRIPT_NAME": "", "PATH_INFO": address, "QUERY_STRING": ""}
    environ |= {"HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": "https"}
    setup_testing_defaults(environ)
    chunks = application(environ, lambda _status, _headers, _error=None: None)
    if hasattr(chunks, "close"):
        chunks.close()


def share():
    """Takes what is there now out of the search for garbage, which would write to all of it and so copy it.

    What little garbage there is stays: looking for it takes longer than it is worth.
    """
    gc.freeze()
    gc.enable()
