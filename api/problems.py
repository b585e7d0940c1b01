"""What the interface says when it cannot answer: problem details (RFC 9457)."""

import math
from http.client import responses

import structlog
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponsePermanentRedirect, JsonResponse
from django.urls import resolve
from rest_framework.exceptions import APIException, Throttled, ValidationError

from api.answers import for_everyone

SECONDS_TO_RETRY = 30
TYPE = "application/problem+json"
logger = structlog.get_logger(__name__)


class Gone(APIException):
    """There was something at this address, and it was withdrawn."""

    status_code = 410
    default_detail = "This was published once and has been withdrawn."


def problem(status, detail, **more):
    """An answer that says what is wrong."""
    facts = {"type": "about:blank", "title": responses.get(status, "Error"), "status": status, "detail": detail, **more}
    return JsonResponse(facts, status=status, content_type=TYPE, json_dumps_params={"ensure_ascii": False})


def problem_of(exception, _context):
    """The answer to what went wrong while a request was being answered."""
    if isinstance(exception, Http404):
        return problem(404, "There is nothing at this address.")
    if isinstance(exception, SuspiciousOperation):
        return problem(400, "The request makes no sense.")
    if isinstance(exception, ValidationError):
        return problem(400, "A parameter was not understood.", errors=named(exception.detail))
    if isinstance(exception, Throttled):
        return told_to_wait(exception)
    if isinstance(exception, APIException):
        return problem(exception.status_code, str(exception.detail))
    logger.exception("api_failed")
    if isinstance(exception, (OperationalError, InterfaceError)):
        answer = problem(503, "The database does not answer. Please come back soon.")
        answer["Retry-After"] = SECONDS_TO_RETRY
        return answer
    return problem(500, "Something broke on our side.")


def told_to_wait(exception):
    """The answer to a client that has asked too often."""
    seconds = max(1, math.ceil(exception.wait or 0))
    answer = problem(429, f"Too many requests in this minute. Please go on in {seconds} seconds.")
    answer["Retry-After"] = seconds
    return answer


def named(errors):
    """The errors as a list that names the parameter of each."""
    return [
        {"parameter": parameter, "detail": str(message)}
        for parameter, messages in errors.items()
        for message in messages
    ]


@for_everyone
def nothing_here(request, path):
    """No such address in the interface, or only one that ends with a slash."""
    if not path.endswith("/") and request.method in ("GET", "HEAD"):
        address = request.get_full_path(force_append_slash=True)
        if resolve(f"{request.path_info}/").url_name:
            return HttpResponsePermanentRedirect(address)
    return problem(
        404, f"There is nothing at this address: {path[:200]}" if path else "There is nothing at this address."
    )
