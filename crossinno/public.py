"""What a page says about who may keep it, and the compression of what nobody may."""

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import cc_delim_re, has_vary_header, patch_cache_control, patch_vary_headers

from crossinno.kept import QUICKLY, Offer, encoding_of, is_anonymous

KINDS = ("text/", "application/json", "application/atom+xml", "application/xml", "application/manifest+json")
HX = "HX-Request"


class PublicPagesMiddleware:
    """Tells pages that are the same for everybody from those that are made for one reader.

    The former are offered to be kept (`crossinno/kept.py`), which then also compresses them and answers with 304; if
    nobody keeps them, and all the others, are compressed here. Why it is a middleware: `docs/decisions/kept-pages.md`.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        unused = None
        self.compress = GZipMiddleware(lambda _request: unused).process_response
        self.compare = ConditionalGetMiddleware(lambda _request: unused).process_response

    def __call__(self, request):
        response = self.get_response(request)
        if has_vary_header(response, HX):
            patch_vary_headers(response, ["HX-History-Restore-Request"])  # htmx then wants the whole page
        if response.cookies or has_vary_header(response, "Cookie") or not is_anonymous(request.META):
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, private=True, no_store=True)
        elif is_for_everybody(response):
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, **lifetime())
            patch_vary_headers(response, ["Accept-Encoding"])
            offer = request.META.get(Offer.KEY)
            if offer:
                offer.made = True
                return response
            return packed(self.compare(request, response), encoding_of(request.META.get("HTTP_ACCEPT_ENCODING", "")))
        return self.compress(request, self.compare(request, response))


def packed(response, encoding):
    """The same page in this encoding."""
    if encoding and response.content:
        response.content = QUICKLY[encoding](response.content)
        response["Content-Encoding"] = encoding
        response["Content-Length"] = len(response.content)
        response["ETag"] = f"W/{response['ETag'].removeprefix('W/')}"
    return response


def lifetime():
    """Whoever keeps the page asks before each use; a proxy of ours may be allowed some seconds without asking."""
    asked_first = {"public": True, "max_age": 0, "must_revalidate": True}
    return asked_first | ({"s_maxage": settings.PROXY_SECONDS} if settings.PROXY_SECONDS else {})


def is_for_everybody(response):
    """Whether this is a whole page that anybody who asks for this address gets."""
    if response.status_code != 200 or response.streaming or response.has_header("Content-Encoding"):
        return False
    if not response.get("Content-Type", "").startswith(KINDS):
        return False
    control = {part.partition("=")[0].lower() for part in cc_delim_re.split(response.get("Cache-Control", ""))}
    return not control & {"private", "no-store", "no-cache"}
