"""The pages for when something does not work. None sets a cookie; the last two need neither database nor request."""

import sys
from contextlib import suppress
from http.client import responses

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.translation import get_language_from_path

from editing import typing

SECONDS_TO_RETRY = 30
SECONDS_TO_CALM_DOWN = 300
logger = structlog.get_logger(__name__)


def bad_request(request, exception):
    """The request makes no sense, or names a host that is not ours."""
    return _bare_page(request, 400)


def permission_denied(request, exception):
    """The visitor may not see this."""
    return _page(request, 403)


def csrf_failure(request, reason=""):
    """A form came without the token that shows that it is ours; what somebody typed into a case is kept for them."""
    with suppress(ValueError):
        return _page(request, 403, {"token_missing": True, "kept": typing.keep(request.POST)})
    return _page(request, 403, {"token_missing": True})


def page_not_found(request, exception):
    """There is nothing at this address."""
    return _page(request, 404)


def gone(request, exception=None):
    """There was something at this address, and it will not come back."""
    return _page(request, 410)


def too_many_requests(request, exception=None):
    """Somebody tried too often, be it a person who forgot a password or a program that guesses it."""
    response = _page(request, 429)
    response["Retry-After"] = SECONDS_TO_CALM_DOWN
    response["Cache-Control"] = "no-store"
    return response


def server_error(request):
    """Something broke. If it is the database that does not answer, the reader is asked to come back soon."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = _bare_page(request, 503)
        response["Retry-After"] = SECONDS_TO_RETRY
        return response
    return _bare_page(request, 500)


def _page(request, status, context=None):
    with translation.override(_language(request)):
        return render(request, f"{status}.html", context, status=status)


def _bare_page(request, status):
    """A page rendered without the request, so that nothing that failed once is asked again."""
    try:
        with translation.override(_language(request)):
            page = loader.get_template(f"{status}.html").render()
    except Exception:  # whatever is wrong with the page, the reader gets an answer
        logger.exception("error_page_failed", code=status)
        page = responses[status]
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})


def _language(request):
    """The language of the address, because the failure may have come before one was chosen."""
    language = get_language_from_path(request.path_info)
    return language if language in settings.INTERFACE_LANGUAGES else settings.LANGUAGE_CODE
