"""What all answers of the interface share: anyone's pages may read them, and whoever has one already gets 304."""

import hashlib
from functools import wraps

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt

from search.versions import content_version

FORM = "1"  # to be counted up when answers look different though the content is the same
METHODS = "GET, HEAD, OPTIONS"
DAY = "86400"
EVERYONE = {
    "Allow": METHODS,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "X-Robots-Tag": "noindex",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": DAY,
}


def for_everyone(view):
    """Lets scripts of any site read the answers, and answers their preflight requests."""

    @wraps(view)
    @csrf_exempt
    def answered(request, *args, **kwargs):
        if request.method == "OPTIONS":
            answer = HttpResponse(status=204, headers=PREFLIGHT)
        else:
            answer = view(request, *args, **kwargs)
        for name, value in EVERYONE.items():
            answer[name] = value
        patch_vary_headers(answer, ["Accept"])
        if answer.status_code >= 400:
            answer["Cache-Control"] = "no-store"
        return answer

    return answered


def fresh(view):
    """Marks an answer with the content version, and spares making it for someone who has it."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        asked = f"{FORM} {content_version()} {request.build_absolute_uri()}"
        etag = quote_etag(hashlib.sha256(asked.encode()).hexdigest()[:32])
        answer = get_conditional_response(request._request, etag) or view(request, *args, **kwargs)
        if answer.status_code in (200, 304):
            answer["ETag"] = etag
            answer["Cache-Control"] = "public, no-cache"  # each request is counted: none is answered from a shelf
        return answer

    return answered
